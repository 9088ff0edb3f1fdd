"""Takes a course folder into a desk: a new draft, or new states of the draft that has the folder's name; all of it or nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from pathlib import PurePosixPath

from django.db import IntegrityError, transaction

from perennial.apps.accounts.queries import Person
from perennial.apps.courses.queries import slug_is_taken
from perennial.apps.desk.folder import MEDIA, PartData, parts_of_files
from perennial.apps.desk.media import put_file
from perennial.apps.desk.models import Draft, DraftFile, DraftPart
from perennial.apps.desk.reading import read_files
from perennial.apps.desk.services import How, add_part, bring_part_back, remove_part, save_part
from perennial.apps.providers.queries import Provider
from perennial.core.values import Problem, Refusal


@dataclass(slots=True)
class Taken:
    """What became of a folder: the draft, or nothing and why; how many parts came, changed, stayed, went; what was left out."""

    draft: Draft | None = None
    problems: Sequence[Problem] = ()
    left_out: Sequence[str] = ()
    added: int = 0
    changed: int = 0
    same: int = 0
    removed: int = 0
    places: dict[str, int] = field(default_factory=dict)


def take_folder(*, provider: Provider, person: Person, files: Mapping[str, bytes], left_out: Sequence[str], at: datetime) -> Taken:
    """Take the files of a course folder into the provider's desk.

    A folder whose tables cannot be read changes nothing, and every problem comes back. One that can be read but is not
    in order is taken, with its problems.
    """
    course, problems = _read(files)
    if course is None:
        return Taken(problems=problems, left_out=left_out)
    with transaction.atomic():
        draft = _draft_for(provider, person, course, at)
        taken = Taken(draft, problems, left_out)
        there = {(part.kind, part.name): part for part in DraftPart.objects.select_for_update().filter(draft=draft)}
        for part in parts_of_files(files):
            _take(taken, there.pop((part.kind, part.name), None), part, person, at)
        for gone in there.values():
            _let_go(taken, gone, at)
        _take_media(draft, files, person, at)
        about = DraftPart.objects.get(draft=draft, kind="about")
        Draft.objects.filter(pk=draft.pk).update(title=about.data["title"], changed_at=at, removed_at=None)
        draft.refresh_from_db()
        return taken


def _read(files: Mapping[str, bytes]) -> tuple[str | None, Sequence[Problem]]:
    """The short name of the course that the files make; nothing where its tables cannot be read."""
    reading = read_files("", files)
    if reading.course is None:
        return None, reading.problems
    return reading.course.slug, read_files(reading.course.slug, files).problems


def _draft_for(provider: Provider, person: Person, slug: str, at: datetime) -> Draft:
    """The draft with this short name at this desk, or a new one."""
    draft = Draft.objects.select_for_update().filter(slug=slug).first()
    if draft is not None and draft.provider_id == provider.pk:
        return draft
    taken = Refusal(f"“{slug}” is the short name of a course of another provider. Write another slug into course.toml.")
    if draft is not None or slug_is_taken(slug):
        raise taken
    try:
        with transaction.atomic():
            return Draft.objects.create(provider=provider, slug=slug, title=slug[:90], made_by=person, made_at=at, changed_at=at)
    except IntegrityError:  # it was taken at the same moment
        raise taken from None


def _take(taken: Taken, there: DraftPart | None, part: PartData, person: Person, at: datetime) -> None:
    """Have the draft hold this part, at this place among its kind."""
    if taken.draft is None:
        return
    place = taken.places[part.kind] = taken.places.get(part.kind, 0) + 1
    if there is None:
        there = add_part(draft=taken.draft, kind=part.kind, name=part.name, data=part.data, person=person, at=at, how=How.IMPORTED)
        taken.added += 1
    elif there.removed_at:
        bring_part_back(part=there, at=at)
        there.removed_at = None
        save_part(part=there, data=part.data, base=there.revision, person=person, at=at, how=How.IMPORTED)
        taken.added += 1
    elif there.data == part.data:
        taken.same += 1
    else:
        save_part(part=there, data=part.data, base=there.revision, person=person, at=at, how=How.IMPORTED)
        taken.changed += 1
    if there.place != place:
        DraftPart.objects.filter(pk=there.pk).update(place=place)


def _let_go(taken: Taken, part: DraftPart, at: datetime) -> None:
    """Take out a part that the folder does not hold; one that every course has is emptied by its own page alone."""
    if part.removed_at or not part.name:
        return
    remove_part(part=part, at=at)
    taken.removed += 1


def _take_media(draft: Draft, files: Mapping[str, bytes], person: Person, at: datetime) -> None:
    """Keep the folder's media as the draft's files; those that it does not hold any more go."""
    found = {PurePosixPath(name).name: content for name, content in files.items() if name.startswith(MEDIA)}
    there = {entry.name: entry for entry in DraftFile.objects.filter(draft=draft)}
    for name, content in found.items():
        kept = there.get(name)
        if kept is None or kept.removed_at or kept.sha256 != sha256(content).hexdigest():
            put_file(draft=draft, name=name, content=content, person=person, at=at)
    DraftFile.objects.filter(draft=draft, removed_at=None, name__in=there.keys() - found.keys()).update(removed_at=at)
