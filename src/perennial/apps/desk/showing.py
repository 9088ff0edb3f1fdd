"""What every page of a draft needs: the draft as its reader sees it, its rail, and the choices that depend on it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from perennial.apps.courses.naming import practice_name
from perennial.apps.courses.shelf import shelf_now
from perennial.apps.desk.fields import Choices
from perennial.apps.desk.judging import judge_house
from perennial.apps.desk.parts import Kind, shortened
from perennial.apps.desk.problems import Mend, mends_by_part
from perennial.apps.desk.queries import Draft, DraftFile, Parts, files_of, parts_of
from perennial.apps.desk.rail import Rail, rail_of
from perennial.apps.desk.reading import Reading, look_at_draft
from perennial.apps.practices.queries import all_practices


@dataclass(frozen=True, slots=True)
class Seen:
    """A draft with its parts, what its reader says, and the rail."""

    draft: Draft
    parts: Parts
    reading: Reading
    faults: Mapping[str, Sequence[Mend]]
    rail: Rail
    files: Sequence[DraftFile]


def seen(draft: Draft) -> Seen:
    """The draft as it stands; two queries, whatever it holds."""
    parts = parts_of(draft)
    files = files_of(draft)
    reading = look_at_draft(draft, parts, files)
    faults = mends_by_part(reading.problems, parts)
    for one in judge_house(reading, parts):
        if one.part is not None and one.finding.severity == "block":
            faults.setdefault(one.part.key, []).append(Mend(one.part, one.finding.what, one.finding.mend))
    return Seen(draft, parts, reading, faults, rail_of(draft, parts, faults, judged=reading.course is not None), files)


def lists_for(draft: Draft, kind: str, parts: Parts, files: Sequence[DraftFile]) -> dict[str, Choices]:
    """The choices for a part of this kind; two queries more for the part about the course, which names practices and other courses."""
    return lists_of(parts, files) | (lists_about(draft) if kind == Kind.ABOUT else {})


def lists_about(draft: Draft) -> dict[str, Choices]:
    """The practices of this site, and the courses that are offered now; before the site has practices, those that its courses name."""
    shelf = shelf_now()
    named = [(slug, practice_name(slug)) for slug in sorted(shelf.sets["practice"])]
    practices = [(one.slug, one.name) for one in all_practices()] or named
    courses = [(one.slug, one.title) for one in shelf.entries if one.slug != draft.slug]
    return {"practice": [("", "Choose a practice"), *practices], "course": [("", "Choose a course"), *courses]}


def lists_of(parts: Parts, files: Sequence[DraftFile]) -> dict[str, Choices]:
    """The choices that depend on the draft, by the name of the field that offers them."""
    objectives = parts.single[Kind.OUTLINE].data.get("objectives", [])
    whole = [(str(entry.get("id")), f"{entry.get('id')}: {entry.get('text') or 'no words yet'}") for entry in objectives]
    named = [(id, shortened(text)) for id, text in whole]
    sections = [(f"{part.name}.md", str(part.data.get("title") or part.name)) for part in parts.sections]
    captions = [(entry.name, entry.name) for entry in files if entry.name.endswith(".vtt")]
    return {
        "objectives": whole,
        "objective": [("", "Choose an objective"), *named],
        "section": [("", "Choose a section"), *sections],
        "captions": [("", "None"), *captions],
    }
