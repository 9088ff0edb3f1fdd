"""Tests of the queue behind the tasks interface."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from django_tasks import task
from django_tasks.base import TaskContext, TaskResultStatus
from django_tasks.exceptions import TaskResultDoesNotExist

from perennial.apps.jobs.models import Job
from perennial.apps.jobs.queries import overview
from perennial.apps.jobs.running import MOST_ATTEMPTS, give_back, run_due, take
from perennial.apps.notices import workers

pytestmark = pytest.mark.django_db
LATER = datetime(2126, 1, 1, 12, tzinfo=UTC)
done: list[object] = []


@task()
def add(first: int, second: int) -> int:
    done.append((first, second))
    return first + second


@task(priority=10)
def urgent() -> None:
    done.append("urgent")


@task(takes_context=True)
def which_attempt(context: TaskContext) -> int:
    return context.attempt


@task()
def break_down() -> None:
    raise ZeroDivisionError


@pytest.fixture(autouse=True)
def _nothing_done() -> None:
    done.clear()


def a_worker() -> int:
    return workers.begin(at=LATER).pk


def test_what_is_enqueued_is_done_once_and_its_result_kept() -> None:
    result = add.enqueue(2, second=3)
    assert result.status == TaskResultStatus.READY
    assert run_due(worker=a_worker(), clock=lambda: LATER) == 1
    assert run_due(worker=a_worker(), clock=lambda: LATER) == 0
    result.refresh()
    assert (result.status, result.return_value, done) == (TaskResultStatus.SUCCESSFUL, 5, [(2, 3)])


def test_urgent_work_goes_first_and_later_work_waits() -> None:
    add.enqueue(1, 1)
    urgent.enqueue()
    add.using(run_after=LATER + timedelta(days=1)).enqueue(9, 9)
    run_due(worker=a_worker(), clock=lambda: LATER)
    assert done == ["urgent", (1, 1)]


def test_what_is_enqueued_in_a_transaction_that_fails_was_never_asked() -> None:
    with transaction.atomic():
        add.enqueue(1, 2)
        transaction.set_rollback(True)
    assert not Job.objects.exists()


def test_what_fails_is_tried_again_later_each_time_and_then_told() -> None:
    result = break_down.enqueue()
    at, waits = LATER, []
    for _ in range(MOST_ATTEMPTS):
        assert run_due(worker=a_worker(), clock=lambda moment=at: moment) == 1  # type: ignore[misc]
        waits.append(Job.objects.get().due_at - at)
        at = max(at, Job.objects.get().due_at)
    assert waits[:4] == [timedelta(seconds=30), timedelta(minutes=2), timedelta(minutes=8), timedelta(minutes=32)]
    result.refresh()
    assert result.status == TaskResultStatus.FAILED
    assert result.attempts == len(result.errors) == MOST_ATTEMPTS
    assert "ZeroDivisionError" in result.errors[0].traceback
    assert (overview(at=at).failed, overview(at=at).failed_tasks) == (1, (break_down.module_path,))


def test_the_job_of_a_worker_that_died_is_done_by_another() -> None:
    result = which_attempt.enqueue()
    lost = workers.begin(at=LATER)
    assert take(worker=lost.pk, at=LATER) is not None
    assert give_back(at=LATER) == 0, "its worker lives"
    workers.end(lost, at=LATER)
    assert give_back(at=LATER) == 1
    run_due(worker=a_worker(), clock=lambda: LATER + timedelta(hours=1))
    result.refresh()
    assert result.return_value == 2


def test_a_worker_that_comes_too_late_changes_nothing() -> None:
    add.enqueue(1, 2)
    slow = workers.begin(at=LATER)
    job = take(worker=slow.pk, at=LATER)
    workers.end(slow, at=LATER)
    give_back(at=LATER)
    assert job is not None
    assert run_due(worker=a_worker(), clock=lambda: LATER + timedelta(hours=1)) == 1
    assert Job.objects.get().state == TaskResultStatus.SUCCESSFUL
    give_back(at=LATER + timedelta(days=30))
    assert not Job.objects.exists(), "what was done well is forgotten after a while"
    with pytest.raises(TaskResultDoesNotExist):
        add.get_result(job.key)


def test_arguments_that_json_cannot_hold_are_refused_at_once() -> None:
    with pytest.raises(TypeError):
        add.enqueue(object(), 1)  # type: ignore[arg-type]
