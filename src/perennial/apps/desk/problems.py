"""Which part of a draft mends a problem of its folder, or a finding of its check."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from perennial.apps.desk.editors import label_of
from perennial.apps.desk.folder import CASES, COURSE, ITEMS, KEYS, MEDIA
from perennial.apps.desk.parts import Kind
from perennial.apps.desk.queries import DraftPart, Parts
from perennial.core.approval import Finding
from perennial.core.values import Problem

PLACED = re.compile(r"^(?P<list>[a-z_]+)\[(?P<place>\d+)\]")
WRITTEN_IN_A_FILE = re.compile(r"^Write \w+ = ")
# The lists on the draft's own page in which something is added that is missing.
LISTS: Mapping[str, str] = {f"{COURSE}: sections": "sections", f"{ITEMS}: items": "items"}
KIND_OF_KEY: Mapping[str, str] = {key: kind for kind, keys in KEYS.items() for key in keys}


@dataclass(frozen=True, slots=True)
class Mend:
    """A problem and the part that mends it; or the list on the draft's page, where nothing stands in that yet."""

    part: DraftPart
    what: str
    mend: str
    list: str = ""


def mends(problems: Sequence[Problem], parts: Parts) -> list[Mend]:
    """Each problem with its part."""
    placed = [(problem, part_at(problem.where, parts)) for problem in problems]
    return [Mend(part, _said(problem, part.kind), _to_do(problem), LISTS.get(problem.where, "")) for problem, part in placed]


def mends_by_part(problems: Sequence[Problem], parts: Parts) -> dict[str, list[Mend]]:
    """The problems of each part, by its key."""
    found: dict[str, list[Mend]] = {}
    for mend in mends(problems, parts):
        found.setdefault(mend.part.key, []).append(mend)
    return found


def part_at(where: str, parts: Parts) -> DraftPart:
    """The part that holds a place of the folder, such as `items.toml: items[3].stem` or `01-start.md:12`."""
    file, _, path = where.partition(": ")
    if file.startswith(MEDIA):
        return parts.single[Kind.MEDIA]
    if file.split(":")[0].endswith(".md"):
        return _named(parts.sections, file.split(":")[0].removesuffix(".md")) or parts.single[Kind.OUTLINE]
    lists = {ITEMS: parts.items, CASES: parts.cases, COURSE: parts.sections}
    placed = PLACED.match(path)
    if placed and (file != COURSE or placed["list"] == "sections"):
        listed = lists.get(file, ())
        place = int(placed["place"])
        if 0 < place <= len(listed):
            return listed[place - 1]
    if file == ITEMS:
        return parts.items[0] if parts.items else parts.single[Kind.OUTLINE]
    return parts.single[KIND_OF_KEY.get(re.split(r"[.\[]", path)[0], Kind.ABOUT)] if path != "sections" else parts.single[Kind.OUTLINE]


def part_of_finding(finding: Finding, parts: Parts) -> DraftPart | None:
    """The part that mends what a body's clause finds; none where the provider's papers do."""
    where = finding.where
    if where.startswith("provider"):
        return None
    name = where.split(":")[0].removesuffix(".md")
    for listed in (parts.sections, parts.items, parts.cases):
        found = _named(listed, name)
        if found:
            return found
    objectives = [entry.get("id") for entry in parts.single[Kind.OUTLINE].data.get("objectives", [])]
    if name in objectives:
        return parts.single[Kind.OUTLINE]
    key = re.split(r"[.\[:( ]", where)[0]
    if key in ("items", "sections"):
        return parts.items[0] if key == "items" and parts.items else parts.single[Kind.OUTLINE]
    return parts.single[KIND_OF_KEY.get(key, Kind.ABOUT)]


def _named(parts: Sequence[DraftPart], name: str) -> DraftPart | None:
    return next((part for part in parts if part.name == name), None)


def _said(problem: Problem, kind: str) -> str:
    """What is wrong, with the field of the part's form in which it is."""
    place = problem.where.partition(": ")[2] or problem.where.rpartition(":")[2]
    inside = PLACED.sub("", place).lstrip(". ") if place.isascii() else place
    inside = f"line {place}" if place.isdecimal() else label_of(kind, inside)
    said = problem.what.startswith("there is no ") or not inside
    if said:
        return problem.what
    return f"“{inside}” {problem.what}" if problem.what.startswith("is ") else f"{inside}: {problem.what}"


def _to_do(problem: Problem) -> str:
    """How to mend it in a form, where the reader of folders speaks of its files."""
    return "Fill it in." if WRITTEN_IN_A_FILE.match(problem.mend) else problem.mend
