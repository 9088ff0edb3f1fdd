"""Puts a certificate into words for pages: the owner's, with everything, and the public one, with license numbers masked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import segno
from django.http import HttpRequest, HttpResponse

from perennial.apps.certificates.models import Certificate
from perennial.apps.certificates.paper.pdf import QR_MASK
from perennial.apps.certificates.paper.words import in_hours, in_words, topics_in_words
from perennial.apps.certificates.queries import pdf_of

SHOWN_CHARACTERS, LONG = 3, 7
DOTS = "•••"


@dataclass(frozen=True, slots=True)
class HoursRow:
    """Hours of one category."""

    category: str
    hours: str
    minutes: int
    minutes_per_hour: int


@dataclass(frozen=True, slots=True)
class ApprovalRow:
    """An approval as the certificate states it."""

    body: str
    number: str
    period: str
    statement: str
    is_sample: bool


@dataclass(frozen=True, slots=True)
class Paper:
    """A certificate in words."""

    number: str
    name: str
    course: str
    provider: str
    provider_address: str
    format: str
    place: str
    started: str
    completed: str
    licenses: Sequence[str]
    hours: Sequence[HoursRow]
    topics: str
    instructors: str
    responsible: str
    approvals: Sequence[ApprovalRow]
    sentence: str
    review: str
    score: str
    version: str
    issued_at: datetime
    is_sample: bool
    revoked_at: datetime | None
    reason: str
    replaced_by: str

    @property
    def valid(self) -> bool:
        """Whether it is a real certificate that is not revoked."""
        return self.revoked_at is None and not self.is_sample


def site_of(request: HttpRequest) -> str:
    """The address under which this site was asked, for the verification address on a certificate."""
    return request.build_absolute_uri("/").rstrip("/")


def pdf_response(certificate: Certificate, *, site: str, at: datetime) -> HttpResponse:
    """The PDF as an attachment named by the certificate's number."""
    return file_response(pdf_of(certificate, site=site, at=at), f"{certificate.number}.pdf", "application/pdf")


def file_response(data: bytes, name: str, kind: str) -> HttpResponse:
    """A file of one person to keep."""
    response = HttpResponse(data, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response


def qr_path(address: str) -> tuple[int, str]:
    """The QR code of an address: how many modules a side has, and the dark ones as an SVG path."""
    rows = [list(row) for row in segno.make(address, error="m", micro=False, mask=QR_MASK).matrix]
    return len(rows), "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark)


def masked(number: str) -> str:
    """A license number of which only the last three characters show; of a short one fewer, so that it cannot be guessed from them."""
    shown = SHOWN_CHARACTERS if len(number) >= LONG else len(number) // 3
    return f"{DOTS}{number[-shown:]}" if shown else DOTS


def paper_of(certificate: Certificate, *, public: bool = False) -> Paper:
    """A certificate's words; `public` masks license numbers and leaves out the score."""
    facts = certificate.facts
    score = facts["score_percent"]
    replaced = getattr(certificate, "superseded_by", None)
    return Paper(
        number=certificate.number,
        name=facts["holder_name"],
        course=facts["course_title"],
        provider=facts["provider_name"],
        provider_address=facts["provider_address"],
        format=facts["delivery_format"],
        place=facts["place_or_platform"],
        started=in_words(facts["started_on"]) if facts["started_on"] else "",
        completed=in_words(facts["completed_on"]),
        licenses=[_license(license, public=public) for license in facts["licenses"]],
        hours=[_hours(row) for row in facts["hours"]],
        topics=topics_in_words(facts),
        instructors=", ".join(facts["instructors"]),
        responsible=facts["responsible_person"],
        approvals=[_approval(approval) for approval in facts["approvals"]],
        sentence=facts["no_approval_sentence"],
        review=facts["review_state"],
        score="" if public or score is None else f"{score}%",
        version=facts["course_version"],
        issued_at=certificate.issued_at,
        is_sample=facts["is_sample"],
        revoked_at=certificate.revoked_at,
        reason=certificate.revocation_reason,
        replaced_by=replaced.number if replaced else "",
    )


def _license(license: Mapping[str, str], *, public: bool) -> str:
    number = masked(license["number"]) if public and license["number"] else license["number"]
    return ", ".join(part for part in (license["credential"], license["jurisdiction"], f"no. {number}" if number else "") if part)


def _hours(row: Mapping[str, Any]) -> HoursRow:
    return HoursRow(row["category"], in_hours(row["minutes"], row["minutes_per_hour"]), row["minutes"], row["minutes_per_hour"])


def _approval(approval: Mapping[str, Any]) -> ApprovalRow:
    starts, ends = (in_words(approval[name]) if approval[name] else "" for name in ("from", "until"))
    period = " ".join(part for part in (f"from {starts}" if starts else "", f"to {ends}" if ends else "") if part)
    return ApprovalRow(approval["body"], approval["number"], period, approval["statement"], approval["sample"])
