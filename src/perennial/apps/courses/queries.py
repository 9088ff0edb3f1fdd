"""Reads courses, enrolments and how far a reader has come."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings
from django.db.models import Q

from perennial.apps.accounts.queries import Person
from perennial.apps.assessments.queries import Attempt, attempts_of, evaluation_of
from perennial.apps.courses.content import content_of, minutes_of, stem_of
from perennial.apps.courses.models import Course, Enrolment, Note, SectionProgress
from perennial.core import courses as core
from perennial.core.rules.vocabulary import Vocabulary, read_vocabulary

__all__ = [
    "HOURS",
    "Course",
    "Enrolment",
    "Filters",
    "Note",
    "Part",
    "Progress",
    "current_course",
    "enrolment_for",
    "export_of",
    "latest_enrolments",
    "names_of",
    "note_on",
    "notes_on",
    "offered_topics",
    "progress_of",
    "published_courses",
    "purpose_of",
]

# Length of a course in minutes of credit: at least, and at most.
HOURS: Mapping[str, tuple[int, int]] = {"short": (0, 60), "middle": (61, 180), "long": (181, 10**6)}


@dataclass(frozen=True, slots=True)
class Filters:
    """What someone looks for in the catalog; empty means all."""

    search: str = ""
    topic: str = ""
    hours: str = ""
    free: bool = False

    @property
    def chosen(self) -> bool:
        """Whether anything is asked for."""
        return bool(self.search or self.topic or self.hours or self.free)


@dataclass(frozen=True, slots=True)
class Part:
    """A section for the list of parts: its number, and whether it was opened and read."""

    number: int
    stem: str
    title: str
    minutes: int
    opened: bool
    read: bool

    @property
    def state(self) -> str:
        """met: read; part: opened; nothing: not yet."""
        return "met" if self.read else "part" if self.opened else ""

    @property
    def words(self) -> str:
        """The state for those who do not see the leaf."""
        return "read" if self.read else "begun" if self.opened else "to read"


@dataclass(frozen=True, slots=True)
class Progress:
    """How far someone has come: parts, tests, evaluation. Without an enrolment nothing is begun."""

    parts: tuple[Part, ...]
    attempts: tuple[Attempt, ...] = ()
    evaluated: bool = False

    @property
    def minutes(self) -> int:
        """About how long the whole course takes to read."""
        return sum(part.minutes for part in self.parts)

    @property
    def minutes_read(self) -> int:
        """Of these, those of parts read to the end."""
        return sum(part.minutes for part in self.parts if part.read)

    @property
    def unread(self) -> Sequence[Part]:
        """The parts not yet read to the end."""
        return [part for part in self.parts if not part.read]

    @property
    def passed(self) -> Attempt | None:
        """The attempt that passed."""
        return next((attempt for attempt in self.attempts if attempt.passed), None)

    @property
    def open(self) -> Attempt | None:
        """The attempt not yet handed in."""
        return next((attempt for attempt in self.attempts if attempt.submitted_at is None), None)


def purpose_of(enrolment: Enrolment) -> str:
    """The key under which this enrolment's attempts and evaluation are kept."""
    return f"enrolment:{enrolment.pk}"


def published_courses(filters: Filters) -> list[Course]:
    """The courses offered now that fit, by title; one query."""
    found = Course.objects.filter(is_current=True).defer("data")
    for word in filters.search.split()[:8]:
        found = found.filter(Q(title__icontains=word) | Q(summary__icontains=word))
    if filters.topic:
        found = found.filter(topics__has_key=filters.topic)
    if filters.hours in HOURS:
        found = found.filter(minutes__range=HOURS[filters.hours])
    if filters.free:
        found = found.filter(is_free=True)
    return list(found)


def offered_topics() -> list[tuple[str, str]]:
    """The topics of all courses offered now, slug and name, by name."""
    topics = Course.objects.filter(is_current=True).values_list("topics", flat=True)
    return sorted(names_of({slug: 0 for some in topics for slug in some}).items(), key=lambda entry: entry[1])


def current_course(slug: str) -> Course | None:
    """The version that is offered now."""
    return Course.objects.filter(slug=slug, is_current=True).defer("data").first()


def enrolment_for(person: Person, slug: str) -> Enrolment | None:
    """The person's latest enrolment in a course: the open one, or else the last that was completed."""
    found = Enrolment.objects.filter(person=person, slug=slug).select_related("course").defer("course__data").last()
    if found:
        found.person = person
    return found


def latest_enrolments(person: Person) -> dict[str, Enrolment]:
    """The person's latest enrolment in each course, by the course's short name."""
    return {enrolment.slug: enrolment for enrolment in Enrolment.objects.filter(person=person).order_by("occurrence")}


def progress_of(course: Course, enrolment: Enrolment | None) -> Progress:
    """How far the enrolment has come; three queries."""
    sections = content_of(course).sections
    if enrolment is None:
        return Progress(parts_of(sections, {}))
    rows = {row.file: row for row in SectionProgress.objects.filter(enrolment=enrolment)}
    purpose = purpose_of(enrolment)
    attempts = attempts_of(enrolment.person, purpose)
    return Progress(parts_of(sections, rows), tuple(attempts), evaluation_of(enrolment.person, purpose) is not None)


def parts_of(sections: Sequence[core.Section], rows: Mapping[str, SectionProgress]) -> tuple[Part, ...]:
    """The list of parts."""
    return tuple(
        Part(
            number=number,
            stem=stem_of(section.file),
            title=section.title,
            minutes=minutes_of(section),
            opened=section.file in rows,
            read=section.file in rows and rows[section.file].read_at is not None,
        )
        for number, section in enumerate(sections, 1)
    )


def note_on(person: Person, slug: str, file: str) -> Note | None:
    """The person's own note on a section."""
    return Note.objects.filter(person=person, slug=slug, file=file).first()


def notes_on(person: Person, slug: str) -> list[Note]:
    """The person's own notes on a course that are not empty, in the order of its sections."""
    return list(Note.objects.filter(person=person, slug=slug).exclude(text="").order_by("file"))


def names_of(topics: Mapping[str, int]) -> dict[str, str]:
    """The names of topics for people, by slug."""
    return {slug: _vocabulary().name(slug) for slug in topics}


@cache
def _vocabulary() -> Vocabulary:
    return read_vocabulary(settings.RULEBASE / "vocabulary.toml")


def export_of(person: Person) -> dict[str, Any]:
    """A person's enrolments with what was read, and notes, as plain values; three queries."""
    enrolments = Enrolment.objects.filter(person=person).select_related("course").defer("course__data").order_by("pk")
    return {
        "enrolments": [
            {
                "id": enrolment.pk,
                "course": enrolment.slug,
                "title": enrolment.course.title,
                "version": enrolment.course.version,
                "digest": enrolment.course.digest,
                "occurrence": enrolment.occurrence,
                "started_at": enrolment.started_at.isoformat(),
                "completed_at": enrolment.completed_at.isoformat() if enrolment.completed_at else None,
                "certificate_number": enrolment.certificate_number,
                "last_section": enrolment.last_section,
                "sections": [
                    {
                        "section": row.file,
                        "opened_at": row.opened_at.isoformat(),
                        "read_at": row.read_at.isoformat() if row.read_at else None,
                    }
                    for row in enrolment.progress.all()
                ],
            }
            for enrolment in enrolments.prefetch_related("progress")
        ],
        "notes": [
            {"course": note.slug, "section": note.file, "text": note.text, "saved_at": note.saved_at.isoformat()}
            for note in Note.objects.filter(person=person).order_by("pk")
        ],
    }
