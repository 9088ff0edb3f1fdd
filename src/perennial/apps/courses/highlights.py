"""Highlights: a passage by its words and those around it, with a note if wanted; they find their place again after small edits.

A highlight is made under a key of its own (UUID) by the page, so that sending it twice keeps it once.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from perennial.apps.accounts.queries import Person
from perennial.apps.courses.models import Enrolment, Highlight
from perennial.core.values import Refusal
from perennial.tables import Prepared

LONGEST_QUOTE, LONGEST_NOTE, AROUND, MOST = 2_000, 5_000, 64, 1_000
KEPT_AFTER_REMOVAL = timedelta(days=30)
_OF_COURSE: Prepared[Highlight] = Prepared(lambda person, slug: Highlight.objects.filter(person_id=person, slug=slug, removed_at=None))
_OF_SECTION: Prepared[Highlight] = Prepared(
    lambda person, slug, file: Highlight.objects.filter(person_id=person, slug=slug, file=file, removed_at=None)
)


@dataclass(frozen=True, slots=True)
class Passage:
    """The words of a passage, and up to 64 characters before and after it."""

    quote: str
    before: str = ""
    after: str = ""


@transaction.atomic
def keep_highlight(*, enrolment: Enrolment, file: str, uid: UUID, passage: Passage, at: datetime) -> Highlight:
    """Highlight a passage; under a key that is there already nothing is made."""
    quote = plain(passage.quote).strip()
    if not quote:
        raise Refusal("Nothing is selected. Select some words of the text, then highlight them.")
    if len(quote) > LONGEST_QUOTE:
        raise Refusal(f"A highlight holds {LONGEST_QUOTE:,} characters; this one has {len(quote):,}. Select less.")
    there = Highlight.objects.filter(person=enrolment.person, uid=uid).first()
    if there:
        return there
    if Highlight.objects.filter(person=enrolment.person, slug=enrolment.slug).count() >= MOST:
        raise Refusal(f"{MOST:,} passages of this course are highlighted. Remove one first.")
    before, after = plain(passage.before)[-AROUND:], plain(passage.after)[:AROUND]
    made = Highlight(person=enrolment.person, uid=uid, slug=enrolment.slug, file=file, quote=quote, before=before, after=after)
    made.made_at = made.saved_at = at
    Highlight.objects.bulk_create([made], ignore_conflicts=True)
    return Highlight.objects.get(person=enrolment.person, uid=uid)


@transaction.atomic
def note_highlight(*, highlight: Highlight, text: str, revision: int, at: datetime) -> Highlight:
    """Keep the note on a highlight. Where it was changed elsewhere since `revision`, both texts stay."""
    highlight = Highlight.objects.select_for_update().get(pk=highlight.pk)
    text = plain(text).replace("\r\n", "\n").strip()
    if text == highlight.note:
        return highlight
    if revision != highlight.revision and highlight.note not in text:
        text = f"{highlight.note}\n\n{text}".strip()
    if len(text) > LONGEST_NOTE:
        raise Refusal(f"A note on a passage holds {LONGEST_NOTE:,} characters; this one has {len(text):,}. Shorten it, then save again.")
    highlight.note, highlight.revision, highlight.saved_at = text, highlight.revision + 1, at
    highlight.save(update_fields=["note", "revision", "saved_at"])
    return highlight


def remove_highlight(*, highlight: Highlight, at: datetime) -> None:
    """Take a highlight away; for 30 days it can be put back."""
    Highlight.objects.filter(pk=highlight.pk, removed_at=None).update(removed_at=at)


def restore_highlight(*, highlight: Highlight) -> None:
    """Put a removed highlight back."""
    Highlight.objects.filter(pk=highlight.pk).update(removed_at=None)


def highlights_on(person: Person, slug: str, file: str = "") -> list[Highlight]:
    """The person's highlights in a course, or in one section of it, in the order in which they were made; one query."""
    return _OF_SECTION.all(person=person.pk, slug=slug, file=file) if file else _OF_COURSE.all(person=person.pk, slug=slug)


def removed_highlights(person: Person, slug: str, at: datetime) -> list[Highlight]:
    """The highlights that can be put back."""
    return list(Highlight.objects.filter(person=person, slug=slug, removed_at__gt=at - KEPT_AFTER_REMOVAL))


def highlight_of(person: Person, slug: str, uid: UUID) -> Highlight | None:
    """One highlight of the person, removed or not."""
    return Highlight.objects.filter(person=person, slug=slug, uid=uid).first()


def in_reading_order(highlights: Sequence[Highlight], text: str) -> list[Highlight]:
    """Highlights of a section in the order of its text; those whose words are no longer in it come last."""
    folded = " ".join(text.split())
    places = {highlight.pk: folded.find(" ".join(highlight.quote.split())) for highlight in highlights}
    return sorted(highlights, key=lambda highlight: (places[highlight.pk] < 0, places[highlight.pk]))


def plain(text: str) -> str:
    """Text without what no table holds."""
    return text.replace("\x00", "").encode("utf-8", "ignore").decode()
