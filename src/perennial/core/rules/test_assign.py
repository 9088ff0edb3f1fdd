"""The assignment of hours is the best there is: compared with trying every possibility."""

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from perennial.core.rules import assign as assign_module
from perennial.core.rules.assign import Assignment, Ceiling, Choice, Demand, assign

STEP = 100
HOUR = 6 * STEP
"""Brute force tries sixths of an hour: a corner of so small a program never needs a finer one."""


@st.composite
def choices(draw: st.DrawFn) -> Choice:
    n = draw(st.integers(1, 3))
    units = tuple(draw(st.lists(st.integers(1, 2), min_size=n, max_size=n)))
    demands = []
    for number in range(draw(st.integers(0, 2))):
        gives = tuple(draw(st.integers(0, u)) * HOUR for u in units)
        demands.append(Demand(f"d{number}", draw(st.integers(0, 4)) * HOUR, gives))
    ceilings = []
    for number in range(draw(st.integers(0, 3))):
        holds = tuple(draw(st.sampled_from([0, u, u])) * HOUR for u in units)
        ceilings.append(Ceiling(f"c{number}", draw(st.integers(0, 3)) * HOUR, holds))
    asked = draw(st.integers(0, 6)) * HOUR
    return Choice(tuple(u * HOUR for u in units), tuple(demands), tuple(ceilings), (), asked)


def by_trying(choice: Choice) -> tuple[int, int]:
    """Most units in all, and the fewest missing among assignments that reach as much of the total as can be."""
    allowed = [
        x
        for x in product(*(range(0, u + 1, STEP) for u in choice.units))
        if all(sum(xi for xi, held in zip(x, c.holds, strict=True) if held) <= c.units for c in choice.ceilings)
    ]
    most = max(sum(x) for x in allowed)
    enough = min(most, choice.asked_total)
    return most, min(missing(choice, x) for x in allowed if sum(x) >= enough)


def missing(choice: Choice, counted: tuple[int, ...]) -> int:
    got = [sum(min(g, x) for g, x in zip(d.gives, counted, strict=True)) for d in choice.demands]
    return sum(max(0, d.asked - have) for d, have in zip(choice.demands, got, strict=True))


def lacking(choice: Choice, found: Assignment) -> int:
    return sum(max(0, d.asked - found.sum_of(d.id)) for d in choice.demands)


@settings(max_examples=300, deadline=None)
@given(choices())
def test_no_other_assignment_is_better(choice: Choice) -> None:
    most, fewest = by_trying(choice)
    found = assign(choice)
    assert abs(found.most - most) <= 2
    assert abs(lacking(choice, found) - fewest) <= 4


@settings(max_examples=150, deadline=None)
@given(choices())
def test_the_program_and_the_shortcuts_agree(choice: Choice) -> None:
    solved = assign_module._Program(choice).solve()
    found = assign(choice)
    assert abs(found.most - solved.most) <= 2
    assert abs(lacking(choice, found) - lacking(choice, solved)) <= 4


@settings(max_examples=150, deadline=None)
@given(choices())
def test_what_is_counted_keeps_every_limit(choice: Choice) -> None:
    found = assign(choice)
    assert all(0 <= x <= u for x, u in zip(found.counted, choice.units, strict=True))
    for ceiling in choice.ceilings:
        assert sum(x for x, held in zip(found.counted, ceiling.holds, strict=True) if held) <= ceiling.units + 2


def test_hours_that_serve_two_topics_are_counted_before_those_that_serve_one() -> None:
    both, one = 2 * HOUR, 2 * HOUR
    choice = Choice(
        (one, both),
        (Demand("ethics", 2 * HOUR, (0, both)), Demand("culture", 2 * HOUR, (one, both))),
        (Ceiling("self_study", 2 * HOUR, (one, both)),),
        asked_total=2 * HOUR,
    )
    found = assign(choice)
    assert found.counted == [0, both]
    assert (found.sum_of("ethics"), found.sum_of("culture")) == (both, both)


def test_one_hour_does_not_serve_two_topics_that_must_be_apart() -> None:
    demands = (Demand("clinical", HOUR, (HOUR, 0)), Demand("ethics", HOUR, (HOUR, 0)))
    together = Choice((HOUR, HOUR), demands, ())
    apart = Choice((HOUR, HOUR), demands, (), (("clinical", "ethics"),))
    assert lacking(together, assign(together)) == 0
    assert lacking(apart, assign(apart)) == HOUR


def test_a_limit_on_a_topic_cuts_only_the_hours_in_it() -> None:
    choice = Choice((3 * HOUR,), (), (Ceiling("business", HOUR, (2 * HOUR,)),))
    assert assign(choice).most == 2 * HOUR


def test_hours_cut_by_a_limit_serve_only_one_of_two_requirements_that_share_none() -> None:
    demands = (Demand("one", 3 * HOUR, (3 * HOUR,)), Demand("other", HOUR, (3 * HOUR,)))
    choice = Choice((6 * HOUR,), demands, (Ceiling("limit", 3 * HOUR, (6 * HOUR,)),), (("one", "other"),), 3 * HOUR)
    found = assign(choice)
    assert found.sum_of("one") + found.sum_of("other") == found.counted[0] == 3 * HOUR
