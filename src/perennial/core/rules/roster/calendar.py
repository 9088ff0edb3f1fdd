"""Days as numbers and the calendar, compiled: months of days, and the same days some months later.

numpy's own conversion of days to months and back took more time than all else that is done with days. Days to years, months
and days by the arithmetic of eras of 400 years that begin in March (Hinnant, chrono-compatible low-level date algorithms, 2013).
"""

import numpy as np

from perennial.core.rules.roster.columns import Ints
from perennial.core.rules.roster.compiling import inner, outer

FROM_YEAR_0 = 719_468
"""Days from 1 March of the year 0 to 1 January 1970."""
ERA = 146_097


@inner
def civil(day: int) -> tuple[int, int]:
    """The month of a day, counted from January of the year 0, and the day in it, from 1."""
    shifted = day + FROM_YEAR_0
    era = shifted // ERA
    of_era = shifted - era * ERA
    year = (of_era - of_era // 1460 + of_era // 36524 - of_era // 146096) // 365
    of_year = of_era - (365 * year + year // 4 - year // 100)
    month = (5 * of_year + 2) // 153
    return (year + era * 400) * 12 + month + 2, of_year - (153 * month + 2) // 5 + 1


@inner
def first_day(month: int) -> int:
    """The first day of a month counted from January of the year 0."""
    shifted = month - 2
    year, of_year = shifted // 12, shifted % 12
    era = year // 400
    of_era = year - era * 400
    return era * ERA + of_era * 365 + of_era // 4 - of_era // 100 + (153 * of_year + 2) // 5 - FROM_YEAR_0


@inner
def moved(day: int, by: int) -> int:
    """The same day so many months later; the last day of a month stays the last one."""
    month, of_month = civil(day)
    first = first_day(month + by)
    length = first_day(month + by + 1) - first
    keeps_end = first_day(month) + of_month == first_day(month + 1)
    return first + (length if keeps_end else min(of_month, length)) - 1


@outer
def shifted(day: Ints, months: Ints) -> Ints:
    """The same days so many months later (one number for each, or one for all); the last day of a month stays the last one."""
    found = np.empty(len(day), np.int64)
    for at in range(len(day)):
        found[at] = moved(day[at], months[at if len(months) > 1 else 0])
    return found


@outer
def years_back(day: Ints, years: int) -> Ints:
    """The same days so many years earlier; February 28 stays February 28."""
    found = np.empty(len(day), np.int64)
    for at in range(len(day)):
        month, of_month = civil(day[at])
        found[at] = first_day(month - 12 * years) + 27 if month % 12 == 1 and of_month == 28 else moved(day[at], -12 * years)
    return found


@outer
def months(day: Ints) -> Ints:
    """The months of days, counted from January 1970."""
    found = np.empty(len(day), np.int64)
    for at in range(len(day)):
        found[at] = civil(day[at])[0] - 1970 * 12
    return found
