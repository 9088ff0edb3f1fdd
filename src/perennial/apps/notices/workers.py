"""The signs of life of background workers, and what is done about one that died."""

import os
import socket
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db import transaction

from perennial.apps.notices.delivery import release
from perennial.apps.notices.models import Mail, MailState, Worker

__all__ = ["SILENT_FOR", "Worker", "begin", "bury", "end", "live", "lives", "living"]

SILENT_FOR = timedelta(minutes=5)  # a worker says more often than this that it lives; longer, and it is dead
KEPT_FOR = timedelta(days=7)


def begin(*, at: datetime) -> Worker:
    """Enter this process as a worker."""
    return Worker.objects.create(host=socket.gethostname(), process=os.getpid(), started_at=at, seen_at=at)


def live(worker: Worker, *, at: datetime) -> None:
    """Say that this worker lives."""
    Worker.objects.filter(pk=worker.pk).update(seen_at=at)


def end(worker: Worker, *, at: datetime) -> None:
    """Take leave."""
    Worker.objects.filter(pk=worker.pk).update(seen_at=at, ended_at=at)


@transaction.atomic
def bury(*, me: Worker, at: datetime) -> int:
    """Find workers that died without leave and give back what they held; forget those of long ago. Gives mails in doubt.

    Called between two mails, so that what `me` still holds is held in error: the database was gone when it was to be marked.
    """
    others = Worker.objects.filter(ended_at__isnull=True).exclude(pk=me.pk)
    dead = [worker.pk for worker in others if (worker.host, worker.process) == (me.host, me.process) or not lives(worker, at=at)]
    doubted = release(workers=[*dead, me.pk], at=at)
    Worker.objects.filter(pk__in=dead).update(ended_at=at)
    Mail.objects.filter(state=MailState.SENDING, worker__isnull=True).update(state=MailState.WAITING, next_attempt_at=at)
    Worker.objects.filter(ended_at__lt=at - KEPT_FOR).delete()
    return doubted


def lives(worker: Worker, *, at: datetime) -> bool:
    """Whether a worker still works: on this machine its process is looked for, elsewhere its last sign counts."""
    if worker.ended_at is not None or at - worker.seen_at > SILENT_FOR:
        return False
    return worker.host != socket.gethostname() or _runs(worker.process)


def living(*, at: datetime) -> Iterator[Worker]:
    """The workers that live."""
    return (worker for worker in Worker.objects.filter(ended_at__isnull=True) if lives(worker, at=at))


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
