"""What is done with the order of parts, and with whole parts: moved, copied, begun with a name of their own."""

import re
from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils.text import slugify

from perennial.apps.accounts.queries import Person
from perennial.apps.desk.models import Draft, DraftPart
from perennial.apps.desk.parts import MANY, Data, Kind
from perennial.apps.desk.services import add_part, save_part
from perennial.core.values import Refusal, written

MOST_SECTIONS = 99
MOST_AT_ONCE = 500  # questions that are told their objective and section in one go
EMPTY: dict[str, Data] = {
    Kind.SECTION: {"title": "", "objectives": [], "text": ""},
    Kind.ITEM: {"kind": "single", "objective": "", "section": "", "stem": "", "options": []},
    Kind.CASE: {"title": "", "section": "", "objective": "", "start": "", "steps": []},
}


@transaction.atomic
def begin_part(*, draft: Draft, kind: str, title: str, person: Person, at: datetime) -> DraftPart:
    """Begin a section, question or case at the end; its short name comes of its title and never changes."""
    if kind not in MANY:
        raise Refusal("Every course has one part of this kind. Open it in the list of parts.")
    named = written(title, "title", 120, required=kind != Kind.ITEM)
    data = {**EMPTY[kind], **({"stem": named} if kind == Kind.ITEM else {"title": named})}
    return add_part(draft=draft, kind=kind, name=_free_name(draft, kind, named), data=data, person=person, at=at)


def _free_name(draft: Draft, kind: str, title: str) -> str:
    """A name that no part of the kind has or had."""
    taken = set(DraftPart.objects.filter(draft=draft, kind=kind).values_list("name", flat=True))
    if kind == Kind.ITEM:
        return next(name for name in (f"i{number:02}" for number in range(1, len(taken) + 2)) if name not in taken)
    base = re.sub(r"[^a-z0-9]+", "-", slugify(title)).strip("-")[:60].strip("-") or "part"
    if kind == Kind.SECTION:
        numbers = [int(name[:2]) for name in taken if name[:2].isdecimal()]
        number = max(numbers, default=0) + 1
        if number > MOST_SECTIONS:
            raise Refusal(f"A course holds {MOST_SECTIONS} sections. Divide it into two courses.")
        return f"{number:02}-{base}"
    return next(name for name in (base, *(f"{base}-{number}" for number in range(2, len(taken) + 3))) if name not in taken)


@transaction.atomic
def move_part(*, part: DraftPart, up: bool, at: datetime) -> None:
    """Put a part before the one before it, or after the one after it; at the end of the list nothing happens."""
    listed = list(DraftPart.objects.select_for_update().filter(draft_id=part.draft_id, kind=part.kind, removed_at=None))
    here = next((place for place, entry in enumerate(listed) if entry.pk == part.pk), None)
    if here is None:
        raise Refusal("This part was removed meanwhile. Bring it back first.")
    there = here - 1 if up else here + 1
    if not 0 <= there < len(listed):
        return
    listed[here], listed[there] = listed[there], listed[here]
    for place, entry in enumerate(listed, 1):
        entry.place = place
    DraftPart.objects.bulk_update(listed, ["place"])
    Draft.objects.filter(pk=part.draft_id).update(changed_at=at)


@transaction.atomic
def copy_part(*, part: DraftPart, person: Person, at: datetime) -> DraftPart:
    """Add a copy of a question at the end."""
    if part.kind != Kind.ITEM:
        raise Refusal("Questions alone can be copied.")
    name = _free_name(part.draft, part.kind, "")
    return add_part(draft=part.draft, kind=part.kind, name=name, data=part.data, person=person, at=at)


@transaction.atomic
def assign_items(*, draft: Draft, names: Collection[str] | None, objective: str, section: str, person: Person, at: datetime) -> int:
    """Have the questions of these names test this objective and stand to this section; of the two what is empty stays as it is.

    Without names, all questions that lack what is given, and of each only what it lacks, 500 at most. Gives how many were changed; the
    history of each keeps what stood.
    """
    given = {key: value for key, value in (("objective", objective), ("section", section)) if value}
    if not given:
        raise Refusal("Choose an objective or a section for the questions.")
    if names is not None and not names:
        raise Refusal("Tick the questions first, or choose “all that have none yet”.")
    changed = 0
    for part in DraftPart.objects.filter(draft=draft, kind=Kind.ITEM, removed_at=None):
        if names is None:
            new = {key: value for key, value in given.items() if not part.data.get(key)}
        else:
            new = given if part.name in names else {}
        if changed < MOST_AT_ONCE and any(part.data.get(key) != value for key, value in new.items()):
            save_part(part=part, data={**part.data, **new}, base=part.revision, person=person, at=at)
            changed += 1
    return changed
