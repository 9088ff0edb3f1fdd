"""What is done at a desk: it is opened, and drafts are begun, saved part by part, and put away."""

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.text import slugify

from perennial.apps.accounts.queries import Person
from perennial.apps.courses.queries import slug_is_taken
from perennial.apps.desk.models import Draft, DraftPart, PartRevision
from perennial.apps.desk.parts import MANY, Data, Kind, first_parts
from perennial.apps.providers.queries import Provider
from perennial.core.values import Refusal, written

How = PartRevision.How
LONGEST_TITLE = 90
TRIES = 5
MOST_PARTS = 12_000
LARGEST_PART = 1_000_000


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of a save: the part as it stands, and where somebody else was first, what was kept beside it."""

    part: DraftPart
    aside: PartRevision | None = None


@transaction.atomic
def begin_draft(*, provider: Provider, person: Person, title: str, at: datetime) -> Draft:
    """Begin a course with its single parts empty."""
    named = written(title, "title", LONGEST_TITLE, required=True)
    draft = _begun(Draft(provider=provider, title=named, made_by=person, made_at=at, changed_at=at))
    for kind, data in first_parts(named).items():
        add_part(draft=draft, kind=kind, name="", data=data, person=person, at=at)
    return draft


def _begun(draft: Draft) -> Draft:
    """Keep a new draft under a short name of its title; under another where somebody took that one at the same moment."""
    for _ in range(TRIES):
        draft.slug = _free_slug(draft.title)
        try:
            with transaction.atomic():
                draft.save(force_insert=True)
                return draft
        except IntegrityError:
            continue
    raise Refusal("Many courses of this title are being begun at this moment. Try once more.")


def _free_slug(title: str) -> str:
    """A short name of the title that neither a draft nor a course has."""
    base = slugify(title)[:80].strip("-_") or "course"
    number, slug = 1, base
    while Draft.objects.filter(slug=slug).exists() or slug_is_taken(slug):
        number += 1
        slug = f"{base}-{number}"
    return slug


@transaction.atomic
def add_part(  # noqa: PLR0913  a part is named by draft, kind and name
    *, draft: Draft, kind: str, name: str, data: Data, person: Person | None, at: datetime, how: str = How.BEGUN
) -> DraftPart:
    """Add a part at the end of its kind. Refused where the draft has one of this name, removed ones included."""
    Draft.objects.select_for_update(no_key=True).get(pk=draft.pk)  # one part is added after the other
    if DraftPart.objects.filter(draft=draft, kind=kind, name=name).exists():
        raise Refusal(f"This course has a {kind} “{name}” already, perhaps among what was removed. Choose another short name.")
    if kind in MANY and DraftPart.objects.filter(draft=draft).count() >= MOST_PARTS:
        raise Refusal(f"A course holds {MOST_PARTS:,} parts. Divide it into two courses.")
    last = DraftPart.objects.filter(draft=draft, kind=kind).aggregate(last=Max("place"))["last"] or 0
    part = DraftPart.objects.create(draft=draft, kind=kind, name=name, place=last + 1, revision=1, data=data, changed_at=at)
    PartRevision.objects.create(part=part, number=1, how=how, data=data, by=person, at=at)
    return part


@transaction.atomic
def save_part(*, part: DraftPart, data: Data, base: int, person: Person, at: datetime, how: str = How.SAVED) -> Saved:
    """Have the part say this. `base` is the number of the revision that the person had before them.

    Where somebody else has saved since, what stands stays, and this is kept aside: nothing is lost, nothing overwritten.
    """
    part = DraftPart.objects.select_for_update(of=("self",)).select_related("draft").get(pk=part.pk)
    if part.removed_at:
        raise Refusal("This part was removed meanwhile. Bring it back first, then save again.")
    if data == part.data:
        return Saved(part)
    number = PartRevision.objects.filter(part=part).aggregate(last=Max("number"))["last"] + 1
    aside = base != part.revision
    made = PartRevision.objects.create(part=part, number=number, how=how, aside=aside, data=data, by=person, at=at)
    if aside:
        return Saved(part, made)
    part.data, part.revision, part.changed_at = data, number, at
    part.save(update_fields=["data", "revision", "changed_at"])
    _touch(part, at)
    return Saved(part)


def _touch(part: DraftPart, at: datetime) -> None:
    """Note on the draft that it changed, and its title."""
    changed: Data = {"changed_at": at}
    if part.kind == Kind.ABOUT and part.data.get("title"):
        changed["title"] = str(part.data["title"])[:LONGEST_TITLE]
    Draft.objects.filter(pk=part.draft_id).update(**changed)


@transaction.atomic
def remove_part(*, part: DraftPart, at: datetime) -> None:
    """Take a section, question or case out of the course; it can be brought back."""
    if part.kind not in MANY:
        raise Refusal("This part belongs to every course. Empty its fields instead.")
    DraftPart.objects.filter(pk=part.pk, removed_at=None).update(removed_at=at)
    Draft.objects.filter(pk=part.draft_id).update(changed_at=at)


@transaction.atomic
def bring_part_back(*, part: DraftPart, at: datetime) -> None:
    """Put a removed part back where it was."""
    DraftPart.objects.filter(pk=part.pk).update(removed_at=None)
    Draft.objects.filter(pk=part.draft_id).update(changed_at=at)


@transaction.atomic
def put_draft_away(*, draft: Draft, at: datetime) -> None:
    """Take a draft out of the list; what was published of it stays published."""
    Draft.objects.filter(pk=draft.pk, removed_at=None).update(removed_at=at)


@transaction.atomic
def bring_draft_back(*, draft: Draft) -> None:
    """Put a draft back into the list."""
    Draft.objects.filter(pk=draft.pk).update(removed_at=None)
