"""Among plans that spare as much: the preferred one, then the one with least cost or time; and other sets as good."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from perennial.core.planner.facts import Offer, Wishes
from perennial.core.planner.instance import Instance
from perennial.core.planner.linear import Flags, Floats, Ints, Limits, Row, row
from perennial.core.planner.search import Found, Search, taken_columns

NODES = 2_000
COLUMNS = 400
"""A search among equals looks at so many columns and nodes and keeps the best so far: on every machine the same.

Of 1,000 courses hardly ever more could be in a set as good. Where more could, the plan says that not all were weighed.
"""

MOST_ALTERNATIVES = 5
COURSES = 256
"""Minutes weigh more than this many courses."""


@dataclass(slots=True)
class Ties:
    """Sets as good as one that was found. `all`: none of them was left out so far for being too many to weigh."""

    instance: Instance
    search: Search
    found: Found
    all: bool = True

    def settled(self) -> Found:
        """The canonical one among them."""
        rows = [*self.search.extra, at_most(self.search, self.found)]
        kept, found = self._kept(), self.found
        for weights in _orders(self.instance):
            cost = self.search.program.cost_of(weights)
            if not cost.any():
                continue
            better = self._among(kept, cost, rows, found.values)
            mine = int(cost[: found.taken.size][found.taken].sum())
            if better is not None and better.cost <= mine:
                found, mine = Found(better.taken, better.values, found.cost, found.bound, found.proved), better.cost
            rows.append(_no_more(cost.tolist(), mine))
        self.found = found
        return found

    def others(self) -> Iterator[Flags]:
        """Other sets with the same value, none of them one of the others with more added."""
        rows = [*self.search.extra, at_most(self.search, self.found)]
        kept = self._kept()
        cost = self.search.program.cost_of(_orders(self.instance)[-1])
        taken = self.found.taken
        for _ in range(MOST_ALTERNATIVES):
            if not taken.any():
                return
            rows.append(_not_all(self.instance, taken))
            other = self._among(kept, cost, rows)
            if other is None:
                return
            taken = other.taken
            yield taken

    def _among(self, kept: Flags, cost: Ints, rows: Sequence[Row], start: Floats | None = None) -> Found | None:
        """The least of these; where nodes or time ran out the least so far, if any."""
        if self.search.pace.over:
            self.all = False
            return None
        search = Search(self.search.program, cost, self.search.judge, rows, Limits(NODES, replace(self.search.pace, told=None)))
        found, whole = search.cheapest(kept, start)
        self.all &= whole
        return found

    def _kept(self) -> Flags:
        """Columns that could be in a set as good, no more than a number of those that the relaxation likes best."""
        search, copies = self.search, self.found.taken.size
        kept = search.could_cost(self.found.cost / search.step)
        reduced = search.relaxed.reduced if search.relaxed is not None else None
        if reduced is None or int(kept[:copies].sum()) <= COLUMNS:
            return kept
        self.all = False
        likely = np.zeros(kept.size, dtype=bool)
        likely[np.argsort(reduced[:copies], kind="stable")[:COLUMNS]] = True
        likely[copies:] = True
        return (kept & likely) | taken_columns(self.found.values)


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
