"""Among plans that spare as much: the preferred one, then the one with least cost or time; and other sets as good."""

from collections.abc import Iterator

import numpy as np

from perennial.core.planner.facts import Offer, Wishes
from perennial.core.planner.instance import Instance
from perennial.core.planner.linear import Flags, Limits, Row, row
from perennial.core.planner.search import Found, Search, taken_columns

NODES = 2_000
COLUMNS = 40
"""A search among equals looks at so many columns and nodes and keeps the best so far: on every machine the same."""

MOST_ALTERNATIVES = 5
COURSES = 256
"""Minutes weigh more than this many courses."""


def settled(instance: Instance, search: Search, found: Found) -> Found:
    """The canonical one among sets as good as the one found."""
    rows = [*search.extra, at_most(search, found)]
    kept = _few(search, found)
    for weights in _orders(instance):
        cost = search.program.cost_of(weights)
        if not cost.any():
            continue
        other = Search(search.program, cost, search.judge, rows, Limits(nodes=NODES))
        better = other.cheapest(kept, found.values)
        mine = int(cost[: found.taken.size][found.taken].sum())
        if better is not None and better.cost <= mine:
            found, mine = Found(better.taken, better.values, found.cost, found.bound, found.proved), better.cost
        rows.append(_no_more(cost.tolist(), mine))
    return found


def alternatives(instance: Instance, search: Search, found: Found) -> Iterator[Flags]:
    """Other sets with the same value, none of them one of the others with more added."""
    rows = [*search.extra, at_most(search, found)]
    kept = _few(search, found)
    cost = search.program.cost_of(_orders(instance)[-1])
    taken = found.taken
    for _ in range(MOST_ALTERNATIVES):
        if not taken.any():
            return
        rows.append(_not_all(instance, taken))
        other = Search(search.program, cost, search.judge, rows, Limits(nodes=NODES)).cheapest(kept)
        if other is None:
            return
        taken = other.taken
        yield taken


def _few(search: Search, found: Found) -> Flags:
    """Columns that could be in a set as good, no more than a number of those that the relaxation likes best."""
    kept = search.could_cost(found.cost / search.step)
    reduced = search.relaxed.reduced if search.relaxed is not None else None
    if reduced is None or int(kept.sum()) <= COLUMNS:
        return kept
    copies = found.taken.size
    likely = np.zeros(kept.size, dtype=bool)
    likely[np.argsort(reduced[:copies], kind="stable")[:COLUMNS]] = True
    likely[copies:] = True
    return (kept & likely) | taken_columns(found.values)


def at_most(search: Search, found: Found) -> Row:
    """No set that spares less than the one found."""
    return _no_more(search.cost.tolist(), found.cost // search.step)


def _no_more(cost: list[float], most: int) -> Row:
    return row([(c, float(v)) for c, v in enumerate(cost) if v], high=float(most))


def _not_all(instance: Instance, taken: Flags) -> Row:
    chosen = {instance.copies[n].offer for n in np.nonzero(taken)[0].tolist()}
    return row([(n, 1.0) for n, copy in enumerate(instance.copies) if copy.offer in chosen], high=len(chosen) - 1.0)


def _orders(instance: Instance) -> list[list[int]]:
    """What is spared next, one after another."""
    wishes, offers = instance.case.wishes, instance.offers
    found = []
    if wishes.prefer_topics or wishes.prefer_formats or wishes.prefer_ids:
        found.append([0 if _preferred(o, wishes) else o.minutes + 1 for o in offers])
    if wishes.minimize != "cost":
        found.append([o.price_cents for o in offers])
    found.append([(o.minutes if wishes.minimize != "time" else 0) * COURSES + 1 for o in offers])
    return found


def _preferred(offer: Offer, wishes: Wishes) -> bool:
    return offer.id in wishes.prefer_ids or offer.format in wishes.prefer_formats or not wishes.prefer_topics.isdisjoint(offer.topics)
