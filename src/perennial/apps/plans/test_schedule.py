"""Days for courses that can be taken on any day."""

from collections.abc import Mapping
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from perennial.apps.plans.schedule import Slot, spread

TODAY = date(2026, 11, 25)
slots = st.lists(
    st.tuples(st.booleans(), st.integers(30, 2000), st.integers(0, 700)),
    max_size=8,
).map(lambda rows: [Slot(f"c{n}", TODAY, fixed, takes, TODAY + timedelta(days=left)) for n, (fixed, takes, left) in enumerate(rows)])


def always(days: Mapping[str, date]) -> bool:
    """Every day will do."""
    return True


def test_two_hours_a_month_set_the_days_a_month_apart() -> None:
    far = TODAY + timedelta(days=500)
    first, second = spread(
        [Slot("a", TODAY, fixed=False, takes=120, until=far), Slot("b", TODAY, fixed=False, takes=120, until=far)], TODAY, 120, always
    )
    assert [(slot.on - TODAY).days for slot in (first, second)] == [30, 61]


def test_what_is_needed_first_comes_first() -> None:
    late, soon = (
        Slot("a", TODAY, fixed=False, takes=60, until=date(2027, 8, 1)),
        Slot("b", TODAY, fixed=False, takes=60, until=date(2027, 1, 1)),
    )
    after, before = spread([late, soon], TODAY, None, always)
    assert before.on < after.on


def test_a_day_that_would_cost_a_license_is_not_taken() -> None:
    slot = Slot("a", TODAY, fixed=False, takes=60, until=date(2027, 8, 1))
    (kept,) = spread([slot], TODAY, None, lambda days: days["a"] == TODAY)
    assert kept.on == TODAY


@given(slots, st.none() | st.integers(10, 5000))
def test_no_day_lies_before_today_or_after_the_last_that_helps_and_fixed_days_stay(found: list[Slot], pace: int | None) -> None:
    for before, after in zip(found, spread(found, TODAY, pace, always), strict=True):
        assert after.on == before.on if before.fixed else TODAY <= after.on <= before.until
