"""Which questions an attempt asks, and in which order options stand: pure functions of a seed."""

import random
from collections import Counter
from collections.abc import Mapping, Sequence
from string import ascii_lowercase


def draw(items: Sequence[tuple[str, str]], seen: Mapping[str, int], ask: int, seed: int) -> tuple[str, ...]:
    """The ids of `ask` questions out of `items` (id, objective), or all where there are fewer.

    Those seen least often come first, so that a retake asks what is new. Among equally new ones
    every objective gets its turn before any gets a second.
    """
    chance = _chance(seed, "draw")
    mixed = list(items)
    chance.shuffle(mixed)
    turns: Counter[tuple[int, str]] = Counter()
    ranked = []
    for place, (item_id, objective) in enumerate(mixed):
        times = seen.get(item_id, 0)
        turns[times, objective] += 1
        ranked.append((times, turns[times, objective], place, item_id))
    chosen = [item_id for *_, item_id in sorted(ranked)[:ask]]
    chance.shuffle(chosen)
    return tuple(chosen)


def order_of_options(seed: int, item_id: str, kind: str, count: int) -> tuple[int, ...]:
    """The places of a question's options in the bank, in the order in which this attempt shows them."""
    places = list(range(count))
    if kind != "true_false":
        _chance(seed, item_id).shuffle(places)
    return tuple(places)


def key_of(shown: int) -> str:
    """The letter of the option shown at this place, from 0."""
    return ascii_lowercase[shown]


def _chance(seed: int, what: str) -> random.Random:
    return random.Random(f"{seed}:{what}")  # noqa: S311  a fair draw, not a secret
