"""Write a course as the files of its folder; read again they give the same course, to the digest."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import tomli_w

from perennial.core.courses.course import Course, Credit, Item, Media, Reference, Section

APART = frozenset({"sections", "items", "cases", "credit", "test", "review"})


def write_course(course: Course, media: Mapping[str, bytes] | None = None) -> dict[str, bytes]:
    """The files by their path in the folder; `media` holds the bytes of the course's media by name, as they are kept elsewhere."""
    table = {field.name: _plain(getattr(course, field.name)) for field in fields(course) if field.name not in APART}
    table = {key: value for key, value in table.items() if not _may_go(key, value)}
    table["review"], table["credit"], table["test"] = _plain(course.review), _credit(course.credit), _plain(course.test)
    table["sections"] = [_section(section) for section in course.sections]
    files = {"course.toml": _toml(table), "items.toml": _toml({"items": [_item(item) for item in course.items]})}
    if course.cases:
        files["cases.toml"] = _toml({"cases": _plain(course.cases)})
    for section in course.sections:
        files[section.file] = section.text.encode()
    return files | {f"media/{name}": data for name, data in (media or {}).items()}


def write_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Put the files into a folder, which is made where it is missing."""
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


OPTIONAL = frozenset({"care", "references", "glossary", "evaluation", "media", "cases", "declarations", "prerequisites"})


def _may_go(key: str, value: Any) -> bool:
    return key in OPTIONAL and not value


def _section(section: Section) -> dict[str, Any]:
    return {"file": section.file, "title": section.title, "objectives": list(section.objectives)}


def _credit(credit: Credit) -> dict[str, Any]:
    table = {key: value for key, value in _plain(credit).items() if value or key not in {"pilots", "pilot_rationale"}}
    return {**table, "topics": dict(credit.topics)}


def _item(item: Item) -> dict[str, Any]:
    return {key: value for key, value in _plain(item).items() if value or key in {"id", "kind", "objective", "section", "stem"}}


def _plain(value: Any) -> Any:
    """Tables for values, lists for tuples; what is not there is left out."""
    if is_dataclass(value):
        named = {field.name: getattr(value, field.name) for field in fields(value)}
        return {
            key: _plain(one) for key, one in named.items() if one is not None and not (isinstance(value, Media | Reference) and one == "")
        }
    return [_plain(one) for one in value] if isinstance(value, tuple) else value


def _toml(table: Mapping[str, Any]) -> bytes:
    return tomli_w.dumps(table, multiline_strings=True).encode()
