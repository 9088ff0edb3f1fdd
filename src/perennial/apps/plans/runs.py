"""Plans that take longer than a page may: tried at once, else worked out by the background worker, with the best so far to show.

A run is bound to everything that its plan depends on (`key_of`); where anything of it changes, a new one is made.
"""

import hashlib
import json
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from math import ceil

from django.db import DatabaseError, IntegrityError, transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from perennial.apps.accounts.queries import Person
from perennial.apps.notices.workers import living
from perennial.apps.plans.facts import as_plain
from perennial.apps.plans.keeping import basis_of
from perennial.apps.plans.making import Case, case_for, made, made_again
from perennial.apps.plans.models import PlanRun, RunState
from perennial.apps.plans.outcome import Outcome, outcome_of
from perennial.apps.plans.wishes import wishes_of
from perennial.core.planner import Pace, Progress, pace_of

log = logging.getLogger(__name__)

AT_ONCE_SECONDS = 2.0  # so long a page may search before the rest is left to the worker
FIRST_SECONDS, LONGER_SECONDS = 60, 180
HERE_SECONDS = 15.0  # where no worker lives, a request that looks after a run searches so long
LOOK_SECONDS = 0.5  # between two looks whether to stop, and two notes of how far it is
SPARE = timedelta(minutes=2)  # a worker that is so much later than its time is dead
KEPT_FOR = timedelta(days=2)
MOST_ATTEMPTS = 2
OPEN = (RunState.WAITING, RunState.WORKING)
CarryOn = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Answer:
    """A plan that can be shown: the plan, the one with nothing left out to compare with, and the run it came from, if any."""

    outcome: Outcome
    before: Outcome | None
    run: PlanRun | None = None


def key_of(case: Case) -> str:
    """A mark of everything that a plan depends on: licenses, rules, credits, choices, wishes, today."""
    told = {
        "day": case.today.isoformat(),
        "basis": basis_of(case.standings),
        "assumed": case.assumed,
        "unpriced": case.unpriced,
        "skipped": [one.license for one in case.skipped],
        "choices": [[key, as_plain(choice.facts)] for key, choice in sorted(case.choices.items())],
        "wishes": case.wishes.as_row(),
    }
    return hashlib.sha256(json.dumps(told, sort_keys=True, default=str).encode()).hexdigest()


def answered(person: Person, case: Case, *, at: datetime) -> Answer | PlanRun:
    """The plan of a case where it is known or found within a moment; else the run that works it out."""
    key = key_of(case)
    known = PlanRun.objects.filter(owner=person, key=key).first()
    if known is not None:
        return known if known.state in OPEN else answer_of(known)
    pace = pace_of(AT_ONCE_SECONDS, time.monotonic)
    outcome = made(case, pace=pace)
    before = made_again(case, pace=pace)
    if not outcome.stopped and not (before and before.stopped):
        return Answer(outcome, before)
    return ask_run(person=person, case=case, outcome=outcome, seconds=FIRST_SECONDS, at=at)


def answer_of(run: PlanRun) -> Answer:
    """What came of a run that has ended."""
    return Answer(outcome_of(run.result), outcome_of(run.before) if run.before else None, run)


def ask_run(*, person: Person, case: Case, outcome: Outcome, seconds: int, at: datetime) -> PlanRun:
    """Have a plan worked out; `outcome` is the best so far. What else this person waits for is let go of, or stopped.

    One that is on its way for the same case already is that run.
    """
    key = key_of(case)
    mine = PlanRun.objects.filter(owner=person)
    mine.filter(state=RunState.WAITING).exclude(key=key).delete()
    _stop(mine.filter(state=RunState.WORKING).exclude(key=key), at)
    PlanRun.objects.filter(asked_at__lt=at - KEPT_FOR).exclude(state__in=OPEN).delete()
    try:
        with transaction.atomic():
            return _new(person, case, key, outcome, seconds, at)
    except IntegrityError:  # asked for twice at once
        return PlanRun.objects.filter(owner=person, key=key).latest("asked_at", "pk")


def _new(person: Person, case: Case, key: str, outcome: Outcome, seconds: int, at: datetime) -> PlanRun:
    return PlanRun.objects.create(
        owner=person,
        key=key,
        wishes=case.wishes.as_row(),
        seconds=seconds,
        result=outcome.as_row(),
        asked_at=at,
        bound=outcome.bound,
        best=_value(outcome) if outcome.items else "",
    )


def search_longer(*, person: Person, case: Case, at: datetime) -> PlanRun | None:
    """Search once more, and longer, for a plan that was stopped; None where there is nothing to go on with."""
    last = PlanRun.objects.filter(owner=person, key=key_of(case)).first()
    if last is None or last.state in OPEN:
        return last
    return ask_run(person=person, case=case, outcome=outcome_of(last.result), seconds=LONGER_SECONDS, at=at)


def stop_run(*, run: PlanRun, at: datetime) -> None:
    """Stop a run: one that waits ends now with the best so far, one that is worked on at the worker's next look. Safe to repeat."""
    _stop(PlanRun.objects.filter(pk=run.pk), at)


def _stop(runs: QuerySet[PlanRun], at: datetime) -> None:
    runs.filter(state=RunState.WAITING).update(state=RunState.DONE, stop_asked_at=at, ended_at=at)
    runs.filter(state=RunState.WORKING, stop_asked_at=None).update(stop_asked_at=at)


