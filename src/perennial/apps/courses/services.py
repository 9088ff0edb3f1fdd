"""What a person can do with a course: begin, read, note, be tested, evaluate, complete."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models.functions import Now

from perennial.apps.accounts.queries import Person
from perennial.apps.assessments.queries import Attempt, attempts_of, evaluation_of, is_over, paper_of
from perennial.apps.assessments.services import Needs, TestRules, keep_bank, save_answer, start_attempt, submit_attempt, submit_evaluation
from perennial.apps.courses.awarding import award
from perennial.apps.courses.citing import keep_cited
from perennial.apps.courses.content import content_of, freeze
from perennial.apps.courses.correcting import score_again as score_again
from perennial.apps.courses.keeping_files import keep_files
from perennial.apps.courses.models import Course, Enrolment, Note, SectionProgress
from perennial.apps.courses.queries import is_opened, progress_of, purpose_of, way_back
from perennial.apps.providers.queries import STARTER
from perennial.core import courses as core
from perennial.core.courses import read_course
from perennial.core.values import Problem, Refusal

LONGEST_NOTE = 20_000


def load_course(*, folder: Path) -> tuple[Course | None, tuple[Problem, ...]]:
    """Offer the course that a folder holds; the same content again changes nothing.

    New content is a new row: learners finish on the version on which they began. A folder that is
    not in order is not offered, and what was offered before stays.
    """
    content, problems = read_course(folder)
    if content is None or problems:
        return None, problems
    if Course.objects.filter(slug=content.slug).exclude(provider=STARTER).exists():
        return None, (Problem(f"{folder.name}/course.toml: slug", "is the short name of another provider's course", "Choose another."),)
    circle = way_back(content.slug, content.prerequisites)
    if circle:
        return None, (Problem(f"{folder.name}/course.toml: prerequisites", _in_a_circle(circle), "Take one of them out."),)
    names = {name for one in content.media for name in (one.file, one.captions) if name}
    return keep_course(content=content, media={name: (folder / "media" / name).read_bytes() for name in names}), ()


@transaction.atomic
def publish_course(
    *, content: core.Course, provider: str, listed: bool, bodies: Sequence[str] = (), media: Mapping[str, bytes] | None = None
) -> Course:
    """Offer this content as a course of the provider with this slug; in the catalog where it is `listed`, else by its link alone.

    `media` are its files by name. Approvals of the `bodies` cover it, and of no others. Refused where the short name is that of
    another provider's course.
    The same content for the same bodies again changes nothing.
    """
    if Course.objects.filter(slug=content.slug).exclude(provider=provider).exists():
        raise Refusal(f"“{content.slug}” is the short name of another provider's course. Begin the course anew under another title.")
    circle = way_back(content.slug, content.prerequisites)
    if circle:
        raise Refusal(f"“{content.slug}” {_in_a_circle(circle)}. Take one of them out under “Courses to take first”.")
    course = keep_course(content=content, provider=provider, listed=listed, media=media)
    if course.bodies != sorted(bodies):
        Course.objects.filter(pk=course.pk).update(bodies=sorted(bodies), loaded_at=Now())
        course.refresh_from_db(fields=["bodies", "loaded_at"])
    return course


def _in_a_circle(circle: Sequence[str]) -> str:
    return f"builds on {', which builds on '.join(circle)}: nobody could begin"


@transaction.atomic
def withdraw_course(*, slug: str, provider: str) -> None:
    """Offer this provider's course no longer: it leaves the catalog, and nobody new begins it. Who has begun it goes on."""
    Course.objects.filter(slug=slug, provider=provider, is_current=True).update(is_current=False)


