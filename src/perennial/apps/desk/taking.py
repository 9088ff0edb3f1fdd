"""Takes what an intake holds into a draft, all in one transaction, and takes it back again."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.text import slugify

from perennial.apps.accounts.queries import Person
from perennial.apps.desk.arranging import MOST_SECTIONS
from perennial.apps.desk.models import Draft, DraftPart, PartRevision
from perennial.apps.desk.parts import Data, Kind
from perennial.apps.desk.services import LARGEST_PART, MOST_PARTS, begin_draft, put_draft_away, save_part
from perennial.apps.intakes.queries import Intake
from perennial.apps.intakes.services import mark_taken, mark_undone, result_of
from perennial.core.courses import Item
from perennial.core.questions import Link, Page
from perennial.core.values import Refusal

IN_ONE_GO = 500
NEW_DRAFT = "draft"


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a person says before taking a file: the objective and the section for questions without, and whether pages and links come."""

    objective: str = ""
    section: str = ""
    pages: bool = True
    links: bool = True


@dataclass(frozen=True, slots=True)
class Made:
    """A part to be made."""

    kind: str
    name: str
    data: Data


@transaction.atomic
def take_intake(*, intake: Intake, draft: Draft | None, person: Person, wishes: Wishes, at: datetime) -> Draft:
    """Make parts of what the file holds, in this draft or, without one, in a new one of the file's title."""
    taken = result_of(intake)
    into = draft or begin_draft(provider=intake.provider, person=person, title=taken.title or _title_of(intake), at=at)
    Draft.objects.select_for_update().get(pk=into.pk)
    there = set(DraftPart.objects.filter(draft=into).values_list("kind", "name"))
    before = len(there)
    made = [*_items(taken.items, into, there, wishes), *(_sections(taken.pages, there) if wishes.pages else ())]
    if not made and not (wishes.links and taken.links):
        raise Refusal("There is nothing in this file that can be taken. Mend it by the report, then choose it again.")
    if before + len(made) > MOST_PARTS:
        raise Refusal(f"A course holds {MOST_PARTS:,} parts, and this would make {before + len(made):,}. Take a smaller file.")
    _add(into, made, person, at)
    keys = [f"{one.kind}:{one.name}" for one in made]
    keys += [f"references:{name}" for name in _add_links(into, taken.links if wishes.links else (), person, at)]
    mark_taken(intake=intake, draft=into.slug, made=[*([] if draft else [NEW_DRAFT]), *keys], at=at)
    Draft.objects.filter(pk=into.pk).update(changed_at=at)
    return into


def _title_of(intake: Intake) -> str:
    return re.sub(r"[-_.\s]+", " ", intake.name.rpartition(".")[0] or intake.name).strip()[:90] or "A course"


def _items(items: Sequence[Item], draft: Draft, there: set[tuple[str, str]], wishes: Wishes) -> Iterator[Made]:
    """The questions with names that are free, and with an objective and a section of this draft or none."""
    outline = DraftPart.objects.filter(draft=draft, kind=Kind.OUTLINE).values_list("data", flat=True).first() or {}
    objectives = {str(entry.get("id")) for entry in outline.get("objectives", [])}
    sections = {f"{name}.md" for kind, name in there if kind == Kind.SECTION}
    for item in items:
        data = data_of(item)
        data["objective"] = item.objective if item.objective in objectives else wishes.objective
        data["section"] = item.section if item.section in sections else wishes.section
        yield Made(Kind.ITEM, _free(Kind.ITEM, item.id, there), data)


def data_of(item: Item) -> Data:
    """An item as the tables of its part, decimals as text."""
    table: dict[str, Any] = asdict(item)
    table.pop("id")
    if item.numeric:
        number = item.numeric
        table["numeric"] = {"value": f"{number.value:f}", "tolerance": f"{number.tolerance:f}", "unit": number.unit}
    return {**table, "options": list(table["options"]), "pairs": list(table["pairs"]), "steps": list(table["steps"])}


def _free(kind: str, wanted: str, there: set[tuple[str, str]]) -> str:
    """A name that no part of the kind has or had; it is taken from now on."""
    name, number = wanted, 1
    while (kind, name) in there:
        number += 1
        name = f"{wanted[:80]}-{number}"
    there.add((kind, name))
    return name


