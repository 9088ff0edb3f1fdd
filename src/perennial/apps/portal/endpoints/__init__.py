"""What other programs see of the area `portal`: what licenses ask, and one's whole record in one file."""

from datetime import date
from typing import Any

from django.http import FileResponse, Http404, HttpRequest
from django.utils import timezone
from ninja import Router, Schema

from perennial.apps.licenses.queries import rule_base, rule_for
from perennial.apps.portal.handout import record_response
from perennial.core.rules.show import show_rule
from perennial.ui import SignedIn

router = Router()


class RuleOut(Schema):
    """A rule in short: how well it is known, and how many points are open."""

    jurisdiction: str
    profession: str
    title: str
    licenses: list[str]
    confidence: str
    open_points: int


@router.get("/requirements", response=list[RuleOut], auth=None, summary="Every rule, and how well it is known")
def rules(request: HttpRequest) -> list[dict[str, Any]]:
    """The index of all rules, by jurisdiction and profession."""
    return [
        {
            "jurisdiction": jurisdiction,
            "profession": profession,
            "title": rule.file.title,
            "licenses": list(rule.file.licenses),
            "confidence": rule.file.confidence,
            "open_points": len(rule.file.open),
        }
        for (jurisdiction, profession), rule in sorted(rule_base().rules.items())
    ]


@router.get("/requirements/{jurisdiction}/{profession}", response=dict[str, Any], auth=None, summary="What a license asks")
def rule(request: HttpRequest, jurisdiction: str, profession: str, on: date | None = None) -> dict[str, Any]:
    """A rule as in force on a day (today where none is named), line by line with its sources, and what it leaves open."""
    found = rule_for(jurisdiction.upper(), profession)
    if found is None:
        raise Http404
    return show_rule(found, on or timezone.localdate())


@router.get("/download", summary="My whole record")
def download(request: SignedIn) -> FileResponse:
    """Everything kept of the owner of the token or session, as one zip file."""
    return record_response(request, request.user, timezone.now())
