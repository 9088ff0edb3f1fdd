"""Tests of the dial's figures and of its sentence."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perennial.ui.dial import Hours, draw

hours = st.decimals(0, 500, places=2)


def test_a_dial_says_all_that_it_shows() -> None:
    figures = Hours(Decimal("17.5"), Decimal(24), Decimal(3))
    dial = draw("Texas LPC", (97, 730), figures, [("part", "Ethics"), ("met", "Reading")])
    assert dial.says == "Texas LPC: 97 days left of 730. 17.5 of 24 hours counted, 3 booked, 3.5 to find. Not met yet: Ethics."
    assert (dial.got, dial.booked, dial.past) == ("72.92", "12.5", "86.71")


def test_an_ended_period_shows_no_days_and_never_fewer() -> None:
    dial = draw("L", (-5, 730), Hours(Decimal(3), Decimal(24)))
    assert dial.days == 0
    assert dial.bead == "0"


@given(counted=hours, asked=hours, booked=hours, left=st.integers(-900, 2000), total=st.integers(0, 1500))
def test_no_figure_leaves_the_circle(counted: Decimal, asked: Decimal, booked: Decimal, left: int, total: int) -> None:
    dial = draw("L", (left, total), Hours(counted, asked, booked))
    assert 0 <= Decimal(dial.got) + Decimal(dial.booked) <= Decimal("100.01")
    assert 0 <= Decimal(dial.past) <= 100
    assert 0 <= Decimal(dial.bead) < 360


@pytest.mark.parametrize(("count", "shown"), [(3, 3), (9, 9), (12, 6)])
def test_more_than_nine_lines_show_only_those_not_met(count: int, shown: int) -> None:
    lines = [("met" if place % 2 else "missing", f"Line {place}") for place in range(count)]
    assert len(draw("L", (1, 2), Hours(Decimal(0), Decimal(1)), lines).twigs) == shown


def test_a_small_dial_leaves_words_to_its_neighbour() -> None:
    assert draw("L", (1, 2), Hours(Decimal(0), Decimal(1)), size="s").small
