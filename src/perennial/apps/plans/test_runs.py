"""Plans that take longer: the best so far from the beginning, once for everything that they depend on, whatever becomes of the worker."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from perennial.apps.accounts.queries import Person
from perennial.apps.licenses.builders import make_license
from perennial.apps.notices import workers
from perennial.apps.plans import runs
from perennial.apps.plans.builders import AT, make_candidate, make_outcome, make_run
from perennial.apps.plans.making import Case, case_for, made
from perennial.apps.plans.models import PlanRun, RunState
from perennial.apps.plans.outcome import Outcome, outcome_of
from perennial.apps.plans.runs import Answer, answered, better, key_of, look_after, search_longer, stop_run, work_on, work_waiting
from perennial.apps.plans.tasks import work_out_plans
from perennial.apps.plans.test_making import candidate, nearly_done
from perennial.apps.plans.wishes import Wishes
from perennial.core.planner import Pace

pytestmark = pytest.mark.django_db
DAY = AT.date()


def planning() -> tuple[Person, Case]:
    """Somebody with two courses to choose from."""
    person = nearly_done()
    candidate(person, "Dear", 9_000)
    candidate(person, "Cheap", 5_000)
    return person, case_for(person, Wishes(), day=DAY)


def waiting(monkeypatch: pytest.MonkeyPatch) -> tuple[Person, Case, PlanRun]:
    """The same where a moment is not enough."""
    person, case = planning()
    monkeypatch.setattr(runs, "AT_ONCE_SECONDS", 0.0)
    found = answered(person, case, at=AT)
    assert isinstance(found, PlanRun)
    return person, case, found


def ended(found: PlanRun) -> Outcome:
    found.refresh_from_db()
    assert found.state == RunState.DONE
    return outcome_of(found.result)


def test_a_small_plan_is_there_at_once_and_leaves_no_run() -> None:
    person, case = planning()
    found = answered(person, case, at=AT)
    assert isinstance(found, Answer)
    assert (found.outcome, found.before, PlanRun.objects.count()) == (made(case), None, 0)


def test_a_longer_one_waits_once_and_the_worker_brings_the_same_plan(monkeypatch: pytest.MonkeyPatch) -> None:
    person, case, run = waiting(monkeypatch)
    assert answered(person, case, at=AT) == run
    assert outcome_of(run.result).stopped
    assert work_waiting(at=AT) == 1
    found = answered(person, case, at=AT)
    assert isinstance(found, Answer)
    assert found.outcome == made(case)
    assert work_waiting(at=AT) == 0


def test_a_run_holds_only_for_what_it_depends_on(monkeypatch: pytest.MonkeyPatch) -> None:
    person, case, _ = waiting(monkeypatch)
    same = case_for(person, Wishes(), day=DAY)
    assert key_of(same) == key_of(case)
    assert key_of(case_for(person, Wishes(budget_cents=5), day=DAY)) != key_of(case)
    assert key_of(case_for(person, Wishes(), day=DAY + timedelta(days=1))) != key_of(case)
    assert key_of(replace(case, assumed=("Do you supervise?",))) != key_of(case)
    make_candidate(person=person, title="New")
    assert key_of(case_for(person, Wishes(), day=DAY)) != key_of(case)
    make_license(person=person, jurisdiction="TX", number="9")
    assert len({key_of(case_for(person, Wishes(), day=DAY)), key_of(case)}) == 2


def test_asking_for_another_plan_stops_the_first(monkeypatch: pytest.MonkeyPatch) -> None:
    person, _, first = waiting(monkeypatch)
    second = answered(person, case_for(person, Wishes(minimize="hours"), day=DAY), at=AT)
    assert isinstance(second, PlanRun)
    assert list(PlanRun.objects.all()) == [second] != [first]
    PlanRun.objects.update(state=RunState.WORKING, started_at=AT)
    answered(person, case_for(person, Wishes(minimize="time"), day=DAY), at=AT)
    second.refresh_from_db()
    assert (second.state, second.stop_asked_at) == (RunState.WORKING, AT)


def test_a_run_that_waits_and_is_stopped_ends_with_the_best_so_far(monkeypatch: pytest.MonkeyPatch) -> None:
    person, case, run = waiting(monkeypatch)
    stop_run(run=run, at=AT)
    stop_run(run=run, at=AT)
    found = answered(person, case, at=AT)
    assert isinstance(found, Answer)
    assert found.outcome == ended(run)
    assert found.outcome.stopped
    assert not work_on(run.pk, at=AT, seconds=60)


def test_a_stopped_plan_can_be_searched_longer(monkeypatch: pytest.MonkeyPatch) -> None:
    person, case, run = waiting(monkeypatch)
    stop_run(run=run, at=AT)
    again = search_longer(person=person, case=case, at=AT + timedelta(seconds=5))
    assert again is not None
    assert (again.pk == run.pk, again.seconds) == (False, runs.LONGER_SECONDS)
    assert search_longer(person=person, case=case, at=AT) == again
    work_waiting(at=AT)
    assert ended(again).optimal


def test_a_stop_is_heard_while_the_search_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    _, _, run = waiting(monkeypatch)
    PlanRun.objects.filter(pk=run.pk).update(stop_asked_at=AT)
    work_on(run.pk, at=AT, seconds=60)
    assert ended(run).stopped


def test_a_worker_that_is_to_end_leaves_the_run_for_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    _, _, run = waiting(monkeypatch)
    assert work_on(run.pk, at=AT, seconds=60, carry_on=lambda: False)
    run.refresh_from_db()
    assert (run.state, run.attempts) == (RunState.WAITING, 0)


def test_a_run_whose_worker_died_waits_again_and_is_given_up_after_the_second_time(monkeypatch: pytest.MonkeyPatch) -> None:
    person, case, run = waiting(monkeypatch)
    later = AT + timedelta(seconds=run.seconds) + runs.SPARE
    for state in (RunState.WAITING, RunState.FAILED):
        PlanRun.objects.filter(pk=run.pk, state=RunState.WAITING).update(state=RunState.WORKING, started_at=AT, attempts=run.attempts + 1)
        work_waiting(at=AT + timedelta(seconds=run.seconds))
        run.refresh_from_db()
        assert run.state == RunState.WORKING
        work_waiting(at=later)
        run.refresh_from_db()
        assert run.state == state
    found = answered(person, case, at=AT)
    assert isinstance(found, Answer)
    assert found.outcome.stopped


def test_a_case_is_worked_out_once_however_often_it_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    person, case, run = waiting(monkeypatch)
    assert runs.ask_run(person=person, case=case, outcome=make_outcome(), seconds=1, at=AT) == run
    PlanRun.objects.filter(pk=run.pk).update(state=RunState.WORKING, started_at=AT)
    assert runs.ask_run(person=person, case=case, outcome=make_outcome(), seconds=1, at=AT) == run
    run.refresh_from_db()
    assert (run.state, run.stop_asked_at, PlanRun.objects.count()) == (RunState.WORKING, None, 1)


@pytest.mark.parametrize("ends", ["well", "with a fault", "stopped"])
def test_a_worker_that_was_taken_for_dead_does_not_write_over_the_next_one(monkeypatch: pytest.MonkeyPatch, ends: str) -> None:
    _, _, run = waiting(monkeypatch)
    later = AT + timedelta(hours=1)

    def slow(case: Case, *, pace: Pace) -> Outcome:
        PlanRun.objects.filter(pk=run.pk).update(started_at=later, attempts=2)
        if ends == "with a fault":
            raise ZeroDivisionError
        return made(case, pace=pace)

    monkeypatch.setattr(runs, "made", slow)
    assert work_on(run.pk, at=AT, seconds=60, carry_on=lambda: ends != "stopped")
    before = run.result
    run.refresh_from_db()
    assert (run.state, run.started_at, run.attempts, run.result) == (RunState.WORKING, later, 2, before)


def test_a_fault_keeps_the_best_so_far(monkeypatch: pytest.MonkeyPatch) -> None:
    _, _, run = waiting(monkeypatch)

    def fail(*_args: object, **_named: object) -> Outcome:
        raise ZeroDivisionError

    monkeypatch.setattr(runs, "made", fail)
    assert work_on(run.pk, at=AT, seconds=60)
    before = run.result
    run.refresh_from_db()
    assert (run.state, run.result) == (RunState.FAILED, before)


def test_where_no_worker_lives_looking_again_works_it_out(monkeypatch: pytest.MonkeyPatch) -> None:
    _, _, run = waiting(monkeypatch)
    me = workers.begin(at=AT)
    assert look_after(run, at=AT).state == RunState.WAITING
    workers.end(me, at=AT)
    assert look_after(run, at=AT).state == RunState.DONE
    assert ended(run).optimal


def test_what_a_plan_without_a_course_would_be_is_kept_to_compare(monkeypatch: pytest.MonkeyPatch) -> None:
    person, case = planning()
    cheap = next(key for key, choice in case.choices.items() if choice.facts.title == "Cheap")
    monkeypatch.setattr(runs, "AT_ONCE_SECONDS", 0.0)
    case = case_for(person, Wishes(without=(cheap,)), day=DAY)
    answered(person, case, at=AT)
    work_waiting(at=AT)
    found = answered(person, case, at=AT)
    assert isinstance(found, Answer)
    assert found.before is not None
    assert (found.before.cost_cents, found.outcome.cost_cents) == (5_000, 9_000)


def test_of_two_stopped_answers_the_better_is_kept_with_the_higher_bound() -> None:
    first = make_outcome(stopped=True, optimal=False, bound="5000", gap="49.5", cost_cents=9900)
    dearer = replace(first, cost_cents=12000, bound="8000", gap="33.4")
    best = better(first, dearer)
    assert (best.cost_cents, best.bound, best.gap) == (9900, "8000", "19.2")
    whole = replace(first, stopped=False, optimal=True, cost_cents=9000, bound="9000")
    assert better(first, whole) == whole
    nothing = replace(first, state="unfinished", items=(), cost_cents=0, bound="6000")
    assert (better(first, nothing).cost_cents, better(first, nothing).bound) == (9900, "6000")
    assert better(nothing, first) == first


def test_old_runs_go(monkeypatch: pytest.MonkeyPatch) -> None:
    run = make_run()
    stop_run(run=run, at=AT)
    case = case_for(run.owner, Wishes(by=date(2027, 1, 1)), day=DAY)
    runs.ask_run(person=run.owner, case=case, outcome=make_outcome(), seconds=1, at=AT + runs.KEPT_FOR + timedelta(seconds=1))
    assert not PlanRun.objects.filter(pk=run.pk).exists()


def test_the_worker_takes_what_waits_as_its_task(monkeypatch: pytest.MonkeyPatch) -> None:
    _, _, run = waiting(monkeypatch)
    assert (work_out_plans(), work_out_plans()) == (1, 0)
    assert ended(run).optimal
