"""The tasks interface on our table: `enqueue` writes a row, in the transaction that it is called in."""

from typing import Any
from uuid import uuid4

from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks.backends.base import BaseTaskBackend
from django_tasks.base import Task, TaskError, TaskResult, TaskResultStatus
from django_tasks.exceptions import TaskResultDoesNotExist
from django_tasks.utils import normalize_json

from perennial.apps.jobs.models import Job


class Jobs(BaseTaskBackend):
    """Keeps calls of tasks in the database until a worker has done them (`running.py`)."""

    supports_defer = True
    supports_get_result = True
    supports_priority = True

    def enqueue(self, task: Task[Any, Any], args: Any, kwargs: Any) -> TaskResult[Any]:
        """Keep the call. Raises TypeError where an argument is not what JSON can hold."""
        self.validate_task(task)
        at = timezone.now()  # noqa: TID251  the interface gives no moment
        job = Job.objects.create(
            key=uuid4().hex,
            task=task.module_path,
            queue=task.queue_name,
            args=normalize_json(list(args)),
            kwargs=normalize_json(dict(kwargs)),
            priority=task.priority,
            enqueued_at=at,
            due_at=task.run_after or at,
        )
        return result_of(job, self.alias)

    def get_result(self, result_id: str) -> TaskResult[Any]:
        """The call as it stands now. Raises TaskResultDoesNotExist for one that is not known, or was forgotten."""
        job = Job.objects.filter(key=result_id).first()
        if job is None:
            raise TaskResultDoesNotExist(result_id)
        return result_of(job, self.alias)


def result_of(job: Job, backend: str = "default") -> TaskResult[Any]:
    """The job as the interface shows it."""
    task: Task[Any, Any] = import_string(job.task)
    result: TaskResult[Any] = TaskResult(
        task=task,
        id=job.key,
        status=TaskResultStatus(job.state),
        enqueued_at=job.enqueued_at,
        started_at=job.started_at,
        last_attempted_at=job.tried_at,
        finished_at=job.finished_at,
        args=job.args,
        kwargs=job.kwargs,
        backend=backend,
        errors=[TaskError(**fault) for fault in job.faults],
        worker_ids=job.workers,
    )
    object.__setattr__(result, "_return_value", job.result)  # the interface's own way: the value is no argument of it
    return result
