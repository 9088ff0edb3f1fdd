"""What other programs see of the area `standing`: any scenario judged, where one's own licenses stand, and their audit packets."""

import json
from datetime import date
from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Status

from perennial.apps.licenses.queries import rule_base
from perennial.apps.standing.access import license_of
from perennial.apps.standing.auditing import Audit, audit_of
from perennial.apps.standing.endpoints.would_count import router as asking
from perennial.apps.standing.packet.making import packet_for
from perennial.apps.standing.packet.told import told_packet
from perennial.apps.standing.queries import LicenseStanding, standing_of, standing_of_license
from perennial.core.rules.audit import Finding
from perennial.core.rules.scenario import Faulty, Scenario, as_json, judge, scenario_of
from perennial.core.values import Refusal
from perennial.ui import SignedIn

router = Router()
router.add_router("", asking)
MOST_SCENARIOS, MOST_CREDITS, MOST_BYTES = 50, 500, 1_000_000
YEARS = 10
BODY = {"required": True, "content": {"application/json": {"schema": {"type": "object", "description": "A scenario, or a list of them."}}}}


@router.post("/check", auth=None, response={200: Any, 422: dict[str, str]}, openapi_extra={"requestBody": BODY}, summary="Judge scenarios")
def check(request: HttpRequest) -> Any:
    """Judge one scenario or a list of them, as `perennial requirements check --json` does. Nothing is kept."""
    try:
        scenarios = read(request.body)
        return Status(200, [as_json(scenario, judge(rule_base(), scenario)) for scenario in scenarios])
    except Faulty as fault:
        return Status(422, {"detail": str(fault.problem)})


@router.get("", response=list[dict[str, Any]], summary="Where my licenses stand")
def standing(request: SignedIn, on: date | None = None) -> Any:
    """Each of one's own licenses with its answer as of a day (today where none is named); null where no rule covers it."""
    day = near(on)
    return [told(found) for found in standing_of(request.user, day=day)]


@router.get("/licenses/{pk}/audit", response=dict[str, Any], summary="What an auditor would find")
def audit(request: SignedIn, pk: int, on: date | None = None) -> Any:
    """What an auditor would find in one of one's own licenses on a day (today where none is named); null where no rule covers it."""
    license = license_of(request.user, pk)
    return told_audit(audit_of(standing_of_license(license, day=near(on)), today=timezone.localdate()))


@router.get("/licenses/{pk}/packet", response=dict[str, Any], summary="The audit packet as data")
def packet(request: SignedIn, pk: int, on: date | None = None) -> Any:
    """What is attached to the audit packet of one of one's own licenses (docs/guides/audit-packet.md); 409 where nothing can be judged."""
    license = license_of(request.user, pk)
    audited = audit_of(standing_of_license(license, day=near(on)), today=timezone.localdate())
    return told_packet(packet_for(audited), site=request.build_absolute_uri("/").rstrip("/"))


def near(on: date | None) -> date:
    """The day asked for, today where there is none. Refuses one too far away."""
    today = timezone.localdate()
    if on is not None and abs(on.year - today.year) > YEARS:
        raise Refusal(f"The day lies more than {YEARS} years from today. Name one nearer to it.")
    return on or today


def read(body: bytes) -> list[Scenario]:
    """The scenarios in a body. Raises `Faulty` with the first thing that is wrong."""
    if len(body) > MOST_BYTES:
        raise Faulty("body", "too large", f"Send at most {MOST_BYTES // 1000} kB at once.")
    try:
        data = json.loads(body, parse_float=Decimal)
    except (ValueError, RecursionError):
        raise Faulty("body", "not JSON", "Send a scenario as JSON.") from None
    rows = data if isinstance(data, list) else [data]
    if len(rows) > MOST_SCENARIOS:
        raise Faulty("body", "too many scenarios", f"Send at most {MOST_SCENARIOS} at once.")
    found = [scenario_of(row, f"scenario {number}") for number, row in enumerate(rows, 1)]
    if any(len(scenario.standing.credits) > MOST_CREDITS for scenario in found):
        raise Faulty("credits", "too many", f"Send at most {MOST_CREDITS} for one license.")
    return found


def told(found: LicenseStanding) -> dict[str, Any]:
    """A license and its answer in the form of a checked scenario."""
    license = found.license
    head = {"license": license.pk, "name": found.name, "jurisdiction": license.jurisdiction, "profession": license.profession}
    if found.answer is None:
        return {**head, "answer": None}
    scenario = Scenario(str(license.pk), license.jurisdiction, license.profession, found.facts, None)
    return {**head, "own_list": found.own, "answer": as_json(scenario, found.answer)}


def told_audit(found: Audit) -> dict[str, Any]:
    """An audit check as JSON; `due` and `findings` are null where nothing can be judged."""
    judged = found.can_judge
    return {
        "license": found.standing.license.pk,
        "name": found.standing.name,
        "as_of": found.day.isoformat(),
        "due": found.due.isoformat() if found.due and judged else None,
        "days_left": found.days_left if judged else None,
        "findings": [told_finding(one) for one in found.findings] if judged else None,
        "needs": list(found.needs),
    }


def told_finding(one: Finding) -> dict[str, Any]:
    """A finding as JSON; `credit` is the number of the credit's latest entry."""
    source = one.source
    return {
        "kind": one.kind,
        "severity": one.severity,
        "credit": int(one.credit) if one.credit else None,
        "line": one.line,
        "because": one.because,
        "source": {"cite": source.cite, "url": source.url, "read": source.read} if source else None,
        "todo": one.todo,
    }
