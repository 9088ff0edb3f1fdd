"""A draft as the files of a course folder, and the files of a course folder as parts of a draft."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

import tomli_w

from perennial.apps.desk.parts import SINGLE, Data, Kind
from perennial.core.values.numbers import is_short
from perennial.core.values.toml import read_toml

COURSE, ITEMS, CASES, MEDIA = "course.toml", "items.toml", "cases.toml", "media/"
# Which keys of course.toml belong to which part; what is not named here belongs to the part about the course.
KEYS = {
    Kind.OUTLINE: ("objectives", "test"),
    Kind.CREDIT: ("credit",),
    Kind.MEDIA: ("media",),
    Kind.REFERENCES: ("references",),
    Kind.GLOSSARY: ("glossary",),
    Kind.EVALUATION: ("evaluation",),
    Kind.DECLARATIONS: ("disclosures", "declarations"),
}
# Keys that may be left out of the folder where they say nothing.
OPTIONAL = {"care", "media", "references", "glossary", "evaluation", "declarations", "prerequisites", "minutes", "difficulty", "doi", "url"}
OPTIONAL |= {"pilots", "pilot_rationale", "alt", "captions", "transcript", "options", "pairs", "steps", "choices", "pretest"}
OPTIONAL_AT_TOP = OPTIONAL | {"rationale"}  # of a question; that of an option is asked for, and may be empty
# How keys stand in a file, since a table of the database need not keep their order; others follow by name.
ORDER = (
    *("id", "slug", "file", "kind", "name", "term", "title", "summary", "version", "language", "level", "audience", "format", "free"),
    *("practices", "prerequisites", "role", "qualifications", "state", "on", "says", "authors", "review", "disclosures", "needs", "care"),
    *("hours", "minutes_per_hour", "method", "difficulty", "topics", "ask", "pass_percent", "minutes", "objective", "section", "start"),
    *("stem", "left", "right", "text", "correct", "goto", "rationale", "means", "doi", "url", "alt", "captions", "transcript", "value"),
    *("tolerance", "unit", "pilots", "pilot_rationale", "credit", "test", "objectives", "sections", "references", "glossary"),
    *("evaluation", "declarations", "media", "options", "pairs", "steps", "choices", "numeric", "pretest"),
)
PLACE = {key: place for place, key in enumerate(ORDER)}
DECIMALS = {"hours", "difficulty", "value", "tolerance"}
MORE_DECIMALS = {Kind.MEDIA: {"minutes"}}


@dataclass(frozen=True, slots=True)
class PartData:
    """A part outside the tables: its kind, its name among its kind, and what it holds."""

    kind: str
    name: str
    data: Data


def files_of_parts(slug: str, parts: Sequence[PartData], media: Mapping[str, bytes]) -> dict[str, bytes]:
    """The course folder that these parts make, whether it is in order or not; parts of a kind stand in their order."""
    course: Data = {"slug": slug}
    for kind in SINGLE:
        for part in parts:
            if part.kind == kind:
                course.update(_to_toml(part.data, kind))
    sections = [part for part in parts if part.kind == Kind.SECTION]
    course["sections"] = [
        {"file": f"{part.name}.md", **_to_toml({key: value for key, value in part.data.items() if key != "text"}, Kind.SECTION)}
        for part in sections
    ]
    files = {COURSE: _toml(course), ITEMS: _toml({"items": _listed(parts, Kind.ITEM)})}
    cases = _listed(parts, Kind.CASE)
    if cases:
        files[CASES] = _toml({"cases": cases})
    files |= {f"{part.name}.md": f"{str(part.data.get('text', '')).strip()}\n".encode() for part in sections}
    return files | {f"{MEDIA}{name}": content for name, content in media.items()}


def parts_of_files(files: Mapping[str, bytes]) -> list[PartData]:
    """The parts that a course folder makes. The folder has been read before: its tables are of the right kinds."""
    course = _plain(read_toml(files[COURSE].decode("utf-8-sig")))
    course.pop("slug", None)
    sections = course.pop("sections", [])
    found = [PartData(kind, "", {key: course.pop(key) for key in keys if key in course}) for kind, keys in KEYS.items()]
    found.insert(0, PartData(Kind.ABOUT, "", course))
    for entry in sections:
        file = str(entry.pop("file"))
        text = files[file].decode("utf-8-sig").replace("\r\n", "\n").strip()
        found.append(PartData(Kind.SECTION, file.removesuffix(".md"), {**entry, "text": text}))
    for name, key, kind in ((ITEMS, "items", Kind.ITEM), (CASES, "cases", Kind.CASE)):
        if name in files:
            tables = _plain(read_toml(files[name].decode("utf-8-sig"))).get(key, [])
            found += [PartData(kind, str(entry["id"]), {key: value for key, value in entry.items() if key != "id"}) for entry in tables]
    return found


def _listed(parts: Sequence[PartData], kind: str) -> list[Data]:
    """The tables of every part of a kind."""
    return [{"id": part.name, **_to_toml(part.data, kind)} for part in parts if part.kind == kind]


def _toml(tables: Data) -> bytes:
    """A TOML file as bytes."""
    return tomli_w.dumps(_ordered(tables), multiline_strings=True).encode()


def _ordered(value: Any) -> Any:
    """Tables with their keys in the order of ORDER."""
    if isinstance(value, dict):
        return {key: _ordered(value[key]) for key in sorted(value, key=lambda key: (PLACE.get(key, len(ORDER)), key))}
    return [_ordered(entry) for entry in value] if isinstance(value, list) else value


def _to_toml(data: Mapping[str, Any], kind: str) -> Data:
    """The tables of a part as TOML holds them: numbers and dates for text, without what says nothing."""
    decimals = DECIMALS | MORE_DECIMALS.get(Kind(kind), set())
    return {key: _value(key, value, decimals) for key, value in data.items() if not _says_nothing(key, value, OPTIONAL_AT_TOP)}


def _says_nothing(key: str, value: Any, optional: set[str]) -> bool:
    return value is None or (key in optional and value in ("", [], {}, False))


def _value(key: str, value: Any, decimals: set[str]) -> Any:
    """One value: a number where the key holds one and the text can be read as one, a date likewise, else as it stands."""
    if isinstance(value, dict):
        inside = {name: name for name in value} if key != "topics" else dict.fromkeys(value, "hours")
        return {name: _value(inside[name], entry, decimals) for name, entry in value.items() if not _says_nothing(name, entry, OPTIONAL)}
    if isinstance(value, list):
        return [_value(key, entry, decimals) for entry in value]
    if isinstance(value, str) and key in decimals:
        return _number(value)
    return _day(value) if isinstance(value, str) and key == "on" else value


def _number(text: str) -> Decimal | str:
    """The number that a text writes; the text where it writes none, so that the reader says so."""
    try:
        value = Decimal(text.strip().replace(",", "."))
    except InvalidOperation:
        return text
    return value if is_short(value) else text


def _day(text: str) -> date | str:
    """The day that a text writes; the text where it writes none."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return text


def _plain(value: Any) -> Any:
    """TOML's values as JSON holds them: decimals and dates as text."""
    if isinstance(value, dict):
        return {key: _plain(entry) for key, entry in value.items()}
    if isinstance(value, list):
        return [_plain(entry) for entry in value]
    if isinstance(value, Decimal):
        return format(value, "f")
    return value.isoformat() if isinstance(value, date) else value
