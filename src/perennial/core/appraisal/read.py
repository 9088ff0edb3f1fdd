"""Reads forms from TOML files, and says exactly what is wrong with one that cannot be used."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from perennial.core.appraisal.form import Answer, Domain, Form, Item, Toward
from perennial.core.values import Problem

ID = re.compile(r"[a-z][a-z0-9_]{1,38}")
TEXTS = ("title", "about", "finding")
ASKED = ("id", "domain", "question", "look", "why", "example", "toward", "yes", "partly", "no")
MAY_SAY = ("not_reported", "not_applicable")
FEWEST, MOST = 10, 16


def table_of(file: Path, problems: list[Problem]) -> Mapping[str, Any] | None:
    """The table that a TOML file holds; None, and why, where it cannot be read."""
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as fault:
        problems.append(Problem(file.name, f"cannot be read ({fault})", "Write it as TOML in UTF-8."))
        return None


def read_forms(folder: Path) -> tuple[dict[str, Form], list[Problem]]:
    """The forms in a folder by design, and what is wrong with the others; a form with a fault is left out whole."""
    forms: dict[str, Form] = {}
    problems: list[Problem] = []
    for file in sorted(folder.glob("*.toml")):
        table = table_of(file, problems)
        if table is None:
            continue
        form, found = form_of(table, file.name)
        if form and form.design in forms:
            found.append(Problem(file.name, f"'{form.design}' is there twice", "Give each design one file."))
        elif form:
            forms[form.design] = form
        problems += found
    return forms, problems


def form_of(table: Mapping[str, Any], where: str) -> tuple[Form | None, list[Problem]]:
    """The form that a table holds; None where anything is wrong with it."""
    problems = list(_head_faults(table, where))
    if problems:
        return None, problems
    usual = table["answers"]
    domains = [Domain(one.get("id", ""), one.get("title", "")) for one in table["domain"]]
    items = []
    for place, row in enumerate(table["item"], 1):
        faults = _item_faults(row, f"{where}: {row.get('id', f'item {place}')}", [one.id for one in domains])
        problems += faults
        if not faults:
            items.append(_item(row, usual))
    problems += _whole_faults(items, domains, where)
    if problems:
        return None, problems
    order = [one.id for one in domains]
    items.sort(key=lambda item: order.index(item.domain))  # asked domain by domain, wherever a file has them
    texts = {name: table[name] for name in TEXTS}
    return Form(
        design=table["design"],
        version=table["version"],
        levels=tuple(table["levels"]),
        domains=tuple(domains),
        items=tuple(items),
        **texts,
    ), []


def _item(row: Mapping[str, Any], usual: Mapping[str, str]) -> Item:
    means = {answer.value: row.get(answer.value, usual.get(answer.value, "")) for answer in Answer}
    return Item(**{name: row[name] for name in ASKED[:7]}, means=means)


def _head_faults(table: Mapping[str, Any], where: str) -> list[Problem]:
    known = {"design", "version", "levels", "answers", "domain", "item", *TEXTS}
    found = [Problem(where, f"unknown key '{key}'", f"Known: {', '.join(sorted(known))}.") for key in table if key not in known]
    for name in ("design", *TEXTS):
        if not isinstance(table.get(name), str) or not table[name].strip():
            found.append(Problem(where, f"'{name}' is missing or no text", "Write it."))
    if type(table.get("version")) is not int or table["version"] < 1:
        found.append(Problem(where, "'version' is no whole number from 1 on", "Count it up with each change."))
    if not isinstance(table.get("levels"), list):
        found.append(Problem(where, "'levels' is no list", "Name the levels of evidence that the form is for; [] for none."))
    usual = table.get("answers")
    if not isinstance(usual, Mapping) or set(usual) != set(MAY_SAY):
        found.append(Problem(where, "'answers' has not the two answers not_reported and not_applicable", "Say what each means."))
    for name in ("domain", "item"):
        if not isinstance(table.get(name), list) or not all(isinstance(one, Mapping) for one in table[name]):
            found.append(Problem(where, f"there is no [[{name}]]", "Write at least one."))
    return found


def _item_faults(row: Mapping[str, Any], where: str, domains: Sequence[str]) -> list[Problem]:
    found = [Problem(where, f"unknown key '{key}'", f"Known: {', '.join(ASKED + MAY_SAY)}.") for key in row if key not in ASKED + MAY_SAY]
    for name in ASKED:
        if not isinstance(row.get(name), str) or not row[name].strip():
            found.append(Problem(where, f"'{name}' is missing or no text", "Write it."))
    if found:
        return found
    if not ID.fullmatch(row["id"]):
        found.append(Problem(where, "its id is no short name", "Use small letters, digits and _, at most 39."))
    if row["domain"] not in domains:
        found.append(Problem(where, f"there is no domain '{row['domain']}'", f"There are: {', '.join(domains)}."))
    if row["toward"] not in set(Toward):
        found.append(Problem(where, f"'{row['toward']}' is no direction", f"Say one of: {', '.join(Toward)}."))
    return found


def _whole_faults(items: Sequence[Item], domains: Sequence[Domain], where: str) -> list[Problem]:
    found = []
    ids = [one.id for one in items]
    found += [
        Problem(f"{where}: {id}", "is there twice", "Give each question an id of its own.") for id in sorted(set(ids)) if ids.count(id) > 1
    ]
    if not FEWEST <= len(items) <= MOST:
        found.append(Problem(where, f"it has {len(items)} questions without fault", f"A form has {FEWEST} to {MOST}."))
    used = {one.domain for one in items}
    for domain in domains:
        if not domain.title or domain.id not in used:
            found.append(Problem(f"{where}: {domain.id}", "this domain has no title or no question", "Name it, or take it out."))
    return found
