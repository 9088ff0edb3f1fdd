"""Units of time and credit: what may be added, and what may not."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perennial.core.approval import Ceu, Hours, Minutes, in_ceu

AMOUNTS = st.decimals(min_value=0, max_value=1000, places=2)


def test_hours_of_one_length_add() -> None:
    assert Hours(Decimal("1.25"), 60) + Hours(Decimal("0.5"), 60) == Hours(Decimal("1.75"), 60)


@pytest.mark.parametrize("other", [Hours(Decimal(1), 50), Ceu(Decimal(1)), Minutes(Decimal(60)), Decimal(1), 1])
def test_an_hour_of_60_minutes_adds_to_nothing_else(other: object) -> None:
    with pytest.raises(TypeError):
        Hours(Decimal(1), 60) + other  # type: ignore[operator]  # that the type checker refuses it is part of the test
    with pytest.raises(TypeError):
        Hours(Decimal(1), 60) < other  # type: ignore[operator]  # noqa: B015 (the comparison itself must fail)


@pytest.mark.parametrize("other", [Hours(Decimal(1), 60), Minutes(Decimal(1)), 1])
def test_a_ceu_adds_to_nothing_else(other: object) -> None:
    with pytest.raises(TypeError):
        Ceu(Decimal(1)) + other  # type: ignore[operator]  # that the type checker refuses it is part of the test


def test_an_hour_of_50_minutes_is_not_equal_to_one_of_60() -> None:
    assert Hours(Decimal(1), 50) != Hours(Decimal(1), 60)
    assert Hours(Decimal("1.2"), 50).minutes == Hours(Decimal(1), 60).minutes


def test_one_ceu_is_ten_contact_hours() -> None:
    assert Ceu(Decimal(1)).contact_hours == Hours(Decimal(10), 60)
    assert in_ceu(Minutes(Decimal(600))) == Ceu(Decimal(1))


@pytest.mark.parametrize("amount", ["-0.01", "NaN", "Infinity"])
def test_time_and_credit_are_numbers_from_0_up(amount: str) -> None:
    with pytest.raises(ValueError, match="from 0 up"):
        Hours(Decimal(amount), 60)
    with pytest.raises(ValueError, match="from 0 up"):
        Minutes(Decimal(amount))


@given(AMOUNTS, st.sampled_from([50, 60]))
def test_hours_through_minutes_and_back_are_the_same(amount: Decimal, minutes_per_hour: int) -> None:
    hours = Hours(amount, minutes_per_hour)
    assert hours.minutes.in_hours(minutes_per_hour) == hours
