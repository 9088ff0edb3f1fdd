"""Puts a certificate's frozen facts into the words that its page shows; everything here is text, nothing is markup."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from perennial.apps.certificates.facts import SAMPLE, Envelope, Frozen
from perennial.core.values.typefaces import NUMBERED

HEADING = "Certificate of completion"
BY_NUMBER = "U+ stands before the Unicode number of a character that this page's typefaces cannot draw; the attached facts hold it as text."


def in_words(day: str) -> str:
    """2026-11-25 as 25 November 2026."""
    found = date.fromisoformat(day)
    return f"{found.day} {found:%B %Y}"


def in_hours(minutes: int, minutes_per_hour: int) -> str:
    """Minutes as hours of so many minutes, to the hundredth and without zeros at the end."""
    hours = (Decimal(minutes) / minutes_per_hour).quantize(Decimal("0.01"))
    return f"{hours.normalize():f}"


def topics_in_words(facts: Frozen) -> str:
    """Topics with their hours, the longest first: Suicide prevention 1.5 h, Ethics 1 h."""
    names = facts.get("topic_names", {})
    topics = sorted(facts["topics"].items(), key=lambda topic: (-topic[1], topic[0]))
    return ", ".join(f"{names.get(slug) or slug} {in_hours(minutes, 60)} h" for slug, minutes in topics)


def with_note(page: dict[str, Any]) -> dict[str, Any]:
    """The page with a line about characters given by number, where there are any."""
    return {**page, "sealed": [*page["sealed"], BY_NUMBER]} if NUMBERED.search(str(page)) else page


def page_words(envelope: Envelope) -> dict[str, Any]:
    """All that the page shows, in the names that certificate.typ reads."""
    facts = envelope.facts
    issued = datetime.fromisoformat(facts["issued_at"])
    return {
        "title": f"{HEADING} {facts['number']}",
        "description": f"{facts['holder_name']}: {facts['course_title']}",
        "provider": facts["provider_name"],
        "date": [issued.year, issued.month, issued.day, issued.hour, issued.minute, issued.second],
        "fonts": [],
        "heading": HEADING,
        "stamp": "REVOKED" if envelope.revoked_on else "SAMPLE" if facts["is_sample"] else "",
        "marks": _marks(envelope),
        "certifies": f"{facts['provider_name']} certifies that",
        "name": facts["holder_name"],
        "licenses": [_license(license) for license in facts["licenses"]],
        "completed": "has completed, with test and evaluation,",
        "course": facts["course_title"],
        "meta": f"{facts['delivery_format']} · completed {in_words(facts['completed_on'])}",
        "hours": [_hours(row) for row in facts["hours"]],
        "details": [[what, value] for what, value in _details(facts) if value],
        "approvals": [_approval(approval) for approval in facts["approvals"]],
        "sentences": [sentence for sentence in (facts["no_approval_sentence"],) if sentence],
        "responsible": facts["responsible_person"],
        "sealed": [
            f"Certificate {facts['number']}",
            f"Issued {in_words(facts['issued_at'][:10])}, {issued:%H:%M} UTC. Frozen: no later change of name or course alters it.",
        ],
        "verify": envelope.verify,
        "verify-shown": envelope.verify,
        "qr-says": f"QR code; it opens the verification page of certificate {facts['number']}: {envelope.verify}",
    }


def _marks(envelope: Envelope) -> list[str]:
    revoked = [f"Revoked on {in_words(envelope.revoked_on)}: not valid."] if envelope.revoked_on else []
    return revoked + ([SAMPLE] if envelope.facts["is_sample"] else [])


def _license(license: dict[str, str]) -> str:
    number = f"no. {license['number']}" if license["number"] else ""
    return ", ".join(part for part in (license["credential"], license["jurisdiction"], number) if part)


def _hours(row: dict[str, Any]) -> list[str]:
    return [
        row["category"],
        in_hours(row["minutes"], row["minutes_per_hour"]),
        f"{row['minutes']} min at {row['minutes_per_hour']} an hour",
    ]


def _approval(approval: dict[str, Any]) -> dict[str, str]:
    period = " ".join(f"{word} {in_words(approval[name])}" for word, name in (("from", "from"), ("to", "until")) if approval.get(name))
    number = f"provider no. {approval['number']}" if approval["number"] else ""
    head = " · ".join(part for part in (approval["body"], number, f"in force {period}" if period else "") if part)
    return {"head": f"SAMPLE · {head}" if approval["sample"] else head, "statement": approval["statement"]}


def _details(facts: Frozen) -> list[tuple[str, str]]:
    started = in_words(facts["started_on"]) if facts["started_on"] else ""
    score = f"passed with {facts['score_percent']}%" if facts["score_percent"] is not None else ""
    topics = topics_in_words(facts)
    return [
        ("Provider", ", ".join(part for part in (facts["provider_name"], facts["provider_address"]) if part)),
        ("Place", facts["place_or_platform"]),
        ("Started", started),
        ("Completed", in_words(facts["completed_on"])),
        ("Post-test", score),
        ("Topics", topics),
        ("By", ", ".join(facts["instructors"])),
        (
            "Course",
            " · ".join(
                part for part in (facts["course_key"], f"version {facts['course_version']}" if facts["course_version"] else "") if part
            ),
        ),
        ("Review", facts["review_state"]),
    ]
