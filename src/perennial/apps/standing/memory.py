"""Remembers answers within this process: the same rule and the same facts give the same answer, so it is computed once."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import cast

from perennial.core import rules as core

MOST_REMEMBERED = 1000


class Topics(dict[str, Decimal]):
    """Hours inside topics, as a mapping that can be part of a key; never changed once made."""

    def __hash__(self) -> int:  # type: ignore[override]  # a dict says that it has none
        return hash(frozenset(self.items()))


@dataclass(frozen=True, slots=True, eq=False)
class Held:
    """A thing that never changes, told from others by being the very same object; holding it keeps its identity from being given away."""

    thing: object

    def __hash__(self) -> int:
        return id(self.thing)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Held) and other.thing is self.thing


def topics_of(minutes: Mapping[str, int]) -> Topics:
    """Minutes inside topics as hours of 60 minutes."""
    return Topics({slug: Decimal(inside) / 60 for slug, inside in minutes.items()})


def answer_to(rule: core.Rule, facts: core.Standing) -> core.Answer:
    """What `evaluate` gives, remembered for the last questions asked; the topics of each credit must be `Topics`."""
    return _evaluated(Held(rule), facts)


@lru_cache(maxsize=MOST_REMEMBERED)
def _evaluated(held: Held, facts: core.Standing) -> core.Answer:
    return core.evaluate(cast(core.Rule, held.thing), facts)
