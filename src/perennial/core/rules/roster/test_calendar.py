"""Days and months in columns, against those of single days."""

from datetime import date, timedelta

import numpy as np

from perennial.core.rules.periods import months_after
from perennial.core.rules.question import years_after
from perennial.core.rules.roster import windows
from perennial.core.rules.roster.columns import ordinal

DAYS = [date(1895, 1, 1) + timedelta(days=n) for n in range(0, 90_000, 7)]
DAYS += [date(2023, 1, 1) + timedelta(days=n) for n in range(1_500)]
NUMBERS = np.array([ordinal(day) for day in DAYS])


def test_months_later_are_those_of_a_single_day() -> None:
    for months in (-37, -24, -1, 0, 1, 11, 12, 100):
        assert windows.months_after(NUMBERS, months).tolist() == [ordinal(months_after(day, months)) for day in DAYS]


def test_each_day_may_have_months_of_its_own() -> None:
    months = np.arange(len(DAYS)) % 50 - 20
    expected = [ordinal(months_after(day, int(n))) for day, n in zip(DAYS, months, strict=True)]
    assert windows.months_after(NUMBERS, months).tolist() == expected


def test_years_earlier_keep_the_end_of_february_where_it_was() -> None:
    for years in (-6, 1, 2, 3, 4, 6):
        assert windows.years_before(NUMBERS, years).tolist() == [ordinal(years_after(day, -years)) for day in DAYS]


def test_months_are_counted_from_january_1970() -> None:
    assert windows.months_of(NUMBERS).tolist() == [(day.year - 1970) * 12 + day.month - 1 for day in DAYS]
