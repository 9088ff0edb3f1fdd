"""What a meeting brings to whoever was there: a certificate and a credit where a provider holds it, else an entry in their own record."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction

from perennial.apps.assessments.services import submit_evaluation
from perennial.apps.certificates.services import CertificateFacts, approval_notes, issue_certificate
from perennial.apps.clubs.models import Guest, Meeting
from perennial.apps.clubs.queries import key_of, there_at
from perennial.apps.courses.awarding import approvers_of, licenses_held
from perennial.apps.credits.services import CreditFacts, award_credit, enter_credit
from perennial.apps.providers.queries import ApprovalView, approvals_on
from perennial.core.approval import Minutes, bodies, granted
from perennial.core.values import Refusal
from perennial.core.values.words import counted as in_words

STEP = 15  # minutes; without a body's own rounding, time is counted in quarters of an hour, down
REVIEW = "A journal club: attendance signed in and out; there is no test."


@dataclass(frozen=True, slots=True)
class Worth:
    """What somebody's time at a meeting comes to: minutes there, minutes that count, under which approvals, and what leaves others out."""

    there: int
    minutes: int
    approvals: Sequence[ApprovalView]
    left_out: Sequence[str]


def day_of(meeting: Meeting) -> date:
    """The day of the meeting where it is held."""
    return meeting.starts_at.astimezone(ZoneInfo(meeting.zone)).date()


def worth_of(guest: Guest) -> Worth:
    """What the guest's time comes to. Of several bodies' rounded hours the least counts, so that the certificate is true for each."""
    meeting = guest.meeting
    found = there_at(meeting, guest.person)
    there = found.attended.minutes if found else 0
    held = approvals_on(meeting.provider, day_of(meeting)) if meeting.provider else []
    covered = {approval.slug: approval for approval in held if approval.slug in meeting.bodies}
    known = bodies()
    left_out = [f"The provider holds no approval of {known[slug].name} on that day." for slug in meeting.bodies if slug not in covered]
    counted: dict[str, int] = {}
    for slug, approval in covered.items():
        body = known[slug]
        hours = granted(Minutes(Decimal(there)), body.minutes_per_hour, body.rounding).amount if body.unit == "hour" else Decimal(0)
        counted[slug] = int(hours * body.minutes_per_hour)
        if not counted[slug]:
            left_out.append(f"{approval.body} grants nothing for {in_words(there, 'minute')}.")
    counting = {slug: minutes for slug, minutes in counted.items() if minutes}
    minutes = min(counting.values(), default=there - there % STEP)
    return Worth(there, minutes, [covered[slug] for slug in counting], left_out)


@transaction.atomic
def tell_how_it_was(*, guest: Guest, answers: Mapping[str, Any], at: datetime) -> Guest:
    """Keep the evaluation and award what the guest's time is worth, both or neither, once."""
    guest = (
        Guest.objects.select_for_update(of=("self",))
        .select_related("meeting__work", "meeting__host", "meeting__provider", "person")
        .get(pk=guest.pk)
    )
    meeting = guest.meeting
    if meeting.closed_at is None:
        raise Refusal("The host has not closed the meeting yet. You are told when it is.")
    if guest.evaluated_at:
        return guest
    worth = worth_of(guest)
    if not worth.minutes:
        raise Refusal(
            f"Your marks come to {in_words(worth.there, 'minute')} there, which is too little to count. Ask the host if a mark is missing."
        )
    submit_evaluation(person=guest.person, purpose_key=f"{key_of(meeting)}:{guest.pk}", answers=answers, at=at)
    guest.evaluated_at = at
    if meeting.provider_id:
        guest.certificate_number = _certified(guest, worth, at)
    else:
        guest.entry_key = key_of(meeting)
        own = _facts(guest, worth, meeting.host.name)
        there = in_words(worth.there, "minute")
        own["note"] = f"Journal club held by {meeting.host.name}, not under a provider. {there} there by signing in and out."
        enter_credit(person=guest.person, at=at, key=guest.entry_key, **own)
    guest.save(update_fields=["evaluated_at", "certificate_number", "entry_key"])
    return guest


def _certified(guest: Guest, worth: Worth, at: datetime) -> str:
    meeting, provider = guest.meeting, guest.meeting.provider
    if provider is None:
        raise ValueError("a certificate needs a provider")
    per_hour = max((bodies()[one.slug].minutes_per_hour for one in worth.approvals), default=60)
    facts = CertificateFacts(
        holder_name=guest.person.name,
        course_title=f"Journal club: {meeting.title}",
        course_key=f"perennial:{key_of(meeting)}",
        course_version="1",
        provider_name=provider.name,
        provider_address=provider.address,
        delivery_format=f"{meeting.get_where_display()}, journal club",
        place_or_platform=meeting.place if meeting.where == Meeting.Where.ROOM else "Online",
        started_on=day_of(meeting),
        completed_on=day_of(meeting),
        hours=[{"category": "General", "minutes": worth.minutes, "minutes_per_hour": per_hour}],
        instructors=[meeting.host.name],
        responsible_person=meeting.host.name,
        review_state=REVIEW,
        licenses=licenses_held(guest.person),
        approvals=approval_notes(worth.approvals),
        topics=_topics(meeting, worth),
        is_sample=provider.is_sample,
    )
    key = f"{key_of(meeting)}:{guest.pk}"
    certificate = issue_certificate(person=guest.person, facts=facts, at=at, key=key, provider=provider)
    awarded = _facts(guest, worth, provider.name)
    awarded["approvals"] = list(approvers_of(worth.approvals))
    award_credit(person=guest.person, certificate_number=certificate.number, at=at, key=key, **awarded)
    return certificate.number


def _facts(guest: Guest, worth: Worth, held_by: str) -> CreditFacts:
    meeting = guest.meeting
    return CreditFacts(
        title=f"Journal club: {meeting.title}",
        provider_name=held_by,
        completed_on=day_of(meeting),
        minutes=worth.minutes,
        format=meeting.where,
        topics=_topics(meeting, worth),
        course_key=f"perennial:{key_of(meeting)}",
    )


def _topics(meeting: Meeting, worth: Worth) -> dict[str, int]:
    return {meeting.topic: worth.minutes} if meeting.topic else {}
