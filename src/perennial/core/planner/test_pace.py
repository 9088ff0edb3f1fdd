"""A search that is stopped: what it gives stands, what it proves holds, and it never calls itself the best without proof."""

from collections.abc import Callable
from decimal import Decimal
from itertools import count

import pytest

from perennial.core.planner import search
from perennial.core.planner.builders import TODAY, Question, make_offer, random_question
from perennial.core.planner.facts import Plan, Wishes
from perennial.core.planner.pace import Pace, Progress, pace_of
from perennial.core.planner.planning import plan
from perennial.core.planner.test_planning import asking, owed
from perennial.core.rules.builders import figure, make_rule


def looks(number: int) -> Callable[[], float]:
    """A clock that has a second left for so many looks."""
    seen = count()
    return lambda: 1.0 if next(seen) < number else 0.0


def stopped(question: Question, number: int, told: Callable[[Progress], None] | None = None) -> Plan:
    return plan(question.licenses, question.offers, question.wishes, question.today, pace=Pace(looks(number), told))


@pytest.mark.parametrize("number", [0, 1, 2, 3, 5, 8, 13, 40])
def test_a_stopped_search_claims_no_more_than_is_proved(number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "FEW", 2)
    for seed in range(60):
        question = random_question(seed)
        whole = plan(question.licenses, question.offers, question.wishes, question.today)
        found = stopped(question, number)
        if found.infeasible:
            assert whole.infeasible, seed
        elif whole.infeasible:
            assert not found.found, seed
        elif found.found:
            assert found.bound <= whole.value <= found.value, seed
            assert not found.optimal or (found.value, found.bound) == (whole.value, whole.bound), seed
            assert [v.answer.compliant for v in found.verdicts] == [v.answer.compliant for v in whole.verdicts], seed
        else:
            assert found.stopped, seed
            assert not found.optimal, seed
            assert found.bound <= whole.value, seed


def test_time_that_suffices_changes_nothing() -> None:
    for seed in range(20):
        question = random_question(seed)
        whole = plan(question.licenses, question.offers, question.wishes, question.today)
        found = stopped(question, 10**9)
        assert (found, found.alternatives, found.alone) == (whole, whole.alternatives, whole.alone)


def test_with_no_time_at_all_nothing_is_said_of_whether_there_is_a_plan() -> None:
    rule = make_rule(requirements=asking(20, ethics={"at_least": [figure(5)]}))
    offers = [make_offer(f"o{n}", 1 + n % 5, topics={"ethics": 1 + n % 2}, price_cents=700 + 311 * n) for n in range(40)]
    found = plan([owed(rule)], offers, Wishes(), TODAY, pace=Pace(lambda: 0.0))
    assert (found.found, found.stopped, found.optimal, found.infeasible, found.gap_percent) == (False, True, False, (), None)


def test_progress_ends_where_the_plan_is() -> None:
    heard: list[Progress] = []
    question = random_question(4)
    found = stopped(question, 10**9, heard.append)
    assert found.chosen
    assert (heard[-1].best, heard[-1].bound <= found.bound) == (found.value, True)
    bounds = [one.bound for one in heard]
    assert bounds == sorted(bounds)
    hours = plan(
        [owed(make_rule(requirements=asking(6)))],
        [make_offer("a", 6.5)],
        Wishes(minimize="hours"),
        TODAY,
        pace=Pace(looks(10**9), heard.append),
    )
    assert heard[-1].best == hours.value == Decimal("6.5")


def test_the_gap_is_told_upward() -> None:
    found = plan([owed(make_rule(requirements=asking(3)))], [make_offer("a", 3, price_cents=3000)], Wishes(), TODAY)
    assert found.gap_percent == 0


def test_a_pace_counts_by_the_clock_it_is_given() -> None:
    times = iter([10.0, 11.5, 14.0])
    pace = pace_of(3, lambda: next(times))
    assert (pace.left(), pace.over) == (1.5, True)


def test_a_fault_of_the_clock_comes_out_of_the_search_whenever_it_happens() -> None:
    offers = [make_offer(f"o{n}", 1 + n % 5, topics={"ethics": 1 + n % 2}, price_cents=700 + 311 * n % 1009) for n in range(60)]
    licenses = [owed(make_rule(requirements=asking(30, ethics={"at_least": [figure(5)]})))]
    asked = count()

    def search_with(last: int) -> Plan:
        def left() -> float:
            if next(asked) == last:
                raise ZeroDivisionError
            return 60.0

        return plan(licenses, offers, Wishes(), TODAY, compare=False, pace=Pace(left))

    assert search_with(-1).optimal
    calls = next(asked)
    assert calls > 3
    for last in range(min(calls, 30)):
        asked = count()
        with pytest.raises(ZeroDivisionError):
            search_with(last)