@transaction.atomic
def offer_course_again(*, slug: str, provider: str) -> None:
    """Offer the version of this provider's course that was offered last, where none is offered now."""
    last = Course.objects.select_for_update().filter(slug=slug, provider=provider).order_by("-is_current", "-version", "-loaded_at").first()
    if last is None:
        raise Refusal("No version of this course was ever published. Publish it first.")
    circle = way_back(slug, content_of(last).prerequisites)
    if circle:
        raise Refusal(f"“{slug}” {_in_a_circle(circle)}. Publish a version without one of them.")
    if not last.is_current:
        last.is_current = True
        last.save(update_fields=["is_current", "loaded_at"])


@transaction.atomic
def list_courses_of(*, provider: str) -> None:
    """Have every course of a provider show in the catalog."""
    Course.objects.filter(provider=provider, is_listed=False).update(is_listed=True)


@transaction.atomic
def keep_course(*, content: core.Course, provider: str = STARTER, listed: bool = True, media: Mapping[str, bytes] | None = None) -> Course:
    """Keep this content as the version offered now, with its files by name."""
    keep_cited(content)
    there = Course.objects.filter(slug=content.slug, digest=content.digest).first()
    if there and there.is_current:
        return there
    Course.objects.filter(slug=content.slug, is_current=True).update(is_current=False)
    if there:
        there.is_current = True
        there.save(update_fields=["is_current", "loaded_at"])
        return there
    hour = content.credit.minutes_per_hour
    course = Course.objects.create(
        slug=content.slug,
        version=content.version,
        digest=content.digest,
        provider=provider,
        is_listed=listed,
        title=content.title,
        summary=content.summary,
        level=content.level,
        is_free=content.free,
        minutes=int(content.credit.hours * hour),
        topics={topic: int(hours * hour) for topic, hours in content.credit.topics},
        parts=len(content.sections),
        format=content.format,
        practices=list(content.practices),
        data=freeze(content),
        bank=keep_bank(owner_key=f"course:{content.slug}", version=content.digest, items=content.items),
    )
    keep_files(course, media or {})
    return course


def enrol(*, person: Person, course: Course, at: datetime) -> Enrolment:
    """Begin the course; the open enrolment where there is one. After completion a new occurrence begins."""
    try:
        with transaction.atomic():
            last = Enrolment.objects.filter(person=person, slug=course.slug).select_related("course").last()
            if last and last.completed_at is None:
                return last
            number = last.occurrence + 1 if last else 1
            begun = Enrolment(person=person, course=course, slug=course.slug, occurrence=number, started_at=at, bodies=list(course.bodies))
            begun.save(force_insert=True)
            return begun
    except IntegrityError:  # another tab was first
        return Enrolment.objects.get(person=person, slug=course.slug, completed_at=None)


@transaction.atomic
def open_section(*, enrolment: Enrolment, file: str, at: datetime) -> None:
    """Note that a section was opened, and that reading goes on there; writes only what is new."""
    if not is_opened(enrolment, file):
        SectionProgress.objects.bulk_create([SectionProgress(enrolment=enrolment, file=file, opened_at=at)], ignore_conflicts=True)
    if enrolment.last_section != file:
        Enrolment.objects.filter(pk=enrolment.pk).exclude(last_section=file).update(last_section=file, place="")


@transaction.atomic
def mark_read(*, enrolment: Enrolment, file: str, at: datetime) -> None:
    """Note that a section was read to its end; the first time stands."""
    open_section(enrolment=enrolment, file=file, at=at)
    SectionProgress.objects.filter(enrolment=enrolment, file=file, read_at=None).update(read_at=at)


@transaction.atomic
def keep_place(*, enrolment: Enrolment, file: str, place: str) -> None:
    """Note which heading the reader has reached in a section, to go on there."""
    Enrolment.objects.filter(pk=enrolment.pk).update(last_section=file, place=place[:200])


