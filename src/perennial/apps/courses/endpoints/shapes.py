"""What the endpoints of courses take and give."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from ninja import Schema

from perennial.apps.courses.content import content_of
from perennial.apps.courses.queries import Course, Enrolment, Progress
from perennial.apps.courses.shelf import Entry


class CourseOut(Schema):
    """A course as the catalog shows it; minutes are those of credit, of hours of 60."""

    slug: str
    title: str
    summary: str
    version: int
    level: str
    free: bool
    minutes: int
    topics: dict[str, int]
    parts: int


class AuthorOut(Schema):
    """Who wrote it."""

    name: str
    role: str
    qualifications: str


class PartOut(Schema):
    """A section by its stem."""

    stem: str
    title: str
    minutes: int


class CourseDetail(CourseOut):
    """A whole course, without the text of its sections and without its questions."""

    objectives: list[str]
    authors: list[AuthorOut]
    review: str
    disclosures: str
    audience: str
    needs: str
    approvals: list[str]
    test: dict[str, int | None]
    sections: list[PartOut]


class SectionOut(Schema):
    """A section as safe HTML."""

    stem: str
    title: str
    html: str
    references_html: str


class PartProgress(PartOut):
    """A section and whether it was opened and read."""

    opened: bool
    read: bool


class AttemptBrief(Schema):
    """An attempt in short; its questions are at assessments/attempts/{id}."""

    id: int
    number: int
    submitted_at: datetime | None
    score_percent: int | None
    passed: bool | None


class ProgressOut(Schema):
    """How far one's enrolment has come."""

    slug: str
    version: int
    occurrence: int
    started_at: datetime
    completed_at: datetime | None
    certificate_number: str
    last_section: str
    place: str
    minutes: int
    minutes_read: int
    sections: list[PartProgress]
    attempts: list[AttemptBrief]
    evaluated: bool


class PlaceIn(Schema):
    """Which heading was reached, where that is to be kept; `read` marks the section as read to its end."""

    place: str | None = None
    read: bool = False


class NoteIn(Schema):
    """A note and the revision that was changed. Nothing about clients."""

    text: str
    revision: int = 0


class NoteOut(Schema):
    """The note as it is kept."""

    text: str
    revision: int
    saved_at: datetime | None = None


class HighlightIn(Schema):
    """A passage: its words, and up to 64 characters before and after it."""

    quote: str
    before: str = ""
    after: str = ""


class HighlightOut(HighlightIn):
    """The highlight as it is kept."""

    uid: UUID
    note: str
    revision: int
    made_at: datetime


class EvaluationIn(Schema):
    """Answers by the name of the question: 1 to 5, words, or minutes."""

    answers: dict[str, str | int]


class QuestionOut(Schema):
    """A question of the evaluation form."""

    name: str
    words: str
    required: bool
    choices: list[tuple[str, str]]


def course_out(course: Course | Entry) -> dict[str, Any]:
    """A course for the catalog."""
    names = ("slug", "title", "summary", "version", "level", "minutes", "topics", "parts")
    return {**{name: getattr(course, name) for name in names}, "free": course.is_free}


def course_detail(course: Course, progress: Progress, approvals: Sequence[str] = ()) -> dict[str, Any]:
    """A whole course."""
    content = content_of(course)
    return {
        **course_out(course),
        "objectives": [objective.text for objective in content.objectives],
        "authors": [{"name": author.name, "role": author.role, "qualifications": author.qualifications} for author in content.authors],
        "review": content.review.says,
        "disclosures": content.disclosures,
        "audience": content.audience,
        "needs": content.needs,
        "approvals": list(approvals),
        "test": {"ask": content.test.ask, "pass_percent": content.test.pass_percent, "minutes": content.test.minutes},
        "sections": [{"stem": part.stem, "title": part.title, "minutes": part.minutes} for part in progress.parts],
    }


def progress_out(enrolment: Enrolment, progress: Progress) -> Mapping[str, Any]:
    """An enrolment with how far it has come."""
    names = ("slug", "occurrence", "started_at", "completed_at", "certificate_number", "place")
    parts = ("stem", "title", "minutes", "opened", "read")
    attempt = ("id", "number", "submitted_at", "score_percent", "passed")
    return {
        **{name: getattr(enrolment, name) for name in names},
        "version": enrolment.course.version,
        "last_section": enrolment.last_section.removesuffix(".md"),
        "minutes": progress.minutes,
        "minutes_read": progress.minutes_read,
        "sections": [{name: getattr(part, name) for name in parts} for part in progress.parts],
        "attempts": [{name: getattr(entry, name) for name in attempt} for entry in progress.attempts],
        "evaluated": progress.evaluated,
    }
