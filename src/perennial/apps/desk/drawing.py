"""A part's data as lines of words, and two states of it compared word by word."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from difflib import SequenceMatcher
from typing import Any

from django import forms

from perennial.apps.courses.naming import format_name, topic_name
from perennial.apps.desk.editors import SPECS, Spec
from perennial.apps.desk.parts import Data
from perennial.core.values.numbers import is_short
from perennial.core.values.words import counted

WORD = re.compile(r"\s+|[^\s]+")
MOST_WORDS = 40_000
# Keys without a field that people see; one with no words only ties rows together.
OTHERS = {"id": "", "file": "File"}


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that stayed (same), came (new) or went (old)."""

    kind: str
    words: str


def lines_of(kind: str, data: Data) -> list[str]:
    """What a part of this kind holds, in lines that begin with the words of its form: `Word 1, What it means: what follows a loss`."""
    spec = SPECS[kind]
    return _table(spec, spec.head, data, "")


def _table(spec: Spec, form: type[forms.Form], data: Data, before: str) -> list[str]:
    return [line for key, value in data.items() if value not in (None, "", [], {}) for line in _entry(spec, form, key, value, before)]


def _entry(spec: Spec, form: type[forms.Form], key: str, value: Any, before: str) -> list[str]:
    """The lines of one key. Rows are counted from 1; a table without a field of its own is told by those inside it."""
    if key == "topics":
        return [f"{before}Topic {topic_name(topic)}: {counted(_number(hours), 'hour')}" for topic, hours in value.items()]
    if isinstance(value, dict):
        inside = {f"{key}_{name}" if f"{key}_{name}" in form.base_fields else name: entry for name, entry in value.items()}
        return _table(spec, form, inside, before)
    if isinstance(value, list) and key in spec.rows:
        title, row = spec.rows[key]
        rows = [(f"{before}{title} {place}", entry) for place, entry in enumerate(value, 1)]
        return [
            line
            for name, entry in rows
            for line in (_table(spec, row, entry, f"{name}, ") if isinstance(entry, dict) else [f"{name}: {entry}"])
        ]
    label = _label(form, key)
    return [f"{before}{label}: {_said(form, key, value)}"] if label else []


def _label(form: type[forms.Form], key: str) -> str:
    """What a key is called; nothing where it only ties rows together."""
    field = form.base_fields.get(key)
    return str(field.label) if field is not None and field.label else OTHERS.get(key, key.replace("_", " ").capitalize())


def _said(form: type[forms.Form], key: str, value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(str(entry) for entry in value)
    if key == "format":
        return format_name(str(value))
    return str(dict(getattr(form.base_fields.get(key), "choices", ())).get(str(value), value))


def _number(text: Any) -> Decimal:
    """A number of hours as it was typed; none where it cannot be read."""
    try:
        value = Decimal(str(text))
    except InvalidOperation:
        return Decimal(0)
    return value if is_short(value) else Decimal(0)


def compared(kind: str, old: Data, new: Data) -> list[Piece]:
    """The way from one state to another, word by word."""
    before, after = _words(kind, old), _words(kind, new)
    if len(before) + len(after) > MOST_WORDS:
        before, after = _whole_lines(kind, old), _whole_lines(kind, new)
    pieces: list[Piece] = []
    for what, a_from, a_to, b_from, b_to in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if what == "equal":
            pieces.append(Piece("same", _near("".join(before[a_from:a_to]))))
            continue
        if a_to > a_from:
            pieces.append(Piece("old", "".join(before[a_from:a_to])))
        if b_to > b_from:
            pieces.append(Piece("new", "".join(after[b_from:b_to])))
    return pieces


def _words(kind: str, data: Data) -> Sequence[str]:
    return WORD.findall("\n".join(lines_of(kind, data)))


def _whole_lines(kind: str, data: Data) -> Sequence[str]:
    return [f"{line}\n" for line in "\n".join(lines_of(kind, data)).split("\n")]


def _near(words: str, kept: int = 300) -> str:
    """What stayed, without the middle of long stretches."""
    return words if len(words) <= 2 * kept + 20 else f"{words[:kept]} […] {words[-kept:]}"
