"""A reported mistake as a change of the rule file: nothing else of the file moves, and what it would do is told."""

import shutil
from copy import deepcopy
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import rtoml

from perennial.core.rules import default_folder, load
from perennial.core.rules.lint import lint
from perennial.core.rules.proposal import Draft, Suggested, changed_table, draft, one_line, takes_hours
from perennial.core.values import Problem

ROOT = default_folder()
PATH = ROOT / "us" / "ca" / "clinical_social_worker.toml"
TABLE: dict[str, Any] = rtoml.loads(PATH.read_text(encoding="utf-8"))
SAYS = Suggested(7, "requirements.total", "It asks for 38", Decimal(38), None, "16 CCR 1", "https://example.org/1", "regulation", "2026-11")


def drafted(suggested: Suggested, path: Path = PATH, root: Path = ROOT) -> Draft:
    found = draft(path, root, suggested)
    assert isinstance(found, Draft)
    return found


def test_hours_without_a_day_correct_the_figure_that_stands() -> None:
    found = drafted(SAYS)
    assert found.present == {"requirements": {"total": TABLE["requirements"]["total"]}}
    (figure,) = found.proposed["requirements"]["total"]["at_least"]
    assert figure == {"hours": 38, "source": "report-7", "says": "It asks for 38"}
    assert found.proposed["sources"]["report-7"]["url"] == "https://example.org/1"
    assert not found.problems


def test_hours_with_a_day_stand_beside_those_of_before() -> None:
    found = drafted(replace(SAYS, start=date(2027, 1, 1), hours=Decimal("37.5")))
    before, after = found.proposed["requirements"]["total"]["at_least"]
    assert before == TABLE["requirements"]["total"]["at_least"][0]
    assert (after["from"], after["hours"]) == (date(2027, 1, 1), 37.5)


def test_hours_with_the_day_that_stands_there_already_correct_that_figure() -> None:
    suggested = replace(SAYS, line="requirements.telehealth", start=date(2023, 7, 1), hours=Decimal(2))
    (figure,) = drafted(suggested).proposed["requirements"]["telehealth"]["at_least"]
    assert (figure["from"], figure["hours"]) == (date(2023, 7, 1), 2)


def test_nothing_else_of_the_file_moves() -> None:
    whole = deepcopy(TABLE)
    changed = changed_table(TABLE, SAYS)
    assert changed is not None
    assert whole == TABLE
    assert {key for key in changed if changed[key] != TABLE.get(key)} == {"requirements", "sources"}
    assert {key for key in changed["requirements"] if changed["requirements"][key] != TABLE["requirements"][key]} == {"total"}


def test_worked_cases_that_would_answer_otherwise_are_named() -> None:
    names = [name for name, _ in drafted(SAYS).cases]
    assert "Everything asked, the one-time topics taken in an earlier period" in names
    assert not drafted(replace(SAYS, hours=Decimal(36))).cases


def test_a_file_that_the_change_would_break_is_told() -> None:
    found = drafted(replace(SAYS, kind="hearsay"))
    assert any("sources.report-7.kind" in problem.where for problem in found.problems)


@pytest.mark.parametrize("line", ["", "period", "requirements.nothing", "elsewhere", "requirements.total.at_least", "approvals"])
def test_what_has_no_hours_is_left_to_a_person(line: str) -> None:
    assert not takes_hours(TABLE, line)
    found = drafted(replace(SAYS, line=line))
    assert not found.proposed
    assert all(sign == " " for sign, _ in found.difference)


def test_the_difference_shows_what_goes_and_what_comes() -> None:
    signs = {text: sign for sign, text in drafted(SAYS).difference}
    assert (signs["hours = 36"], signs["hours = 38"]) == ("-", "+")


def test_carry_over_has_hours_too() -> None:
    found = drafted(replace(SAYS, line="carry_over", hours=Decimal(5)))
    assert found.proposed["carry_over"]["at_most"][0]["hours"] == 5


def test_a_file_that_cannot_be_read_is_a_problem() -> None:
    assert isinstance(draft(ROOT / "us" / "zz" / "counselor.toml", ROOT, SAYS), Problem)


def test_long_words_stay_in_one_line_of_a_rule_file() -> None:
    assert one_line("a\nb\t c") == "a b c"
    assert len(one_line("word " * 200)) == 300


def test_every_rule_takes_a_correction_of_its_hours_and_stays_readable(tmp_path: Path) -> None:
    """What a report proposes can be written into any rule file, and the file is still a rule."""
    shutil.copytree(ROOT, tmp_path, dirs_exist_ok=True)
    for path in sorted(tmp_path.glob("us/*/*.toml")):
        if path.name.endswith(".cases.toml"):
            continue
        table = rtoml.loads(path.read_text(encoding="utf-8"))
        for line in [*(f"requirements.{key}" for key in table["requirements"]), *(f"limits.{key}" for key in table.get("limits", {}))]:
            table = changed_table(table, replace(SAYS, line=line, start=date(2027, 1, 1))) or table
        path.write_text(rtoml.dumps(table), encoding="utf-8")
    assert load(tmp_path).problems == ()
    assert not [str(p) for p in lint(tmp_path).problems if ".cases.toml" not in p.where and "no case fails" not in p.what]
