"""What licensees have done that a rule may ask for, in columns."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from perennial.core.rules.roster.columns import Ints
from perennial.core.rules.roster.windows import UNKNOWN, Flags

AT_ANY_TIME = UNKNOWN
"""Of a duty: done on a day that is not known."""


@dataclass(frozen=True, slots=True)
class Duties:
    """What licensees have done: whose (by place), what, on which day."""

    who: Ints
    what: npt.NDArray[np.str_]
    on: Ints

    def on_record(self, names: Iterable[str], many: int, after: Ints, until: Ints) -> Flags:
        """Which of so many licensees have done one of these from one day to another, or on a day not known."""
        found = np.zeros(many, dtype=np.bool_)
        if len(self.who):
            named = np.isin(self.what, list(names))
            inside = (self.on == AT_ANY_TIME) | ((self.on >= after[self.who]) & (self.on <= until[self.who]))
            found[self.who[named & inside]] = True
        return found

    def dated_before(self, names: Iterable[str], many: int, day: Ints) -> Flags:
        """Which of them did one of these before a day."""
        found = np.zeros(many, dtype=np.bool_)
        if len(self.who):
            named = np.isin(self.what, list(names)) & (self.on != AT_ANY_TIME)
            found[self.who[named & (self.on < day[self.who])]] = True
        return found

    def of(self, chosen: Ints, many: int) -> "Duties":
        """The same for some of the licensees, by their new places."""
        place = np.full(many, -1, dtype=np.int64)
        place[chosen] = np.arange(len(chosen))
        kept = place[self.who] >= 0 if len(self.who) else np.zeros(0, dtype=np.bool_)
        return Duties(place[self.who[kept]], self.what[kept], self.on[kept])