def _sections(pages: Sequence[Page], there: set[tuple[str, str]]) -> Iterator[Made]:
    """Pages as sections, numbered on from those that there are."""
    numbers = [int(name[:2]) for kind, name in there if kind == Kind.SECTION and name[:2].isdecimal()]
    last = max(numbers, default=0)
    if last + len(pages) > MOST_SECTIONS:
        raise Refusal(f"A course holds {MOST_SECTIONS} sections, and this would make {last + len(pages)}. Take it without its pages.")
    for number, page in enumerate(pages, last + 1):
        base = re.sub(r"[^a-z0-9]+", "-", slugify(page.title)).strip("-")[:60].strip("-") or "page"
        data = {"title": page.title, "objectives": [], "text": page.text.strip()}
        if len(page.text) > LARGEST_PART:
            raise Refusal(f"The page “{page.title}” is too long for a section. Take the file without its pages.")
        yield Made(Kind.SECTION, f"{number:02}-{base}", data)


def _add(draft: Draft, made: Sequence[Made], person: Person, at: datetime) -> None:
    """Add parts at the end of their kinds, with their first revisions; a fixed number of queries for each 500."""
    last: dict[str, int] = {}
    for kind in {one.kind for one in made}:
        last[kind] = DraftPart.objects.filter(draft=draft, kind=kind).aggregate(last=Max("place"))["last"] or 0
    parts = []
    for one in made:
        last[one.kind] += 1
        parts.append(DraftPart(draft=draft, kind=one.kind, name=one.name, place=last[one.kind], revision=1, data=one.data, changed_at=at))
    kept = DraftPart.objects.bulk_create(parts, batch_size=IN_ONE_GO)
    how = PartRevision.How.IMPORTED
    revisions = [PartRevision(part=part, number=1, how=how, data=part.data, by=person, at=at) for part in kept]
    PartRevision.objects.bulk_create(revisions, batch_size=IN_ONE_GO)


def _add_links(draft: Draft, links: Sequence[Link], person: Person, at: datetime) -> list[str]:
    """Links that the draft does not have yet, as references; their short names."""
    part = DraftPart.objects.select_for_update().filter(draft=draft, kind=Kind.REFERENCES).first()
    if part is None or not links:
        return []
    entries = list(part.data.get("references", []))
    known, names = {entry.get("url") for entry in entries}, {("reference", str(entry.get("id"))) for entry in entries}
    made = []
    for link in links:
        if link.url not in known:
            name = _free("reference", slugify(link.title)[:40].strip("-_") or "link", names)
            entries.append({"id": name, "text": link.title[:1000], "doi": "", "url": link.url[:1000]})
            made.append(name)
            known.add(link.url)
    save_part(part=part, data={**part.data, "references": entries}, base=part.revision, person=person, at=at)
    return made


@transaction.atomic
def take_back(*, intake: Intake, draft: Draft, person: Person, at: datetime) -> None:
    """Take out what was made of the file. What nobody changed since is gone; what somebody changed is removed and can be brought back;
    a draft made for the file is put away.
    """
    mark_undone(intake=intake)
    if NEW_DRAFT in intake.made:
        put_draft_away(draft=draft, at=at)
        return
    for kind in (Kind.ITEM, Kind.SECTION):
        names = [key.partition(":")[2] for key in intake.made if key.startswith(f"{kind}:")]
        for begin in range(0, len(names), IN_ONE_GO):
            some = names[begin : begin + IN_ONE_GO]
            made = DraftPart.objects.filter(draft=draft, kind=kind, name__in=some)
            made.filter(revision=1).delete()
            made.filter(removed_at=None).update(removed_at=at)
    gone = {key.partition(":")[2] for key in intake.made if key.startswith("references:")}
    part = DraftPart.objects.select_for_update().filter(draft=draft, kind=Kind.REFERENCES).first()
    if part is not None and gone:
        kept = [entry for entry in part.data.get("references", []) if entry.get("id") not in gone]
        save_part(part=part, data={**part.data, "references": kept}, base=part.revision, person=person, at=at)
    Draft.objects.filter(pk=draft.pk).update(changed_at=at)