def look_after(run: PlanRun, *, at: datetime) -> PlanRun:
    """The run as it stands now; where no background worker lives to take it, it is worked out here for a few seconds."""
    if run.state == RunState.WAITING and not any(living(at=at)):
        work_on(run.pk, at=at, seconds=HERE_SECONDS)
    run.refresh_from_db()
    return run


def work_waiting(*, at: datetime, carry_on: CarryOn = lambda: True) -> int:
    """What the worker does every few seconds: the plan that has waited longest is worked out; one whose worker died waits again.

    One read where there is nothing to do. Gives how many were worked on.
    """
    for run in PlanRun.objects.filter(state__in=OPEN).order_by("asked_at", "pk"):
        if run.state == RunState.WORKING:
            _again(run, at)
        elif carry_on() and work_on(run.pk, at=at, seconds=run.seconds, carry_on=carry_on):
            return 1
    return 0


def work_on(pk: int, *, at: datetime, seconds: float, carry_on: CarryOn = lambda: True) -> bool:
    """Work out a plan that waits, unless someone else took it; gives whether it was taken. The best so far stays whatever happens."""
    waiting = PlanRun.objects.filter(pk=pk, state=RunState.WAITING)
    if not waiting.update(state=RunState.WORKING, started_at=at, attempts=F("attempts") + 1):
        return False
    run = PlanRun.objects.select_related("owner").get(pk=pk)
    try:
        _work(run, _Ear(run, seconds, carry_on))
    except DatabaseError:
        raise
    except Exception:
        log.exception("The plan %s could not be worked out", pk)
        _held(run).update(state=RunState.FAILED, ended_at=at)
    return True


def _work(run: PlanRun, ear: "_Ear") -> None:
    case = case_for(run.owner, wishes_of(run.wishes), day=timezone.localdate(run.asked_at))
    pace = Pace(ear.left, ear.told)
    outcome = made(case, pace=pace)
    before = made_again(case, pace=replace(pace, told=None))
    if not ear.carry_on() and outcome.stopped:
        _held(run).update(state=RunState.WAITING, attempts=F("attempts") - 1)
        return
    best = better(outcome_of(run.result), outcome)
    _held(run).update(
        state=RunState.DONE,
        result=best.as_row(),
        before=before.as_row() if before and not before.stopped else None,
        best=_value(best) if best.items else "",
        bound=best.bound,
        ended_at=run.started_at + timedelta(seconds=ear.spent) if run.started_at else None,
    )


def _held(run: PlanRun) -> QuerySet[PlanRun]:
    """The run as long as it is still the one that was taken then; nothing once another worker has it, or it has ended."""
    return PlanRun.objects.filter(pk=run.pk, state=RunState.WORKING, started_at=run.started_at)


def better(before: Outcome, after: Outcome) -> Outcome:
    """Of two answers to one question the better: with the higher bound of the two, and the plan that spares more."""
    if not after.stopped or before.state == "unfinished":
        return after
    if not before.stopped:
        return before
    bound = max(Decimal(before.bound), Decimal(after.bound))
    ahead = after.state == "unfinished" or (before.items and Decimal(_value(before)) < Decimal(_value(after)))
    best = before if ahead else after
    value = Decimal(_value(best))
    if not best.items or bound >= value:
        return best
    gap = ceil(1000 * (value - bound) / value) / 10
    return replace(best, bound=f"{bound.normalize():f}", gap=f"{gap:g}")


def _again(run: PlanRun, at: datetime) -> None:
    """Have a run wait again whose worker died; one that kills its worker time after time is given up."""
    if run.started_at is not None and at - run.started_at < timedelta(seconds=run.seconds) + SPARE:
        return
    state = RunState.FAILED if run.attempts >= MOST_ATTEMPTS else RunState.WAITING
    _held(run).update(state=state, ended_at=at if state == RunState.FAILED else None)


def _value(outcome: Outcome) -> str:
    """What is spared, in its own unit."""
    if outcome.minimize == "hours":
        return f"{(Decimal(outcome.minutes) / 60).normalize():f}"
    return str(outcome.cost_cents if outcome.minimize == "cost" else outcome.takes)


class _Ear:
    """Hears how a search stands and says how long it may go on; the table is asked twice a second at most."""

    def __init__(self, run: PlanRun, seconds: float, carry_on: CarryOn) -> None:
        self.run, self.carry_on = run, carry_on
        self.began = time.monotonic()
        self.until = self.began + seconds
        self.looked = float("-inf")
        self.noted = float("-inf")
        self.stopped = False

    @property
    def spent(self) -> float:
        """Seconds since it began."""
        return time.monotonic() - self.began

    def left(self) -> float:
        """Seconds left; 0 once its person asked to stop, or the worker is to end."""
        now = time.monotonic()
        if now - self.looked >= LOOK_SECONDS and not self.stopped:
            self.looked = now
            here = _held(self.run).filter(stop_asked_at=None).exists()
            self.stopped = not here or not self.carry_on()
        return 0.0 if self.stopped else self.until - now

    def told(self, progress: Progress) -> None:
        """Note how far it is."""
        now = time.monotonic()
        if now - self.noted < LOOK_SECONDS:
            return
        self.noted = now
        best = min((v for v in (progress.best, Decimal(self.run.best) if self.run.best else None) if v is not None), default=None)
        bound = max(progress.bound, Decimal(self.run.bound or 0))
        _held(self.run).update(best="" if best is None else f"{best.normalize():f}", bound=f"{bound.normalize():f}")
