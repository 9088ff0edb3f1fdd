"""Worked examples for practice: made-up studies in a few lines, with the answer to some questions of the form, and why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from perennial.core.appraisal.form import Answer, Form
from perennial.core.appraisal.read import table_of
from perennial.core.values import Problem


@dataclass(frozen=True, slots=True)
class Key:
    """The answer to one question about an example, what else one can defend, and why."""

    item: str
    answer: str
    why: str
    also: Sequence[str] = ()

    def accepts(self, answer: str) -> bool:
        """Whether the answer is the key's or one that can be defended."""
        return answer == self.answer or answer in self.also


@dataclass(frozen=True, slots=True)
class Example:
    """A study made up for practice."""

    id: str
    design: str
    title: str
    study: str
    keys: Sequence[Key]

    def key(self, item: str) -> Key | None:
        """The key to this question."""
        return next((one for one in self.keys if one.item == item), None)


def read_gym(folder: Path, forms: Mapping[str, Form]) -> tuple[list[Example], list[Problem]]:
    """The examples in a folder, each file for one design, and what is wrong with the others."""
    found: list[Example] = []
    problems: list[Problem] = []
    for file in sorted(folder.glob("*.toml")):
        table = table_of(file, problems)
        if table is None:
            continue
        form, rows = forms.get(str(table.get("design"))), table.get("example")
        if form is None or not isinstance(rows, list):
            problems.append(Problem(file.name, "it names no design that has a form, or holds no [[example]]", "Write both."))
            continue
        for place, row in enumerate(rows, 1):
            where = f"{file.name}: {row.get('id', f'example {place}')}"
            faults = list(_faults(row, form, where, {one.id for one in found}))
            problems += faults
            if not faults:
                found.append(_example(row, form.design))
    return found, problems


def _example(row: Mapping[str, Any], design: str) -> Example:
    keys = tuple(Key(one["item"], one["answer"], one["why"], tuple(one.get("also", ()))) for one in row["key"])
    return Example(row["id"], design, row["title"], row["study"], keys)


def _faults(row: Mapping[str, Any], form: Form, where: str, ids: set[str]) -> list[Problem]:
    if set(row) != {"id", "title", "study", "key"} or not all(
        isinstance(row[name], str) and row[name] for name in ("id", "title", "study")
    ):
        return [Problem(where, "it has not just id, title, study and [[example.key]]", "Write these four and no others.")]
    found = [Problem(where, "is there twice", "Give each example an id of its own.")] if row["id"] in ids else []
    for key in row["key"]:
        item, answers = key.get("item"), [key.get("answer"), *key.get("also", ())]
        if form.item(str(item)) is None:
            found.append(Problem(where, f"the form has no question '{item}'", f"It has: {', '.join(one.id for one in form.items)}."))
        if not set(answers) <= set(Answer) or not key.get("why"):
            found.append(Problem(f"{where}: {item}", "its answer is none, or it does not say why", f"Answers: {', '.join(Answer)}."))
    return found
