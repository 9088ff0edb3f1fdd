"""Who may see what of a course: its offer and text anyone, progress and tests the person who takes it."""

from django.http import Http404
from django.utils import timezone

from perennial.apps.accounts.queries import Person
from perennial.apps.assessments.queries import Attempt, attempt_of_purpose
from perennial.apps.courses.content import content_of
from perennial.apps.courses.models import Course, CourseFile, Enrolment, FollowUp
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


def media_of(person: Person | None, slug: str, digest: str, name: str) -> CourseFile:
    """A file of the version with this digest, with the version; else 404.

    Whoever may read a section may see it: anyone where the version is offered now, and else who has begun it.
    """
    files = CourseFile.objects.select_related("course").defer("course__data")
    found = files.filter(course__slug=slug, course__digest=digest, name=name).first()
    if found is None or not (found.course.is_current or _has_begun(person, found.course)):
        raise Http404("no such file")
    return found


def _has_begun(person: Person | None, course: Course) -> bool:
    return person is not None and Enrolment.objects.filter(person=person, course=course).exists()


def enrolment_of(person: Person, slug: str) -> Enrolment:
    """The person's own latest enrolment; else 404."""
    enrolment = enrolment_for(person, slug)
    if enrolment is None:
        raise Http404("not begun")
    return enrolment


def completed_of(person: Person, slug: str, occurrence: int) -> Enrolment:
    """The person's own completed enrolment of this occurrence, with its version; else 404."""
    found = Enrolment.objects.filter(person=person, slug=slug, occurrence=occurrence, completed_at__isnull=False)
    enrolment = found.select_related("course", "person").defer("course__data").first()
    if enrolment is None:
        raise Http404("not completed")
    return enrolment


def due_of(enrolment: Enrolment, kind: str, days: int) -> FollowUp:
    """What is asked so many days after the course, if its day has come; else 404."""
    found = FollowUp.objects.filter(enrolment=enrolment, kind=kind, days=days, due_on__lte=timezone.localdate()).first()
    if found is None:
        raise Http404("not due")
    found.enrolment = enrolment
    return found


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
