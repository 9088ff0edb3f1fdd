"""Days of many licenses at once: months later, credit windows and renewal numbers, as `periods` finds them for one."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from perennial.core.rules.facts import License
from perennial.core.rules.periods import credit_window
from perennial.core.rules.question import renewal_number
from perennial.core.rules.roster.columns import Ints, day_of, ordinal
from perennial.core.rules.rule import Rule
from perennial.core.rules.schema import Closing, Window

UNKNOWN = -(10**6)
"""A day that is not known."""

Flags = npt.NDArray[np.bool_]


class Licenses(NamedTuple):
    """Licenses in columns: days as numbers, UNKNOWN where not known; a renewal number of -1 is not known."""

    expires: Ints
    issued: Ints
    birth: Ints
    applied: Ints
    renewal: Ints
    number: Sequence[str | None]

    def some(self, chosen: Ints) -> "Licenses":
        """Some of them."""
        days = (self.expires[chosen], self.issued[chosen], self.birth[chosen], self.applied[chosen])
        return Licenses(*days, self.renewal[chosen], [self.number[i] for i in chosen])

    def one(self, i: int) -> License:
        """One of them as `evaluate` takes it."""
        days = [None if day[i] == UNKNOWN else day_of(day[i]) for day in (self.issued, self.birth, self.applied)]
        renewal = int(self.renewal[i])
        return License(day_of(self.expires[i]), days[0], days[1], None if renewal < 0 else renewal, days[2], self.number[i])


class Windows(NamedTuple):
    """Credit windows, both days inside; `needs`: what the license must tell is not known; renewal -1: not known."""

    start: Ints
    end: Ints
    owed: Flags
    needs: Flags
    renewal: Ints


def months_after(day: Ints, months: int | Ints) -> Ints:
    """The same days so many months later; the last day of a month stays the last day of a month."""
    days = day.astype("datetime64[D]")
    month = days.astype("datetime64[M]")
    length = ((month + 1).astype("datetime64[D]") - month.astype("datetime64[D]")).astype(np.int64)
    in_month = (days - month.astype("datetime64[D]")).astype(np.int64) + 1
    later = month + np.asarray(months, dtype="timedelta64[M]")
    first = later.astype("datetime64[D]")
    last = ((later + 1).astype("datetime64[D]") - first).astype(np.int64)
    place = np.where(in_month == length, last, np.minimum(in_month, last))
    return np.asarray(first.astype(np.int64) + place - 1, dtype=np.int64)


def windows(rule: Rule, licenses: Licenses) -> Windows:
    """The credit window and the renewal number of each license."""
    window = rule.file.window or Window(says="")
    if window.reports or window.opens != "rolling" or window.closes == "birth_month":
        return _each(rule, licenses)
    end = _closing(window, licenses.expires)
    months = window.months or rule.file.period.months
    owed = np.ones(len(end), dtype=bool)
    if months is None:
        start, needs = licenses.expires, owed
    else:
        start, needs = _opening(window, months, end, licenses), ~owed
    return Windows(start, end, owed, needs, _renewals(rule, licenses, start))


def window_before(rule: Rule, start: Ints) -> tuple[Ints, Ints]:
    """First and last day of the windows just before those that begin so."""
    file = rule.file
    months = (file.window.months if file.window else None) or file.period.months or 24
    return months_after(start - 1, -months) + 1, start - 1


def year_ends(end: Ints, start: Ints) -> npt.NDArray[np.int64]:
    """For each license the last days of the years before the window's last, newest first, and one more than it has."""
    years = int(np.max((end - start) // 365, initial=0)) + 1
    return np.stack([months_after(end, -12 * (n + 1)) for n in range(min(years, 8))], axis=1)


def _closing(window: Window, expires: Ints) -> Ints:
    if window.closes == "expires":
        return expires
    years = expires.astype("datetime64[D]").astype("datetime64[Y]").astype(np.int64) + 1970
    if isinstance(window.closes, Closing):
        same, before = _in_year(years, window.closes), _in_year(years - 1, window.closes)
        return np.where(same <= expires, same, before)
    return _in_year(years - 1, Closing(month=12, day=31))


def _in_year(years: Ints, closing: Closing) -> Ints:
    month = (years - 1970) * 12 + closing.month - 1
    first = month.astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
    following = (month + 1).astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
    return np.minimum(first + closing.day - 1, following - 1)


def _opening(window: Window, months: int, end: Ints, licenses: Licenses) -> Ints:
    rolling = months_after(end, -months) + 1 - window.opens_days_earlier
    known = licenses.issued != UNKNOWN
    start = rolling
    if window.first_opens == "issued":
        start = np.where(known, np.maximum(rolling, licenses.issued), rolling)
        start = np.where(known & (licenses.renewal == 1), licenses.issued, start)
    if window.second_opens_at_issue:
        start = np.where(known & (licenses.renewal == 2), licenses.issued, start)
    return start


def _renewals(rule: Rule, licenses: Licenses, start: Ints) -> Ints:
    months = rule.file.period.months
    told = licenses.renewal >= 0
    known = licenses.issued != UNKNOWN
    held = _months(licenses.expires) - _months(np.where(known, licenses.issued, 0))
    by_dates = -(-held // months) if months else np.full(len(start), -1)
    derived = np.where(licenses.issued >= start, 1, by_dates)
    return np.where(told, licenses.renewal, np.where(known, derived, -1)).astype(np.int64)


def _months(day: Ints) -> Ints:
    return np.asarray(day.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64), dtype=np.int64)


def _each(rule: Rule, licenses: Licenses) -> Windows:
    """The same one by one, each combination of facts once, where a window hangs on more than its last day."""
    seen: dict[tuple[object, ...], tuple[int, int, bool, bool, int]] = {}
    found = []
    for i, facts in enumerate(zip(*licenses, strict=True)):
        answer = seen.get(facts)
        if answer is None:
            license = licenses.one(i)
            window = credit_window(rule.file, license)
            number = renewal_number(rule, license, window)
            bare = -1 if number is None else number
            answer = seen[facts] = (ordinal(window.start), ordinal(window.end), window.owed, bool(window.needs), bare)
        found.append(answer)
    table = np.array(found, dtype=np.int64).reshape(-1, 5)
    return Windows(table[:, 0].copy(), table[:, 1].copy(), table[:, 2] == 1, table[:, 3] == 1, table[:, 4].copy())
