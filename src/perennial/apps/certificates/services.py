"""What is done with certificates: issue one, once; revoke one, for good."""

import secrets
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from perennial.apps.accounts.queries import Person
from perennial.apps.certificates.facts import ApprovalNote, CertificateFacts, HeldLicense, HoursIn, digest, freeze
from perennial.apps.certificates.models import Certificate, Series
from perennial.apps.credits.queries import entry_by_certificate, name_of
from perennial.apps.credits.services import withdraw_entry
from perennial.apps.providers.queries import ApprovalView
from perennial.core.values import Refusal

__all__ = [
    "ApprovalNote",
    "CertificateFacts",
    "HeldLicense",
    "HoursIn",
    "approval_notes",
    "issue_certificate",
    "revoke_certificate",
]

TOKEN_BYTES = 32


def approval_notes(approvals: Iterable[ApprovalView]) -> list[ApprovalNote]:
    """Approvals in force, as a certificate states them: with their last day."""
    return [
        {
            "body": approval.body,
            "number": approval.number,
            "statement": approval.statement,
            "from": approval.starts_on,
            "until": approval.ends_on - timedelta(days=1) if approval.ends_on else None,
            "sample": approval.is_sample,
        }
        for approval in approvals
    ]


def issue_certificate(
    *, person: Person, facts: CertificateFacts, at: datetime, key: str, supersedes: Certificate | None = None
) -> Certificate:
    """Issue a certificate whose facts no later change alters; the same `key` gives the same certificate.

    Raises Refusal where a fact without which no board takes a certificate is missing.
    """
    facts = _judged(facts, at)
    try:
        with transaction.atomic():
            return _by_key(person, key) or _issue(person, facts, at, key, supersedes)
    except IntegrityError:
        there = _by_key(person, key)
        if there is None:
            raise
        return there


@transaction.atomic
def revoke_certificate(*, certificate: Certificate, reason: str, at: datetime) -> Certificate:
    """Say for good that a certificate is not valid, and why; its credit leaves the count. Safe to repeat."""
    certificate = Certificate.objects.select_for_update().get(pk=certificate.pk)
    if certificate.revoked_at:
        return certificate
    if not reason.strip():
        raise Refusal("Say why the certificate is revoked; its public page shows the reason.")
    certificate.revoked_at, certificate.revocation_reason = at, reason.strip()[:500]
    certificate.save(update_fields=["revoked_at", "revocation_reason"])
    entry = entry_by_certificate(certificate.number)
    if entry is not None:
        withdraw_entry(entry=entry, reason=f"Certificate revoked: {certificate.revocation_reason}", at=at, final=True)
    return certificate


def _by_key(person: Person, key: str) -> Certificate | None:
    return Certificate.objects.filter(person=person, key=key).first()


def _issue(person: Person, facts: CertificateFacts, at: datetime, key: str, supersedes: Certificate | None) -> Certificate:
    number = _next_number(at.year)
    frozen = freeze(facts, number=number, issued_at=at, topic_names={slug: name_of(slug) for slug in facts.topics or ()})
    return Certificate.objects.create(
        number=number,
        token=secrets.token_urlsafe(TOKEN_BYTES),
        person=person,
        key=key,
        facts=frozen,
        facts_sha256=digest(frozen),
        issued_at=at,
        supersedes=supersedes,
    )


def _next_number(year: int) -> str:
    Series.objects.get_or_create(year=year)
    series = Series.objects.select_for_update().get(year=year)
    series.last += 1
    series.save(update_fields=["last"])
    return f"PER-{year}-{series.last:06d}"


def _judged(facts: CertificateFacts, at: datetime) -> CertificateFacts:
    name = " ".join(facts.holder_name.split())
    if not name:
        raise Refusal("Your account has no name yet. Enter it there as it shall stand on your certificates, then come back.")
    if not facts.course_title.strip() or not facts.provider_name.strip() or not facts.hours:
        raise Refusal("The course lacks its title, its provider or its hours. Tell the person who runs this site.")
    if any(row["minutes"] <= 0 or row["minutes_per_hour"] not in (50, 55, 60) for row in facts.hours):
        raise Refusal("The hours of the course are not in order. Tell the person who runs this site.")
    if facts.completed_on > timezone.localdate(at):
        raise Refusal("The day of completion lies ahead. Come back once the course is done.")
    return replace(facts, holder_name=name)