@transaction.atomic
def save_note(*, enrolment: Enrolment, file: str, text: str, revision: int, at: datetime) -> Note:
    """Keep the reader's note on a section.

    `revision` is that of the note which the reader changed. Where another tab has saved since, both texts stay.
    """
    if len(text) > LONGEST_NOTE:
        raise Refusal(f"A note holds {LONGEST_NOTE:,} characters; this one has {len(text):,}. Shorten it, then save again.")
    person, slug = enrolment.person, enrolment.slug
    Note.objects.bulk_create([Note(person=person, slug=slug, file=file, revision=0, saved_at=at)], ignore_conflicts=True)
    note = Note.objects.select_for_update().get(person=person, slug=slug, file=file)
    text = text.replace("\r\n", "\n").replace("\x00", "").strip()
    if text == note.text:
        return note
    if revision != note.revision and note.text not in text:
        text = f"{note.text}\n\n{text}".strip()
    note.text, note.revision, note.saved_at = text, note.revision + 1, at
    note.save(update_fields=["text", "revision", "saved_at"])
    return note


def start_test(*, enrolment: Enrolment, at: datetime, needs: Needs = Needs()) -> Attempt:  # noqa: B008  a value that never changes
    """The open attempt at the test, or a new one with questions not asked before. All parts come first. `needs`: more time, breaks."""
    unread = progress_of(enrolment.course, enrolment).unread
    if unread:
        raise Refusal(f"Read the whole course first. Still to read: {', '.join(part.title for part in unread)}.")
    test = content_of(enrolment.course).test
    return start_attempt(
        person=enrolment.person,
        bank=enrolment.course.bank,
        purpose_key=purpose_of(enrolment),
        rules=TestRules(test.ask, test.pass_percent, test.minutes, needs=needs),
        at=at,
    )


def save_answers(*, attempt: Attempt, given: Mapping[str, Sequence[str]], at: datetime) -> int:
    """Keep what a whole form holds, each answer for itself; gives how many were new or different."""
    saved = paper_of(attempt).saved if given else {}
    changed = {item: list(keys) for item, keys in given.items() if list(keys) != saved.get(item, [])}
    for item_id, keys in changed.items():
        save_answer(attempt=attempt, item_id=item_id, chosen=keys, at=at)
    return len(changed)


def hand_in(*, attempt: Attempt, given: Mapping[str, Sequence[str]], at: datetime) -> Attempt:
    """Save what the form holds and hand the test in. After its time only what was saved before counts."""
    if attempt.submitted_at is None and not is_over(attempt, at) and not attempt.paused_at:
        save_answers(attempt=attempt, given=given, at=at)
    return submit_attempt(attempt=attempt, at=at)


@transaction.atomic
def finish_course(*, enrolment: Enrolment, answers: Mapping[str, Any], at: datetime) -> Enrolment:
    """Keep the evaluation and complete the course, both or neither; a second evaluation changes nothing."""
    if _passed(enrolment) is None:
        raise Refusal("Pass the test first; then tell us how the course was.")
    submit_evaluation(person=enrolment.person, purpose_key=purpose_of(enrolment), answers=answers, at=at)
    return complete_course(enrolment=enrolment, at=at)


@transaction.atomic
def complete_course(*, enrolment: Enrolment, at: datetime) -> Enrolment:
    """Close the enrolment, issue its certificate and award its hours, once."""
    enrolment = Enrolment.objects.select_for_update(of=("self",)).select_related("course", "person").get(pk=enrolment.pk)
    if enrolment.completed_at:
        return enrolment
    passed = _passed(enrolment)
    if passed is None:
        raise Refusal("Pass the test first; you have as many attempts as you like.")
    if evaluation_of(enrolment.person, purpose_of(enrolment)) is None:
        raise Refusal("Fill in the evaluation first; the certificate waits for it.")
    enrolment.completed_at = at
    enrolment.certificate_number = award(enrolment, passed, at)
    enrolment.save(update_fields=["completed_at", "certificate_number"])
    return enrolment


def _passed(enrolment: Enrolment) -> Attempt | None:
    return next((attempt for attempt in attempts_of(enrolment.person, purpose_of(enrolment)) if attempt.passed), None)
