"""How a reader goes through a branching case: every choice kept, a way back from each."""

from datetime import datetime

from django.db import transaction

from perennial.apps.courses.models import CaseRun, Enrolment
from perennial.core import courses as core
from perennial.core.values import Refusal


def run_of(enrolment: Enrolment, case: core.Case) -> tuple[core.Walk, frozenset[str]]:
    """Where the reader stands in the case, and every step seen on any way; one query."""
    run = CaseRun.objects.filter(enrolment=enrolment, case_id=case.id).first()
    walk = core.walk(case, run.way if run else ())
    return walk, walk.seen | frozenset(run.seen if run else ()) & case.step_of.keys()


@transaction.atomic
def go_on(*, enrolment: Enrolment, case: core.Case, after: int, choice: int, at: datetime) -> None:
    """Make a choice after so many others. Sent twice, or from a page that another tab has left behind, it changes nothing."""
    run, walk = _run(enrolment, case, at)
    if after != len(walk.way):
        return
    taken = core.walk(case, (*walk.way, choice))
    if taken.way == walk.way:
        raise Refusal("There is no such choice here, or the way has become too long. Begin the case again.")
    _keep(run, taken, at)


@transaction.atomic
def go_back(*, enrolment: Enrolment, case: core.Case, to: int, at: datetime) -> None:
    """Go back to where one stood after so many choices; what was seen stays."""
    run, walk = _run(enrolment, case, at)
    _keep(run, core.walk(case, walk.way[: max(to, 0)]), at)


def _run(enrolment: Enrolment, case: core.Case, at: datetime) -> tuple[CaseRun, core.Walk]:
    CaseRun.objects.bulk_create([CaseRun(enrolment=enrolment, case_id=case.id, changed_at=at)], ignore_conflicts=True)
    run = CaseRun.objects.select_for_update().get(enrolment=enrolment, case_id=case.id)
    return run, core.walk(case, run.way)


def _keep(run: CaseRun, walk: core.Walk, at: datetime) -> None:
    run.seen = sorted({*run.seen, *core.walk(walk.case, run.way).seen, *walk.seen})
    run.way, run.changed_at = list(walk.way), at
    run.save(update_fields=["way", "seen", "changed_at"])
