"""Tests of cases that go on as their reader chooses."""

import pytest

from perennial.core.courses import Case, Choice, Step
from perennial.core.courses.cases import case_faults


def case(**ways: str) -> Case:
    """A case of steps that each lead to the steps named, with spaces between."""
    steps = tuple(Step(name, "Then.", tuple(Choice("Go", goto, "") for goto in goes.split())) for name, goes in ways.items())
    return Case("c", "A case", "01-first.md", "o1", "a", steps)


def test_a_case_that_ends_on_every_way_is_in_order_also_with_a_way_back() -> None:
    assert not list(case_faults(case(a="b c", b="a d", c="d", d=""), "here"))


@pytest.mark.parametrize(
    ("ways", "says"),
    [
        ({"b": ""}, "begins at 'a', which is not there"),
        ({"a": "b", "b": "x"}, "step 'b' leads to 'x', which is not there"),
        ({"a": "", "b": "a"}, "no choice leads to step 'b'"),
        ({"a": "b c", "b": "c", "c": "b", "d": ""}, "from step 'b' no way leads to an end"),
    ],
)
def test_a_case_that_leads_nowhere_is_told(ways: dict[str, str], says: str) -> None:
    assert any(says in problem.what for problem in case_faults(case(**ways), "here"))
