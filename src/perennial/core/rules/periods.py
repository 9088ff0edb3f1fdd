"""The days between which hours count, and the day they are due, for one license under one rule."""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

from perennial.core.rules.facts import License
from perennial.core.rules.schema import Closing, RuleFile, Window

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class CreditWindow:
    """Hours count from `start` to `end`, both days included; `end` is the day they are due.

    `owed` is false at a renewal between two reporting years. `needs` names what the license
    must tell before anything can be judged.
    """

    start: date
    end: date
    owed: bool = True
    needs: tuple[str, ...] = ()

    def holds(self, day: date) -> bool:
        """Whether a credit completed on this day lies in the window."""
        return self.start <= day <= self.end


def months_before(day: date, months: int) -> date:
    """The same day so many months earlier; the last day of a month stays the last day of a month."""
    return months_after(day, -months)


def months_after(day: date, months: int) -> date:
    """The same day so many months later; the last day of a month stays the last day of a month."""
    year, month0 = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month0 + 1)[1]
    keeps_end = day.day == calendar.monthrange(day.year, day.month)[1]
    return date(year, month0 + 1, last if keeps_end else min(day.day, last))


def credit_window(rule: RuleFile, license: License) -> CreditWindow:
    """The window in which this license's hours must be earned."""
    window = rule.window or Window(says="The license's own period.")
    months = window.months or rule.period.months
    end, owed, needs = _reported(window, license)
    if end is None:
        return CreditWindow(license.expires, license.expires, owed, (*needs, "birth_month"))
    if months is None:
        return CreditWindow(license.expires, end, owed, (*needs, "months"))
    return CreditWindow(_opening(window, months, end, license), end, owed, needs)


def window_before(rule: RuleFile, window: CreditWindow) -> CreditWindow:
    """The window just before this one."""
    months = (rule.window.months if rule.window else None) or rule.period.months or 24
    end = window.start - DAY
    return CreditWindow(months_before(end, months) + DAY, end)


def _reported(window: Window, license: License) -> tuple[date | None, bool, tuple[str, ...]]:
    """The closing day at which hours are reported: that of this renewal, or of the next in a reporting year."""
    end = _closing(window, license.expires, license)
    if window.reports is None or end is None:
        return end, True, ()
    odd, needs = _odd_years(window, license)
    if needs:
        return end, True, needs
    for years in range(4):
        later = _closing(window, months_after(license.expires, 12 * years), license)
        if later is not None and (later.year % 2 == 1) == odd and not _too_soon(window, license, later):
            return later, years == 0, ()
    raise AssertionError("one of any four years is a reporting year")


def _odd_years(window: Window, license: License) -> tuple[bool, tuple[str, ...]]:
    """Whether odd years report, and what would have to be known to tell."""
    if window.reports == "license_number":
        digits = [c for c in license.number or "" if c.isdigit()]
        return (int(digits[-1]) % 2 == 1, ()) if digits else (False, ("number",))
    if window.reports == "issue_year":
        return (license.issued.year % 2 == 1, ()) if license.issued else (False, ("issued",))
    return window.reports == "odd", ()


def _too_soon(window: Window, license: License, closing: date) -> bool:
    """A cycle that begins in the year of first licensure closes two years on, not before."""
    return window.reports == "issue_year" and license.issued is not None and closing.year - license.issued.year < 2


def _closing(window: Window, expires: date, license: License) -> date | None:
    if window.closes == "expires":
        return expires
    if window.closes == "calendar_year_before":
        return date(expires.year - 1, 12, 31)
    if isinstance(window.closes, Closing):
        return _on_or_before(expires, window.closes.month, window.closes.day)
    if license.birth_date is None:
        return None
    return _on_or_before(expires, license.birth_date.month, 31)


def _on_or_before(limit: date, month: int, day: int) -> date:
    for year in (limit.year, limit.year - 1):
        found = date(year, month, min(day, calendar.monthrange(year, month)[1]))
        if found <= limit:
            return found
    raise AssertionError("a day of the year falls in any two years")


def _opening(window: Window, months: int, end: date, license: License) -> date:
    rolling = months_before(end, months) + DAY - window.opens_days_earlier * DAY
    first = license.renewal_number == 1
    if first and license.issued and window.first_opens == "issued":
        return license.issued
    if window.second_opens_at_issue and license.renewal_number == 2 and license.issued:
        return license.issued
    if window.opens == "last_application":
        rolling = license.last_application_received or months_before(license.expires, months)
    return max(rolling, license.issued) if license.issued and window.first_opens == "issued" else rolling
