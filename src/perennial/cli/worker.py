"""`perennial worker`: the background worker, for reminders, mail and audit packets; `perennial serve` runs one too."""

import logging
import os
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from mmap import mmap
from threading import Event

import click
from django.db import DatabaseError, close_old_connections
from django.utils import timezone

from perennial.apps.courses.tasks import ask_after_courses
from perennial.apps.evidence.tasks import follow_works, make_digests
from perennial.apps.jobs.running import give_back, run_due
from perennial.apps.notices import workers
from perennial.apps.notices.delivery import deliver
from perennial.apps.notices.queries import mail_waits
from perennial.apps.plans.tasks import work_out_plans
from perennial.apps.resources.tasks import look_over
from perennial.apps.standing.tasks import make_packets, remind
from perennial.apps.works.tasks import fetch_news, settle_united
from perennial.cli.unusable import Unusable
from perennial.core.values import Problem

POLL_SECONDS = 3.0
PULSE_SECONDS = 30.0  # between two signs of life; workers.SILENT_FOR is ten times as long
GLANCE_SECONDS = 1.0  # between two looks whether the server that this worker belongs to is still there
REST_SECONDS = 30.0  # after the database could not be reached
AGAIN_SECONDS = 3600.0  # after the day's reminders could not be given

_errands = memoryview(mmap(-1, 8)).cast("q")  # seen by all workers that one server forks: the day of the last errands, 0 before the first

log = logging.getLogger("perennial.worker")
Clock = Callable[[], datetime]


@click.command()
@click.option("--once", is_flag=True, help="Do what is due now, then end.")
def worker(once: bool) -> int:  # noqa: FBT001  click passes it by name
    """Give reminders and digests, send mail, do what was enqueued, index works, make packets and long plans, until it is stopped (Ctrl+C).

    Several may run on PostgreSQL.
    """
    stop = Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    if once:
        stop_after_one(stop)
    else:
        work(stop)
    return 0


def stop_after_one(stop: Event) -> None:
    """One round of everything; a database that is not ready ends it with one line."""
    try:
        me = workers.begin(at=timezone.now())
    except DatabaseError as error:
        raise Unusable(Problem("database", " ".join(str(error).split()), "Run: perennial manage migrate")) from error
    try:
        Round(me, stop).once()
    finally:
        workers.end(me, at=timezone.now())


def work(stop: Event, parent: int | None = None) -> None:
    """Do what is due every few seconds until `stop` is set, or the process `parent` is no longer this one's parent.

    Where a server is the parent, this also ends after the day's errands: the server forks another, which has not the memory that they took.
    """
    me, round_, before = None, None, _reminded_on() if parent is not None else None
    while not stop.is_set():
        try:
            close_old_connections()
            me = me or workers.begin(at=timezone.now())
            round_ = round_ or Round(me, stop, before)
            round_.once()
            if parent is not None and round_.reminded_on != before:
                _errands[0] = round_.reminded_on.toordinal() if round_.reminded_on else 0
                break
            rest = POLL_SECONDS
        except DatabaseError:
            log.exception("The database did not answer; the worker tries again")
            rest = REST_SECONDS
        until = time.monotonic() + rest
        while not stop.is_set() and time.monotonic() < until:
            stop.wait(GLANCE_SECONDS)
            if parent is not None and os.getppid() != parent:
                stop.set()
    if me is not None:
        workers.end(me, at=timezone.now())


def _reminded_on() -> date | None:
    """The day whose errands a worker of this server did last."""
    return date.fromordinal(_errands[0]) if _errands[0] else None


@dataclass
class Round:
    """What one worker does, over and over."""

    me: workers.Worker
    stop: Event
    reminded_on: date | None = None
    remind_at: float = field(default=float("-inf"))
    follow_at: float = field(default=float("-inf"))
    pulse_at: float = field(default=float("-inf"))

    def once(self) -> None:
        """Say that it lives, look after dead workers, give the day's reminders once, send what is due, make what waits."""
        self.pulse()
        if self.reminded_on != timezone.localdate() and time.monotonic() >= self.remind_at:
            self.remind()
        if mail_waits(at=timezone.now()):
            deliver(worker=self.me.pk, clock=timezone.now, ended=lambda: not self.carry_on())
        run_due(worker=self.me.pk, clock=timezone.now, carry_on=self.carry_on)  # every area's `@task`s, as they were enqueued
        make_packets(self.carry_on)
        work_out_plans(self.carry_on)
        if time.monotonic() >= self.follow_at:
            self.follow()

    def follow(self) -> None:
        """Follow works and notices; a fault in it, such as a full disk, holds back nothing else, and is tried again after a while."""
        try:
            follow_works(self.carry_on)
        except DatabaseError:
            raise
        except Exception:
            log.exception("Works could not be followed; the worker tries again in a while")
            self.follow_at = time.monotonic() + REST_SECONDS * 10

    def remind(self) -> None:
        """Give the day's reminders; a fault in them holds back no mail, and is tried again within the hour."""
        day = timezone.localdate()
        try:
            remind(self.carry_on)
            ask_after_courses(self.carry_on)
            look_over()
            settle_united()
            fetch_news()
            make_digests(self.carry_on)
            self.reminded_on = day
        except DatabaseError:
            raise
        except Exception:
            log.exception("The reminders of %s could not be given; the worker tries again in an hour", day)
            self.remind_at = time.monotonic() + AGAIN_SECONDS

    def carry_on(self) -> bool:
        """Say that it lives, where it is time to; false once it is to end."""
        self.pulse()
        return not self.stop.is_set()

    def pulse(self) -> None:
        """Twice a minute: a sign of life, and a look for workers that gave none."""
        now = time.monotonic()
        if now - self.pulse_at < PULSE_SECONDS:
            return
        self.pulse_at = now
        workers.live(self.me, at=timezone.now())
        doubted = workers.bury(me=self.me, at=timezone.now())
        give_back(at=timezone.now())
        if doubted:
            log.warning("%d mail in doubt: a worker died while handing it over; it is sent again under the same Message-ID", doubted)
