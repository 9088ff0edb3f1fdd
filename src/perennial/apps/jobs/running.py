"""Takes jobs that are due, one at a time, and does them."""

import logging
import time
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import DatabaseError, transaction
from django.db.models import Q, QuerySet
from django_tasks.base import TaskContext, TaskResultStatus
from django_tasks.utils import get_exception_traceback, get_module_path, normalize_json

from perennial.apps.jobs.backend import result_of
from perennial.apps.jobs.models import Job

log = logging.getLogger(__name__)

MOST_ATTEMPTS = 5
FIRST_DELAY = timedelta(seconds=30)
KEPT_FOR = timedelta(days=7)  # of what is done well; what failed stays until someone looks
LONGEST_FAULT = 4000
STRETCH_SECONDS = 10.0  # after so long the worker looks after mail and reminders again

Clock = Callable[[], datetime]


def run_due(*, worker: int, clock: Clock, carry_on: Callable[[], bool] = lambda: True, seconds: float = STRETCH_SECONDS) -> int:
    """Do what is due, the most urgent first, for about `seconds`; gives how many were tried. One read where nothing is."""
    until, tried = time.monotonic() + seconds, 0
    while carry_on() and time.monotonic() < until and _due(clock()).exists():
        job = take(worker=worker, at=clock())
        if job is None:
            break
        run(job, clock=clock)
        tried += 1
    return tried


@transaction.atomic
def take(*, worker: int, at: datetime) -> Job | None:
    """The job that is due first, now this worker's; no two workers take the same."""
    job = _due(at).select_for_update(skip_locked=True, of=("self",)).first()
    if job is None:
        return None
    job.state, job.worker_id, job.tried_at = TaskResultStatus.RUNNING, worker, at
    job.started_at = job.started_at or at
    job.workers = [*job.workers, str(worker)]
    job.save(update_fields=["state", "worker_id", "tried_at", "started_at", "workers"])
    return job


def run(job: Job, *, clock: Clock) -> None:
    """Do a job and keep how it went; what breaks is tried again later, up to five times in all."""
    try:
        result = result_of(job)
        first = (TaskContext(task_result=result),) if result.task.takes_context else ()
        value = normalize_json(result.task.func(*first, *job.args, **job.kwargs))
    except DatabaseError as error:
        _failed(job, error, clock())  # where the database is gone this raises too, and the worker gives the job back
    except Exception as error:
        log.exception("The job %s (%s) failed", job.key, job.task)
        _failed(job, error, clock())
    else:
        _held(job).update(state=TaskResultStatus.SUCCESSFUL, finished_at=clock(), result=value, worker=None)


def give_back(*, at: datetime) -> int:
    """Have the jobs of workers that died wait again, and forget what was done long ago. Gives how many wait again."""
    given = 0
    for job in Job.objects.filter(state=TaskResultStatus.RUNNING).filter(Q(worker=None) | Q(worker__ended_at__isnull=False)):
        _failed(job, RuntimeError("the worker died"), at)
        given += 1
    Job.objects.filter(state=TaskResultStatus.SUCCESSFUL, finished_at__lt=at - KEPT_FOR).delete()
    return given


def _failed(job: Job, error: Exception, at: datetime) -> None:
    """Keep the fault; the job waits again, longer each time, or is failed for good."""
    fault = {"exception_class_path": get_module_path(type(error)), "traceback": get_exception_traceback(error)[-LONGEST_FAULT:]}
    faults = [*job.faults, fault]
    if len(job.workers) >= MOST_ATTEMPTS:
        _held(job).update(state=TaskResultStatus.FAILED, finished_at=at, faults=faults, worker=None)
    else:
        later = at + FIRST_DELAY * 4 ** (len(job.workers) - 1)
        _held(job).update(state=TaskResultStatus.READY, due_at=later, faults=faults, worker=None)


def _held(job: Job) -> QuerySet[Job]:
    """The job as long as it is still the one that was taken then."""
    return Job.objects.filter(pk=job.pk, state=TaskResultStatus.RUNNING, tried_at=job.tried_at)


def _due(at: datetime) -> QuerySet[Job]:
    return Job.objects.filter(state=TaskResultStatus.READY, due_at__lte=at)
