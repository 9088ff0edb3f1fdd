"""Reads courses, enrolments and how far a reader has come."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from perennial.apps.accounts.queries import Person
from perennial.apps.assessments.queries import Attempt, attempts_of, evaluation_of
from perennial.apps.courses.content import content_of, minutes_of, stem_of
from perennial.apps.courses.models import Course, CourseFile, Enrolment, Highlight, Note, SectionProgress
from perennial.apps.courses.naming import topic_name
from perennial.apps.courses.saying import Said as Said
from perennial.apps.courses.saying import said_of as said_of
from perennial.apps.courses.shelf import Entry, Shelf
from perennial.apps.courses.yearly import CourseYear as CourseYear
from perennial.apps.courses.yearly import asked_in_evaluation as asked_in_evaluation
from perennial.apps.courses.yearly import years_of as years_of
from perennial.core import courses as core
from perennial.tables import Prepared

__all__ = [
    "Course",
    "Enrolment",
    "Note",
    "Part",
    "Progress",
    "courses_begun",
    "current_course",
    "current_courses",
    "enrolment_for",
    "export_of",
    "files_of",
    "folder_of",
    "latest_enrolments",
    "latest_version",
    "names_of",
    "note_on",
    "notes_on",
    "progress_of",
    "purpose_of",
    "slug_is_taken",
    "versions_of",
]


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

    def part(self, stem: str) -> Part:
        """The part whose file has this stem; there must be one."""
        return next(part for part in self.parts if part.stem == stem)

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


def versions_of(slug: str) -> list[Course]:
    """Every version there was of a course, the latest first, without their data; one query."""
    return list(Course.objects.filter(slug=slug).defer("data").order_by("-version", "-loaded_at"))


def current_course(slug: str) -> Course | None:
    """The version that is offered now."""
    return _current.first(slug=slug)


def current_courses(slugs: Iterable[str]) -> dict[str, Course]:
    """The versions offered now of these courses, by short name; one query."""
    return {course.slug: course for course in Course.objects.filter(slug__in=list(slugs), is_current=True).defer("data")}


def latest_version(slug: str, provider: str) -> Course | None:
    """The version of this provider's course that is offered now, or else the one offered last; nothing of another's of that short name."""
    return Course.objects.filter(slug=slug, provider=provider).defer("data").order_by("-is_current", "-version", "-loaded_at").first()


def files_of(course: Course) -> dict[str, str]:
    """The SHA-256 of each file of a version, by name; one query."""
    return dict(CourseFile.objects.filter(course=course).values_list("name", "sha256"))


def folder_of(course: Course) -> dict[str, bytes]:
    """The folder of a version, by path, with its files."""
    media = {entry.name: entry.file.read() for entry in CourseFile.objects.filter(course=course)}
    return core.write_course(content_of(course), media)


def way_back(slug: str, asked: Iterable[str]) -> tuple[str, ...]:
    """By which courses one that builds on those `asked` would come to build on itself, in order; empty where it would not.

    One query for each step of the way, none where nothing is asked.
    """
    ways: dict[str, tuple[str, ...]] = {name: (name,) for name in asked}
    ahead = list(ways)
    while ahead:
        rows = Course.objects.filter(slug__in=ahead, is_current=True).values_list("slug", "data__prerequisites")
        further = [(name, one) for name, others in rows for one in others or ()]
        ahead = []
        for name, one in further:
            if one == slug:
                return (*ways[name], one)
            if one not in ways:
                ways[one] = (*ways[name], one)
                ahead.append(one)
    return ()


def slug_is_taken(slug: str) -> bool:
    """Whether a course has, or had, this short name."""
    return Course.objects.filter(slug=slug).exists()


_latest = Prepared(lambda person, slug: Enrolment.objects.filter(person_id=person, slug=slug).order_by("-occurrence")[:1])
_version = Prepared(lambda pk: Course.objects.filter(pk=pk).defer("data"))
_current = Prepared(lambda slug: Course.objects.filter(slug=slug, is_current=True).defer("data"))
_progress = Prepared(lambda enrolment: SectionProgress.objects.filter(enrolment_id=enrolment))
_opened = Prepared(lambda enrolment, file: SectionProgress.objects.filter(enrolment_id=enrolment, file=file))
_note = Prepared(lambda person, slug, file: Note.objects.filter(person_id=person, slug=slug, file=file))
_enrolments = Prepared(lambda person: Enrolment.objects.filter(person_id=person).order_by("occurrence"))


def enrolment_for(person: Person, slug: str) -> Enrolment | None:
    """The person's latest enrolment in a course, the open one or else the last that was completed, with its version; two queries."""
    found = _latest.first(person=person.pk, slug=slug)
    version = _version.first(pk=found.course_id) if found else None
    if found is None or version is None:
        return None
    found.person, found.course = person, version
    return found


def is_opened(enrolment: Enrolment, file: str) -> bool:
    """Whether this section was opened before."""
    return _opened.first(enrolment=enrolment.pk, file=file) is not None


def courses_begun(enrolments: Iterable[Enrolment], shelf: Shelf) -> list[tuple[Entry | Course, Enrolment]]:
    """Those that are not completed, each with the version on which it began, by title; one query where one is offered no more."""
    begun = [one for one in enrolments if one.completed_at is None]
    gone = [one.course_id for one in begun if shelf.entry(one.course_id) is None]
    rows = Course.objects.filter(pk__in=gone).defer("data").in_bulk() if gone else {}
    return sorted(((shelf.entry(one.course_id) or rows[one.course_id], one) for one in begun), key=lambda pair: pair[0].title)


def latest_enrolments(person: Person) -> dict[str, Enrolment]:
    """The person's latest enrolment in each course, by the course's short name."""
    return {enrolment.slug: enrolment for enrolment in _enrolments.all(person=person.pk)}


def progress_of(course: Course, enrolment: Enrolment | None) -> Progress:
    """How far the enrolment has come; three queries."""
    sections = content_of(course).sections
    if enrolment is None:
        return Progress(parts_of(sections, {}))
    rows = {row.file: row for row in _progress.all(enrolment=enrolment.pk)}
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
    return _note.first(person=person.pk, slug=slug, file=file)


def notes_on(person: Person, slug: str) -> list[Note]:
    """The person's own notes on a course that are not empty, in the order of its sections."""
    return list(Note.objects.filter(person=person, slug=slug).exclude(text="").order_by("file"))


def names_of(topics: Mapping[str, int]) -> dict[str, str]:
    """The names of topics for people, by slug."""
    return {slug: topic_name(slug) for slug in topics}


def export_of(person: Person) -> dict[str, Any]:
    """A person's enrolments with what was read, notes, highlights, commitments and ways through cases, as plain values; seven queries."""
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
                "commitments": [
                    {"text": one.text, "outcomes": {str(report.days): report.outcome for report in one.reports.all()}}
                    for one in enrolment.commitments.all()
                ],
                "cases": [
                    {"case": run.case_id, "way": run.way, "seen": run.seen, "changed_at": run.changed_at.isoformat()}
                    for run in enrolment.cases.all()
                ],
            }
            for enrolment in enrolments.prefetch_related("progress", "cases", "commitments__reports")
        ],
        "notes": [
            {"course": note.slug, "section": note.file, "text": note.text, "saved_at": note.saved_at.isoformat()}
            for note in Note.objects.filter(person=person).order_by("pk")
        ],
        "highlights": [
            {"course": one.slug, "section": one.file, "quote": one.quote, "note": one.note, "made_at": one.made_at.isoformat()}
            for one in Highlight.objects.filter(person=person, removed_at=None)
        ],
    }
