"""Which levels of trial databases are about which practice of the map: read from the library."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings


@dataclass(frozen=True, slots=True)
class About:
    """A level of a column, both in small letters, and what is said where it takes in more than the practice."""

    column: str
    level: str
    note: str


def mapped() -> Mapping[str, Sequence[About]]:
    """The levels that are about each practice, by its short name; none where the library has no such file."""
    return _read(settings.LIBRARY / "trials" / "mapping.toml")


@lru_cache(maxsize=2)
def _read(path: Path) -> Mapping[str, Sequence[About]]:
    if not path.is_file():
        return {}
    found: dict[str, list[About]] = {}
    for row in tomllib.loads(path.read_text(encoding="utf-8"))["about"]:
        for practice in row["practices"]:
            found.setdefault(practice, []).append(About(row["column"], row["level"], row.get("note", "")))
    return found
