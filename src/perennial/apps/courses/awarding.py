"""What a completed course brings: a certificate, and a credit in the ledger that names it."""

from datetime import datetime

from django.utils import timezone

from perennial.apps.assessments.queries import Attempt
from perennial.apps.certificates.services import CertificateFacts, HeldLicense, approval_notes, issue_certificate
from perennial.apps.courses.content import content_of
from perennial.apps.courses.models import Enrolment
from perennial.apps.credits.services import award_credit
from perennial.apps.licenses.queries import licenses_of, profession_name
from perennial.apps.providers.queries import approvals_on, provider_by_slug
from perennial.core.values import Refusal

PROVIDER = "perennial-starter-library"
DELIVERY = "Asynchronous, text course with post-test"
PLATFORM = "Online, on this site"


def award(enrolment: Enrolment, passed: Attempt, at: datetime) -> str:
    """Issue the certificate and award the credit, once for this enrolment; gives the certificate's number."""
    key, content = f"enrolment:{enrolment.pk}", content_of(enrolment.course)
    facts = facts_of(enrolment, passed, at)
    certificate = issue_certificate(person=enrolment.person, facts=facts, at=at, key=key)
    award_credit(
        person=enrolment.person,
        title=content.title,
        provider_name=facts.provider_name,
        completed_on=facts.completed_on,
        minutes=enrolment.course.minutes,
        format=content.format,
        topics=enrolment.course.topics,
        approvals=[],
        course_key=facts.course_key,
        certificate_number=certificate.number,
        at=at,
        key=key,
    )
    return certificate.number


def facts_of(enrolment: Enrolment, passed: Attempt, at: datetime) -> CertificateFacts:
    """What the certificate says, as it stands at this moment."""
    content, provider = content_of(enrolment.course), provider_by_slug(PROVIDER)
    if provider is None:
        raise Refusal("This site has not loaded its providers, so no certificate can be issued. Ask the person who runs it.")
    names = [author.name for author in content.authors]
    licenses: list[HeldLicense] = [
        {
            "jurisdiction": entry.jurisdiction,
            "credential": entry.credential or profession_name(entry.profession),
            "number": entry.number,
        }
        for entry in licenses_of(enrolment.person)
    ]
    return CertificateFacts(
        holder_name=enrolment.person.name,
        course_title=content.title,
        course_key=f"perennial:{enrolment.slug}",
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
        licenses=licenses,
        approvals=approval_notes(approvals_on(provider, timezone.localdate(at))),
        score_percent=passed.score_percent,
        topics=enrolment.course.topics,
        is_sample=provider.is_sample,
    )
