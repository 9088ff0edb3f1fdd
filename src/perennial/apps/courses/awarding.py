"""What a completed course brings: a certificate, and a credit in the ledger that names it."""

from collections.abc import Collection, Iterable
from datetime import date, datetime

from django.utils import timezone

from perennial.apps.accounts.queries import Person
from perennial.apps.assessments.queries import Attempt
from perennial.apps.certificates.services import CertificateFacts, HeldLicense, approval_notes, issue_certificate
from perennial.apps.courses.content import content_of
from perennial.apps.courses.models import Enrolment
from perennial.apps.credits.services import award_credit
from perennial.apps.licenses.queries import licenses_of, profession_name
from perennial.apps.providers.queries import ApprovalView, Provider, approvals_on, provider_by_slug
from perennial.core.values import Refusal

DELIVERY = "Asynchronous self-study with post-test"
PLATFORM = "Online, on this site"


def key_of(slug: str) -> str:
    """By which a course is told from others in records and rules on repeats, whatever its version."""
    return f"perennial:{slug}"


def covering(bodies: Collection[str], approvals: Iterable[ApprovalView]) -> list[ApprovalView]:
    """Those approvals of a provider that cover a course published for these bodies; one of a body not known by a short name covers all."""
    return [approval for approval in approvals if not approval.slug or approval.slug in bodies]


def approvers_of(approvals: Iterable[ApprovalView]) -> tuple[str, ...]:
    """Who approved, as the rules of boards know them; an approval made up for samples counts nowhere."""
    return tuple(dict.fromkeys(approval.approver for approval in approvals if not approval.is_sample))


def award(enrolment: Enrolment, passed: Attempt, at: datetime) -> str:
    """Issue the certificate and award the credit, once for this enrolment; gives the certificate's number."""
    key, content = f"enrolment:{enrolment.pk}", content_of(enrolment.course)
    facts = facts_of(enrolment, passed, at)
    provider = provider_by_slug(enrolment.course.provider)
    certificate = issue_certificate(person=enrolment.person, facts=facts, at=at, key=key, provider=provider)
    award_credit(
        person=enrolment.person,
        title=content.title,
        provider_name=facts.provider_name,
        completed_on=facts.completed_on,
        minutes=enrolment.course.minutes,
        format=content.format,
        topics=enrolment.course.topics,
        approvals=list(approvers_of(_covering(enrolment, provider, facts.completed_on))) if provider else [],
        course_key=facts.course_key,
        certificate_number=certificate.number,
        at=at,
        key=key,
    )
    return certificate.number


def _covering(enrolment: Enrolment, provider: Provider, day: date) -> list[ApprovalView]:
    """The approvals in force on a day that cover the course as it was offered when it began."""
    return covering(enrolment.promised, approvals_on(provider, day))


def facts_of(enrolment: Enrolment, passed: Attempt, at: datetime) -> CertificateFacts:
    """What the certificate says, as it stands at this moment."""
    content, provider = content_of(enrolment.course), provider_by_slug(enrolment.course.provider)
    if provider is None:
        raise Refusal("The provider of this course is not known here, so no certificate can be issued. Ask the person who runs this site.")
    names = [author.name for author in content.authors]
    return CertificateFacts(
        holder_name=enrolment.person.name,
        course_title=content.title,
        course_key=key_of(enrolment.slug),
        course_version=str(content.version),
        provider_name=provider.name,
        provider_address=provider.address,
        delivery_format=DELIVERY,
        place_or_platform=PLATFORM,
        started_on=timezone.localdate(enrolment.started_at),
        completed_on=timezone.localdate(at),
        hours=[{"category": "General", "minutes": enrolment.course.minutes, "minutes_per_hour": content.credit.minutes_per_hour}],
        instructors=names,
        responsible_person=", ".join(names),
        review_state=content.review.says,
        licenses=licenses_held(enrolment.person),
        approvals=approval_notes(_covering(enrolment, provider, timezone.localdate(at))),
        score_percent=passed.score_percent,
        topics=enrolment.course.topics,
        is_sample=provider.is_sample,
    )


def licenses_held(person: Person) -> list[HeldLicense]:
    """A person's licenses, as they stand on a certificate; one query."""
    return [
        {"jurisdiction": one.jurisdiction, "credential": one.credential or profession_name(one.profession), "number": one.number}
        for one in licenses_of(person)
    ]
