"""Rounding time to credit: by the body's direction and step, and never more than there was where it goes down."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perennial.core.approval import Ceu, Minutes, Rounding, bodies, granted, granted_units, library

EVERY_BODY = [library(), *bodies().values()]
MINUTES = st.decimals(min_value=0, max_value=10_000, places=3)


def rounding(direction: str, step: str, least: str) -> Rounding:
    """A rounding without a body."""
    return Rounding(direction, Decimal(step), Decimal(least), "library", "", "")


@pytest.mark.parametrize(
    ("minutes", "minutes_per_hour", "how", "hours"),
    [
        ("74.9", 60, ("down", "0.25", "0.25"), "1"),
        ("75", 60, ("down", "0.25", "0.25"), "1.25"),
        ("14.9", 60, ("down", "0.25", "0.25"), "0"),
        ("59", 60, ("down", "0.25", "1"), "0"),
        ("62.5", 50, ("down", "0.25", "0.25"), "1.25"),
        ("67.4", 60, ("nearest", "0.25", "0"), "1"),
        ("67.5", 60, ("nearest", "0.25", "0"), "1.25"),
        ("30", 60, ("nearest", "1", "0"), "1"),
    ],
)
def test_time_is_rounded_as_the_data_say(minutes: str, minutes_per_hour: int, how: tuple[str, str, str], hours: str) -> None:
    assert granted(Minutes(Decimal(minutes)), minutes_per_hour, rounding(*how)).amount == Decimal(hours)


@given(MINUTES, st.sampled_from(["0.1", "0.2", "0.25", "0.5", "1"]), st.sampled_from([50, 60]))
def test_rounding_down_never_grants_more_than_computed(minutes: Decimal, step: str, minutes_per_hour: int) -> None:
    assert granted(Minutes(minutes), minutes_per_hour, rounding("down", step, "0")).minutes.amount <= minutes
    for body in EVERY_BODY:
        if body.rounding.direction == "down":
            assert granted(Minutes(minutes), body.minutes_per_hour, body.rounding).minutes.amount <= minutes


@given(MINUTES, st.sampled_from(["down", "nearest"]), st.sampled_from(["0.1", "0.2", "0.25", "0.5", "1"]), st.sampled_from([50, 60]))
def test_credit_is_whole_steps_and_near_the_time(minutes: Decimal, direction: str, step: str, minutes_per_hour: int) -> None:
    hours = granted(Minutes(minutes), minutes_per_hour, rounding(direction, step, "0"))
    assert hours.amount % Decimal(step) == 0
    assert abs(hours.minutes.amount - minutes) < Decimal(step) * minutes_per_hour


@given(MINUTES, MINUTES)
def test_more_time_never_earns_less(first: Decimal, second: Decimal) -> None:
    less, more = sorted((first, second))
    for body in EVERY_BODY:
        earned = [granted(Minutes(time), body.minutes_per_hour, body.rounding).amount for time in (less, more)]
        assert earned[0] <= earned[1]


def test_an_unknown_direction_is_refused() -> None:
    with pytest.raises(ValueError, match="known are down, nearest"):
        rounding("up", "0.25", "0")


@pytest.mark.parametrize(
    ("minutes", "units"), [("29.9", "0"), ("30", "0.1"), ("84.5", "0.1"), ("89.9", "0.1"), ("90", "0.2"), ("600", "1")]
)
def test_units_of_iacet_go_to_the_nearest_tenth_and_begin_at_half_an_hour(minutes: str, units: str) -> None:
    assert granted_units(Minutes(Decimal(minutes)), bodies()["IACET"].rounding) == Ceu(Decimal(units))
