"""What columns and their codes are called for people: from the library; what is not there stays as the file has it."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings


@dataclass(frozen=True, slots=True)
class Names:
    """Words for columns, and for levels by column; both by small letters."""

    columns: Mapping[str, str]
    levels: Mapping[str, Mapping[str, str]]

    def column(self, name: str) -> str:
        """A column in words."""
        return self.columns.get(name.casefold(), name.replace("_", " ").replace(".", " ").strip().capitalize())

    def level(self, column: str, value: str) -> str:
        """A level of a column in words."""
        return self.levels.get(column.casefold(), {}).get(value.casefold(), value)


def names() -> Names:
    """The words of the library; none where it has no such file."""
    return _read(settings.LIBRARY / "trials" / "names.toml")


@lru_cache(maxsize=2)
def _read(path: Path) -> Names:
    if not path.is_file():
        return Names({}, {})
    rows = tomllib.loads(path.read_text(encoding="utf-8"))["column"]
    columns = {name: row["words"] for row in rows for name in row["names"]}
    return Names(columns, {name: row.get("levels", {}) for row in rows for name in row["names"]})
