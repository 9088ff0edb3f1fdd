"""Every shape of renewal rules is used by a rule file, and a worked case fails once the rule no longer says it."""

import copy
import json
from pathlib import Path
from typing import Any

import pytest
import rtoml

from perennial.core.rules import default_folder, load
from perennial.core.rules.cases import cases_path, disagreements, read_cases
from perennial.core.rules.load import read_toml
from perennial.core.rules.rule import ready
from perennial.core.rules.schema import RuleFile

BASE = load()
SHAPES: dict[str, dict[str, str]] = rtoml.loads((Path(__file__).parent / "shapes.toml").read_text(encoding="utf-8"))
ALL = sorted(SHAPES)
JUDGED = [key for key in ALL if "drop" in SHAPES[key]]
TOLD = [key for key in ALL if "told" in SHAPES[key]]


def table_of(shape: dict[str, str]) -> tuple[Path, dict[str, Any]]:
    path = default_folder() / "us" / f"{shape['rule']}.toml"
    data, problem = read_toml(path, path.name)
    assert data is not None, problem
    return path, data


def at(data: Any, keys: list[str]) -> Any:
    for key in keys:
        data = data[int(key)] if isinstance(data, list) else data[key]
    return data


def ignoring(data: dict[str, Any], drop: str) -> RuleFile:
    """The rule file with the key taken out, or flattened to the value given."""
    changed = copy.deepcopy(data)
    keys, _, value = drop.partition(" = ")
    *way, last = keys.split(".")
    table = at(changed, way)
    if value:
        table[last] = json.loads(value)
    else:
        del table[last]
    return RuleFile.model_validate(changed)


@pytest.mark.parametrize("key", JUDGED)
def test_a_case_fails_when_the_shape_is_ignored(key: str) -> None:
    shape = SHAPES[key]
    path, data = table_of(shape)
    rule = BASE.rule(*shape["rule"].split("/"))
    assert rule is not None
    cases, problems = read_cases(cases_path(path), rule, path.name)
    assert problems == ()
    named = tuple(case for case in cases if case.name == shape["case"])
    assert len(named) == 1, "the case named is there, once"
    assert list(disagreements(rule, named)) == []
    without = ready(rule.jurisdiction, rule.profession, ignoring(data, shape["drop"]), rule.vocabulary)
    assert list(disagreements(without, named)), f"{shape['case']} does not notice that {shape['drop']} is gone"


@pytest.mark.parametrize("key", TOLD)
def test_a_shape_that_no_count_depends_on_is_told_in_words(key: str) -> None:
    shape = SHAPES[key]
    assert at(table_of(shape)[1], shape["told"].split("."))


def test_every_shape_says_what_it_is_and_how_it_is_shown() -> None:
    assert {key for key in ALL if not SHAPES[key]["says"].endswith(".")} == set()
    assert sorted([*JUDGED, *TOLD]) == ALL
    assert len(TOLD) <= 4, "only what the program leaves to words"
