"""What is done with certificates: issue one, once; revoke one, for good."""

import secrets
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from perennial.apps.accounts.queries import Person
from perennial.apps.certificates.facts import ApprovalNote, CertificateFacts, HeldLicense, HoursIn, digest, freeze
from perennial.apps.certificates.models import Certificate, Series
from perennial.apps.certificates.signing import give_place
from perennial.apps.credits.queries import entry_by_certificate, name_of
from perennial.apps.credits.services import FACTS as CREDIT_FACTS
from perennial.apps.credits.services import award_credit, withdraw_entry
from perennial.apps.providers.queries import ApprovalView, Provider
from perennial.core.values import Refusal, written

__all__ = [
    "ApprovalNote",
    "CertificateFacts",
    "HeldLicense",
    "HoursIn",
    "approval_notes",
    "correct_certificate",
    "issue_certificate",
    "revoke_certificate",
]

TOKEN_BYTES = 32
LONGEST_NAME = 120
WITHDRAWN = "withdrawal"  # an entry of the ledger that its holder had taken out of the count


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
    *,
    person: Person,
    facts: CertificateFacts,
    at: datetime,
    key: str,
    supersedes: Certificate | None = None,
    provider: Provider | None = None,
) -> Certificate:
    """Issue a certificate whose facts no later change alters; the same `key` gives the same certificate.

    The administrators of the `provider` may revoke and correct it later. Raises Refusal where a fact is missing without which no board
    takes a certificate.
    """
    facts = _judged(facts, at)
    try:
        with transaction.atomic():
            return _by_key(person, key) or _issue(person, _frozen(facts, at), at, key, supersedes=supersedes, provider=provider)
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


@transaction.atomic
def correct_certificate(*, certificate: Certificate, holder_name: str, at: datetime) -> Certificate:
    """Issue the same with another name in its place, and revoke the old one; its credit goes over to the new one. Safe to repeat."""
    old = Certificate.objects.select_for_update(of=("self",)).select_related("superseded_by", "person").get(pk=certificate.pk)
    after: Certificate | None = getattr(old, "superseded_by", None)
    if after is not None:
        return after
    name = written(" ".join(holder_name.split()), "name", LONGEST_NAME, required=True)
    if old.revoked_at or name == old.facts["holder_name"]:
        raise Refusal("Only a certificate that is not revoked can be corrected, and by another name than it bears.")
    stamp = at.astimezone(UTC).isoformat(timespec="seconds")
    frozen = {**old.facts, "holder_name": name, "number": _next_number(at.year), "issued_at": stamp}
    new = _issue(old.person, frozen, at, f"corrects:{old.number}", supersedes=old, provider=old.provider)
    entry = entry_by_certificate(old.number)
    revoke_certificate(certificate=old, reason=f"Corrected: certificate {new.number} takes its place.", at=at)
    if entry is not None and entry.kind != WITHDRAWN:
        facts: Any = {name: getattr(entry, name) for name in CREDIT_FACTS}
        award_credit(person=old.person, certificate_number=new.number, at=at, key=new.key, **facts)
    return new


def _by_key(person: Person, key: str) -> Certificate | None:
    return Certificate.objects.filter(person=person, key=key).first()


def _frozen(facts: CertificateFacts, at: datetime) -> dict[str, Any]:
    names = {slug: name_of(slug) for slug in facts.topics or ()}
    return freeze(facts, number=_next_number(at.year), issued_at=at, topic_names=names)


def _issue(person: Person, frozen: dict[str, Any], at: datetime, key: str, **others: Any) -> Certificate:
    certificate = Certificate.objects.create(
        number=frozen["number"],
        token=secrets.token_urlsafe(TOKEN_BYTES),
        person=person,
        key=key,
        facts=frozen,
        facts_sha256=digest(frozen),
        issued_at=at,
        **others,
    )
    give_place(certificate)
    return certificate


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
