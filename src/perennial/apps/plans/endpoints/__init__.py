"""What other programs see of the area `plans`: plans made for one's own licenses, and one's candidates."""

import time
from typing import Any

from django.utils import timezone
from ninja import Body, Router, Status

from perennial.apps.plans.access import course_of, removed_course_of
from perennial.apps.plans.choices import offered
from perennial.apps.plans.endpoints.shapes import CandidateOut, PlanIn, Row, course_of_row, out_of, plan_as_json
from perennial.apps.plans.making import case_for, made
from perennial.apps.plans.queries import courses_kept
from perennial.apps.plans.services import change_course, keep_course, remove_course, restore_course
from perennial.core.planner import pace_of
from perennial.ui import SignedIn

router = Router()


@router.post("", response=dict[str, Any], summary="Plan my renewal")
def plan(request: SignedIn, wanted: PlanIn) -> Any:
    """The best plan for one's own licenses from the library, one's candidates and the offers in the body. Nothing is kept.

    A search that is not through after `time_limit` seconds gives the best plan so far, with `optimal` false and the bound proved.
    """
    more = [offered(course_of_row(row, f"offer {number}"), number) for number, row in enumerate(wanted.offers, 1)]
    case = case_for(request.user, wanted.wishes(), day=timezone.localdate(), more=more)
    return plan_as_json(made(case, pace=pace_of(wanted.time_limit, time.monotonic)))


@router.get("/candidates", response=list[CandidateOut], summary="My candidates")
def candidates(request: SignedIn) -> list[CandidateOut]:
    """The outside courses that a plan may choose from, by title."""
    return [out_of(course) for course in courses_kept(request.user)]


@router.post("/candidates", response={201: CandidateOut}, summary="Keep a candidate")
def keep(request: SignedIn, row: Body[Row]) -> Status[CandidateOut]:
    """Keep an outside course, told as in a catalog; the same again is kept once."""
    return Status(201, out_of(keep_course(person=request.user, facts=course_of_row(row), at=timezone.now())))


@router.get("/candidates/{int:pk}", response=CandidateOut, summary="One candidate")
def one(request: SignedIn, pk: int) -> CandidateOut:
    """An outside course that one keeps."""
    return out_of(course_of(request.user, pk))


@router.put("/candidates/{int:pk}", response=CandidateOut, summary="Change a candidate")
def change(request: SignedIn, pk: int, row: Body[Row]) -> CandidateOut:
    """Put these facts in the place of the old ones; the name in a catalog stays."""
    course = course_of(request.user, pk)
    return out_of(change_course(course=course, facts=course_of_row(row), at=timezone.now()))


@router.delete("/candidates/{int:pk}", response={204: None}, summary="Remove a candidate")
def remove(request: SignedIn, pk: int) -> Status[None]:
    """Take a candidate off the list; it can be brought back."""
    remove_course(course=course_of(request.user, pk), at=timezone.now())
    return Status(204, None)


@router.post("/candidates/{int:pk}/restore", response=CandidateOut, summary="Bring a candidate back")
def restore(request: SignedIn, pk: int) -> CandidateOut:
    """Bring a removed candidate back."""
    return out_of(restore_course(course=removed_course_of(request.user, pk)))
