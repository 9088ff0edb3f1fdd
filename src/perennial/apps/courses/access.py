"""Who may see what of a course: its offer and text anyone, progress and tests the person who takes it."""

from django.http import Http404

from perennial.apps.accounts.queries import Person
from perennial.apps.assessments.queries import Attempt, attempt_of_purpose
from perennial.apps.courses.content import content_of
from perennial.apps.courses.models import Course, Enrolment
from perennial.apps.courses.queries import current_course, enrolment_for, purpose_of
from perennial.core import courses as core


def course_for(person: Person | None, slug: str) -> tuple[Course, Enrolment | None]:
    """The version that this person reads, with the latest enrolment; else the one offered now; else 404.

    An open enrolment stays on its version, and so does a completed one until the course is taken again.
    """
    enrolment = enrolment_for(person, slug) if person else None
    course = enrolment.course if enrolment else current_course(slug)
    if course is None:
        raise Http404("no such course")
    return course, enrolment


def offered_course(slug: str) -> Course:
    """The course as offered now; else 404."""
    course = current_course(slug)
    if course is None:
        raise Http404("no such course")
    return course


def enrolment_of(person: Person, slug: str) -> Enrolment:
    """The person's own latest enrolment; else 404."""
    enrolment = enrolment_for(person, slug)
    if enrolment is None:
        raise Http404("not begun")
    return enrolment


def section_of(course: Course, stem: str) -> core.Section:
    """The section whose file has this stem; else 404."""
    section = content_of(course).section_of.get(f"{stem}.md")
    if section is None:
        raise Http404("no such section")
    return section


def attempt_of(enrolment: Enrolment, number: int) -> Attempt:
    """The attempt of this number within the enrolment; else 404."""
    attempt = attempt_of_purpose(enrolment.person, purpose_of(enrolment), number)
    if attempt is None:
        raise Http404("no such attempt")
    return attempt
