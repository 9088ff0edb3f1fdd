"""Whether a course found elsewhere would count for one's own licenses, for other programs."""

from typing import Any

from django.utils import timezone
from ninja import Router, Status

from perennial.apps.licenses.queries import rule_base
from perennial.apps.standing.endpoints.course import KNOWN, course_in
from perennial.apps.standing.queries import would_count
from perennial.core.rules.scenario import Faulty
from perennial.ui import SignedIn

router = Router()
BODY = {
    "required": True,
    "content": {
        "application/json": {
            "schema": {
                "type": "object",
                "required": ["title", "date", "hours", "format"],
                "properties": {key: {} for key in KNOWN},
                "description": "A course as a credit of a scenario, with its provider. An approval is an approver, or a table of body, "
                "from and until. Hours have 60 minutes.",
            }
        }
    },
}


@router.post("/would-count", response={200: Any, 422: dict[str, str]}, openapi_extra={"requestBody": BODY}, summary="Would a course count?")
def asked(request: SignedIn) -> Any:
    """For each of one's own licenses: yes, partly, no or not known, with what decides and its source. Nothing is kept."""
    try:
        told = course_in(request.body, rule_base().vocabulary)
    except Faulty as fault:
        return Status(422, {"detail": str(fault.problem)})
    found = would_count(request.user, told.credit, told.approvals, provider=told.provider, day=timezone.localdate())
    return Status(200, found.as_plain())
