"""Requirements that are due by counting back from a day: what is asked of each license, and since when earlier hours serve.

These hang on the days themselves. The engine is asked once for each combination of days that matters, never once for each
license; what it answers goes into the situation as a small number, the day from which hours serve beside it.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from perennial.core.rules.asked import Ask, State
from perennial.core.rules.roster.columns import Ints, ordinal
from perennial.core.rules.roster.mixing import mixed
from perennial.core.rules.roster.packed import NEVER_BEFORE
from perennial.core.rules.roster.windows import UNKNOWN, Flags, Licenses, months_after, months_of, years_before
from perennial.core.rules.rule import Rule
from perennial.core.rules.schema import Recurrence, Requirement
from perennial.core.rules.selection import Reading


class Due(NamedTuple):
    """What is asked of each license, by number, and the first day whose hours serve."""

    code: Ints
    since: Ints


class Days(NamedTuple):
    """The days that a requirement can be counted from, and what else decides."""

    start: Ints
    end: Ints
    renewal: Ints
    attributes: Ints
    flag: npt.NDArray[np.bool_]


def counts_days(requirement: Requirement) -> bool:
    """Whether what a requirement asks hangs on more than comparisons with days that the rule names."""
    due = requirement.due
    recurs = isinstance(due, Recurrence) and (due.years is not None or due.counted == "within")
    return recurs or bool(requirement.lookback_months)


@dataclass(slots=True)
class Dues:
    """One such requirement of a rule, and what was worked out for the days met so far."""

    rule: Rule
    key: str
    compared: Ints
    """Days on which figures of the rule begin or end."""
    begun: Ints = field(init=False)
    _kinds: dict[tuple[State, tuple[str, ...]], int] = field(default_factory=dict)
    _known: dict[tuple[bool, int], tuple[int, int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Look at the days on which its figures begin."""
        requirement = self.rule.file.requirements[self.key]
        starts = {ordinal(f.start) for f in (*requirement.at_least, *requirement.each_year) if f.start}
        self.begun = np.array(sorted(starts), dtype=np.int64)

    def of(self, licenses: Licenses, days: Days, reading: Reading, ask: Callable[[int], Ask]) -> Due:
        """What is asked of each; `ask` asks the engine about the license in a place."""
        values, first, back = np.unique(mixed(self._compared(licenses, days)), return_index=True, return_inverse=True)
        found = np.empty((len(values), 2), dtype=np.int64)
        loose = reading is Reading.LOOSE
        for place, (value, i) in enumerate(zip(values.tolist(), first.tolist(), strict=True)):
            known = self._known.get((loose, value))
            if known is None:
                known = self._known[loose, value] = self._learn(ask(i))
            found[place] = known
        each = found[back]
        return Due(each[:, 0], each[:, 1])

    def _learn(self, ask: Ask) -> tuple[int, int]:
        kind = self._kinds.setdefault((ask.state, ask.needs), len(self._kinds))
        return kind, NEVER_BEFORE if ask.lookback is None else ordinal(ask.lookback.start)

    def _compared(self, licenses: Licenses, days: Days) -> list[Ints | Flags]:
        """All that this requirement looks at: days themselves only where hours are counted back from them."""
        due = self.rule.file.requirements[self.key].due
        figures = np.searchsorted(self.compared, days.start, "right")
        found = [figures, days.end, days.attributes, days.flag, licenses.issued != UNKNOWN, days.renewal < 0]
        if due == "renewal":
            return found
        if isinstance(due, Recurrence) and due.years is None and due.counted == "within":
            return [*found, days.renewal >= (due.renewals or 1), days.start]
        if isinstance(due, Recurrence) and due.years is not None and due.counted == "last":
            return [*found, *self._by_deadline(licenses, days, due.years)]
        if isinstance(due, Recurrence) and due.counted == "block" and due.base is not None:
            return [*found, *_in_block(days, ordinal(due.base), due.years or 1)]
        return [*found, days.start, days.renewal, licenses.issued]

    def _by_deadline(self, licenses: Licenses, days: Days, years: int) -> list[Ints | Flags]:
        """How the day on which something is first due compares with the window, whichever figure holds."""
        first, months = self.rule.file.requirements[self.key].first_due, self.rule.file.period.months or 24
        if first is not None and first.months:
            deadline = months_after(licenses.issued, first.months)
        else:
            number = first.renewal if first is not None and first.renewal else 1
            deadline = months_after(days.end, -months * (days.renewal - number))
        found: list[Ints | Flags] = []
        for begun in (None, *self.begun):
            if begun is not None:
                behind = np.maximum(months_of(days.end) - months_of(begun), 0)
                deadline_then = np.where(begun > deadline, months_after(days.end, -(behind // months * months)), deadline)
            else:
                deadline_then = deadline
            found += [deadline_then > days.end, deadline_then >= days.start, years_before(deadline_then, -years) <= days.end]
        return found


def _in_block(days: Days, base: int, years: int) -> list[Ints | Flags]:
    """How the blocks of years from a day compare with the window."""
    begins = months_after(np.full(60, base), 12 * years * np.arange(60))
    block = np.searchsorted(begins[1:-1], days.end, "right")
    return [begins[block] > days.start, begins[block] - 1 >= days.start, begins[block + 1] - 1 >= days.start]
