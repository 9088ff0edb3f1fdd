"""Makes valid outside courses and plans for tests."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from perennial.apps.accounts.builders import make_person
from perennial.apps.accounts.queries import Person
from perennial.apps.licenses.builders import make_license
from perennial.apps.plans.facts import CourseFacts, ToldApproval
from perennial.apps.plans.keeping import basis_for
from perennial.apps.plans.making import case_for
from perennial.apps.plans.models import KeptPlan, OutsideCourse, PlanRun
from perennial.apps.plans.outcome import Item, Judged, Outcome, Served, Swap
from perennial.apps.plans.runs import ask_run
from perennial.apps.plans.services import keep_course, keep_plan
from perennial.apps.plans.wishes import Wishes

AT = datetime(2026, 11, 25, 12, tzinfo=UTC)
FACTS: dict[str, Any] = {
    "title": "Ethics across state lines",
    "provider_name": "Sample Seminars",
    "minutes": 360,
    "format": "live_online",
    "starts_on": date(2027, 2, 20),
    "topics": {"ethics": 120},
    "approvals": (ToldApproval("APA"),),
    "price_cents": 9900,
    "url": "https://example.org/ethics",
}


def make_facts(**changes: Any) -> CourseFacts:
    """Six live hours in February 2027 with two of ethics, approved by APA, for $99."""
    return CourseFacts(**{**FACTS, **changes})


def make_candidate(*, person: Person | None = None, at: datetime = AT, **changes: Any) -> OutsideCourse:
    """Such a course among a person's candidates."""
    return keep_course(person=person or make_person(), facts=make_facts(**changes), at=at)


def make_outcome(**changes: Any) -> Outcome:
    """A plan of one course for one license."""
    item = Item(
        id="own:1",
        kind="own",
        ref="1",
        title=FACTS["title"],
        provider=FACTS["provider_name"],
        url=FACTS["url"],
        starts="2027-02-20",
        on="2027-02-20",
        fixed=True,
        minutes=360,
        takes=360,
        price_cents=9900,
        format="live_online",
        topics=("ethics",),
        course_key="",
        serves=(Served("1", "California LCSW", (("Law and ethics", "2"),), "6"),),
    )
    judged = Judged("1", "California LCSW", True, True, "2027-06-30", "36", "36", (), (), ())  # noqa: FBT003  as a row holds it
    plain: dict[str, Any] = {
        "state": "planned",
        "minimize": "cost",
        "compared": 4,
        "unpriced": 0,
        "items": (item,),
        "cost_cents": 9900,
        "minutes": 360,
        "takes": 360,
        "optimal": True,
        "bound": "9900",
        "judged": (judged,),
        "alone": (),
        "swaps": (Swap((("own:2", "B"),), (("own:1", "A"),), 9900, 300, 300),),
        "unmet": (),
        "skipped": (),
        "remarks": (),
    }
    return Outcome(**{**plain, **changes})


def make_kept_plan(*, person: Person | None = None, **changes: Any) -> KeptPlan:
    """A kept plan of that course for a California license that its owner holds."""
    person = person or make_person()
    license, course = make_license(person=person), make_candidate(person=person)
    plan = make_outcome(**changes)
    item = replace(plan.items[0], id=f"own:{course.pk}", ref=str(course.pk))
    judged = replace(plan.judged[0], license=str(license.pk))
    row = replace(plan, items=(item,), judged=(judged,)).as_row()
    return keep_plan(person=person, wishes=Wishes().as_row(), result=row, basis=basis_for(person, day=AT.date()), at=AT)


def make_run(*, person: Person | None = None, seconds: int = 60, **wished: Any) -> PlanRun:
    """A search that waits for a worker, for a person as they stand on that day; without a plan so far."""
    person = person or make_person()
    case = case_for(person, Wishes(**wished), day=AT.date())
    outcome = replace(make_outcome(), state="unfinished", items=(), optimal=False, bound="0", stopped=True, swaps=())
    return ask_run(person=person, case=case, outcome=outcome, seconds=seconds, at=AT)
