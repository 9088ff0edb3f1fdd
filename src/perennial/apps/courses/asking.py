"""Whether a course of the library would count for the licenses of who reads it."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from perennial.apps.accounts.queries import Person
from perennial.apps.courses.awarding import approvers_of, covering, key_of
from perennial.apps.courses.content import content_of
from perennial.apps.courses.models import Course, Enrolment
from perennial.apps.providers.queries import ApprovalView, approvals_on, provider_by_slug
from perennial.apps.standing.queries import Asked, topics_of, would_count
from perennial.core.rules import Credit

__all__ = ["Asked", "asked_of", "bodies_of", "credit_of", "in_force"]


def asked_of(person: Person, course: Course, *, day: date, approvals: Sequence[ApprovalView] | None = None) -> Asked:
    """Whether the course would count for each license of a person if it is completed on a day; a constant number of queries.

    `approvals` are those in force on that day, where they are known already.
    """
    return would_count(person, credit_of(course, day, in_force(course, day) if approvals is None else approvals), day=day)


def in_force(course: Course, day: date, enrolment: Enrolment | None = None) -> list[ApprovalView]:
    """The approvals in force on a day that cover the course, for who is taking it those of the offer that was taken; two queries."""
    provider = provider_by_slug(course.provider)
    return covering(bodies_of(course, enrolment), approvals_on(provider, day)) if provider else []


def bodies_of(course: Course, enrolment: Enrolment | None) -> list[str]:
    """The approval bodies for which the course is offered to someone: where it is begun, those of then."""
    return enrolment.promised if enrolment and enrolment.completed_at is None else list(course.bodies)


def credit_of(course: Course, day: date, approvals: Sequence[ApprovalView] = ()) -> Credit:
    """The credit that completing the course on a day brings, under approvals in force then; hours of 60 minutes."""
    return Credit(
        id="asked",
        title=course.title,
        date=day,
        hours=Decimal(course.minutes) / 60,
        format=content_of(course).format,
        topics=topics_of(course.topics),
        approvals=approvers_of(approvals),
        course=key_of(course.slug),
    )
