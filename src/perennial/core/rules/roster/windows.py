"""Days of many licenses at once: months later, credit windows and renewal numbers, as `periods` finds them for one."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from perennial.core.rules.facts import License
from perennial.core.rules.periods import credit_window
from perennial.core.rules.roster.calendar import months, shifted, years_back
from perennial.core.rules.roster.columns import Ints, day_of, ordinal
from perennial.core.rules.roster.mixing import mixed
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
    number: npt.NDArray[np.object_]

    def some(self, chosen: Ints) -> "Licenses":
        """Some of them."""
        days = (self.expires[chosen], self.issued[chosen], self.birth[chosen], self.applied[chosen])
        return Licenses(*days, self.renewal[chosen], self.number[chosen])

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
    return shifted(np.asarray(day, dtype=np.int64), np.atleast_1d(np.asarray(months, dtype=np.int64)))


def months_of(day: Ints) -> Ints:
    """The months of days, counted from January 1970."""
    return months(np.atleast_1d(np.asarray(day, dtype=np.int64)))


def years_before(day: Ints, years: int) -> Ints:
    """The same days so many years earlier, February 28 always from February 28."""
    return years_back(np.asarray(day, dtype=np.int64), years)


def windows(rule: Rule, licenses: Licenses) -> Windows:
    """The credit window and the renewal number of each license."""
    window = rule.file.window or Window(says="")
    months = window.months or rule.file.period.months
    end, owed, needs = _ends(rule, window, licenses)
    if months is None:
        start, needs = licenses.expires, np.ones(len(end), dtype=np.bool_)
    else:
        start = _opening(window, months, end, licenses)
    if window.closes == "birth_month":
        start = np.where(licenses.birth == UNKNOWN, licenses.expires, start)
    return Windows(start, end, owed, needs, _renewals(rule, licenses, start))


def window_before(rule: Rule, start: Ints) -> tuple[Ints, Ints]:
    """First and last day of the windows just before those that begin so."""
    file = rule.file
    months = (file.window.months if file.window else None) or file.period.months or 24
    return months_after(start - 1, -months) + 1, start - 1


def counts_years(rule: Rule) -> bool:
    """Whether single years of a window are looked at anywhere."""
    file = rule.file
    return any(r.each_year for r in file.requirements.values()) or any(limit.each == "year" for limit in file.limits.values())


def year_ends(rule: Rule, end: Ints, start: Ints) -> npt.NDArray[np.int64]:
    """For each license the last days of the years before the window's last, newest first, and one more than it has.

    None where the rule looks at no single year.
    """
    if not counts_years(rule):
        return np.zeros((len(end), 0), dtype=np.int64)
    years = int(np.max((end - start) // 365, initial=0)) + 1
    return np.stack([months_after(end, -12 * (n + 1)) for n in range(min(years, 8))], axis=1)


def _ends(rule: Rule, window: Window, licenses: Licenses) -> tuple[Ints, Flags, Flags]:
    """The last day of each window, whether hours are owed by it, and whether something would have to be known to tell."""
    every = np.ones(len(licenses.expires), dtype=np.bool_)
    if not window.reports and window.closes != "birth_month":
        return _closing(window, licenses.expires), every, ~every
    facts: list[Ints] = [licenses.expires]
    if window.closes == "birth_month":
        facts.append(np.where(licenses.birth == UNKNOWN, -1, months_of(licenses.birth) % 12))
    if window.reports == "license_number":
        facts.append(np.array([_last_digit(number) for number in licenses.number], dtype=np.int64))
    if window.reports == "issue_year":
        facts.append(np.where(licenses.issued == UNKNOWN, -1, months_of(licenses.issued) // 12))
    _, first, back = np.unique(mixed(facts), return_index=True, return_inverse=True)
    found = [credit_window(rule.file, licenses.one(i)) for i in first]
    end = np.array([ordinal(each.end) for each in found], dtype=np.int64)
    owed, needs = np.array([each.owed for each in found]), np.array([bool(each.needs) for each in found])
    return end[back], owed[back], needs[back]


def _last_digit(number: str | None) -> int:
    return int(next((c for c in reversed(number or "") if c.isdigit()), "-1"))


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
    if window.opens == "last_application":
        rolling = np.where(licenses.applied == UNKNOWN, months_after(licenses.expires, -months), licenses.applied)
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
    held = months_of(licenses.expires) - months_of(np.where(known, licenses.issued, 0))
    by_dates = -(-held // months) if months else np.full(len(start), -1)
    derived = np.where(licenses.issued >= start, 1, by_dates)
    found = np.where(told, licenses.renewal, np.where(known, derived, -1)).astype(np.int64)
    if rule.file.window is None or not rule.file.window.reports:
        return found
    found = np.where(licenses.renewal == 1, np.where(known, 2, 1), found)
    return np.where(known & (licenses.issued >= start), 1, found)
