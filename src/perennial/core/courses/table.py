"""Read the tables of a TOML file key by key, and say of every key what is wrong with it."""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import TypeVar

from perennial.core.values import Problem
from perennial.core.values.numbers import is_short

Value = TypeVar("Value")
MOST_BITS = 64
SLUG = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")
KIND_OF = {
    str: "text",
    bool: "true or false",
    int: "a whole number",
    Decimal: "a number",
    list: "a list",
    dict: "a table",
    datetime: "a moment",
    date: "a date",
    time: "a time",
}


class Table:
    """A table of the file, at `where`. Faults go into `problems`; a faulty key gives an empty value.

    Ask for every known key once, then call `close`: what was not asked for is unknown, and an error.
    """

    def __init__(self, data: Mapping[str, object], file: str, path: str, problems: list[Problem]) -> None:
        self.data, self.file, self.path, self.problems = data, file, path, problems
        self.asked: set[str] = set()

    def where(self, key: str = "") -> str:
        """The place of `key`, as a person finds it: file, then the keys that lead there."""
        path = ".".join(part for part in (self.path, key) if part)
        return f"{self.file}: {path}" if path else self.file

    def fault(self, key: str, what: str, mend: str) -> None:
        """Note that `key` is wrong."""
        self.problems.append(Problem(self.where(key), what, mend))

    def _take(self, key: str, kind: type, *, optional: bool) -> object | None:
        """The value under `key` if it is of `kind`, else nothing and a problem."""
        self.asked.add(key)
        if key not in self.data:
            if not optional:
                self.fault(key, "missing", f"Write {key} = {KIND_OF[kind]}.")
            return None
        value = self.data[key]
        if kind is Decimal and type(value) is int:
            return Decimal(value) if value.bit_length() <= MOST_BITS else Decimal("Infinity")  # turned into digits, it would take minutes
        if type(value) is not kind:
            self.fault(key, f"is {KIND_OF.get(type(value), 'something else')}", f"Write {KIND_OF[kind]}.")
            return None
        return value

    def text(self, key: str, *, optional: bool = False, blank: bool = False, longest: int = 4000) -> str:
        """The text under `key`, without white space around it; `blank` allows an empty one."""
        value = self._take(key, str, optional=optional)
        if not isinstance(value, str):
            return ""
        value = value.strip()
        if not value and not blank:
            self.fault(key, "is empty", "Write something, or leave the key out." if optional else "Write something.")
        if len(value) > longest:
            self.fault(key, f"has {len(value)} characters", f"Use at most {longest}.")
        return value

    def slug(self, key: str) -> str:
        """A short name of small letters, digits, hyphens and underscores."""
        value = self.text(key, longest=90)
        if value and not SLUG.fullmatch(value):
            self.fault(key, f"'{value}' is not a short name", "Use small letters, digits, - and _ between them.")
        return value

    def choice(self, key: str, known: Collection[str]) -> str:
        """One of the known words."""
        value = self.text(key)
        if value and value not in known:
            self.fault(key, f"'{value}' is not known", f"Known: {', '.join(known)}.")
        return value

    def flag(self, key: str, *, optional: bool = False) -> bool:
        """True or false; false where it may be left out and is."""
        return self._take(key, bool, optional=optional) is True

    def day(self, key: str) -> date:
        """A date; the first of all days, and a problem, where it is missing."""
        value = self._take(key, date, optional=False)
        return value if isinstance(value, date) else date.min

    def wholes(self, key: str, least: int, most: int) -> tuple[int, ...]:
        """A list of whole numbers from `least` to `most`, which may be left out."""
        value = self._take(key, list, optional=True)
        listed = value if isinstance(value, list) else []
        found = tuple(entry for entry in listed if type(entry) is int and least <= entry <= most)
        if len(found) != len(listed):
            self.fault(key, "holds something else than whole numbers in range", f"Write a list of whole numbers from {least} to {most}.")
        return found

    def whole(self, key: str, least: int, most: int, *, optional: bool = False) -> int | None:
        """A whole number from `least` to `most`."""
        value = self._take(key, int, optional=optional)
        if not isinstance(value, int):
            return None
        if not least <= value <= most:
            self.fault(
                key, f"is {value if value.bit_length() <= MOST_BITS else 'far off'}", f"Write a whole number from {least} to {most}."
            )
        return value

    def number(self, key: str, least: Decimal, most: Decimal, *, optional: bool = False) -> Decimal | None:
        """An exact number from `least` to `most`."""
        value = self._take(key, Decimal, optional=optional)
        if not isinstance(value, Decimal):
            return None
        if not is_short(value) or not least <= value <= most:
            self.fault(
                key, f"is {value if is_short(value) else 'no number that can be written out'}", f"Write a number from {least} to {most}."
            )
            return None
        return value

    def texts(self, key: str, *, optional: bool = False) -> tuple[str, ...]:
        """A list of texts, each once."""
        value = self._take(key, list, optional=optional)
        listed = value if isinstance(value, list) else []
        found = [entry for entry in listed if isinstance(entry, str) and entry]
        if len(found) != len(listed):
            self.fault(key, "holds something that is not text", "Write a list of texts.")
        for twice in sorted({entry for entry in found if found.count(entry) > 1}):
            self.fault(key, f"'{twice}' stands there twice", "Name it once.")
        return tuple(found)

    def table(self, key: str) -> "Table":
        """The table under `key`; an empty one, and a problem, where it is missing."""
        value = self._take(key, dict, optional=False)
        found = value if isinstance(value, dict) else {}
        return Table(found, self.file, f"{self.path}.{key}" if self.path else key, self.problems)

    def tables(self, key: str, *, optional: bool = False) -> Sequence["Table"]:
        """The tables listed under `key`; places are counted from 1."""
        value = self._take(key, list, optional=optional)
        prefix = f"{self.path}.{key}" if self.path else key
        found = []
        for place, entry in enumerate(value if isinstance(value, list) else [], 1):
            if isinstance(entry, dict):
                found.append(Table(entry, self.file, f"{prefix}[{place}]", self.problems))
            else:
                self.fault(f"{key}[{place}]", "is not a table", f"Write it as [[{prefix}]].")
        return found

    def close(self) -> None:
        """Note every key that nobody asked for."""
        for key in self.data.keys() - self.asked:
            self.fault(key, "unknown key", f"Known: {', '.join(sorted(self.asked))}.")


def read_each(tables: Sequence[Table], read: Callable[[Table], Value]) -> tuple[Value, ...]:
    """Read every table with `read` and close it."""
    found = []
    for table in tables:
        found.append(read(table))
        table.close()
    return tuple(found)
