"""The changes of our own reading: whole, in order, and refused where they do not fit the rule files."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from perennial.core.rules import default_folder
from perennial.core.rules.changes import FILE, Changes, covers, faults, own_history, read_changes

TABLE: dict[str, Any] = {"sources": {"code-1.2": {}}, "requirements": {"total": {"at_least": [1]}}, "grants": []}
RULES = {"us/zz/counselor": TABLE, "us/zz/psychologist": TABLE}
READ = '[[readings]]\non = 2026-11-25\nrules = ["us/zz"]\nsays = "Read."\n'
MENDED = (
    '[[corrections]]\non = 2026-11-26\nrule = "us/zz/counselor"\nkind = "corrected"\nlines = ["requirements.total"]\nsays = "Otherwise."\n'
)


def told(text: str, folder: Path) -> list[str]:
    (folder / FILE).write_text(text, encoding="utf-8")
    changes, problems = read_changes(folder)
    return [str(problem) for problem in (*problems, *faults(changes, RULES))]


def test_a_file_that_fits_has_no_fault(tmp_path: Path) -> None:
    assert told(READ + MENDED, tmp_path) == []


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "no reading names 'us/zz/counselor'"),
        (READ.replace("us/zz", "us/yy"), "there is no rule 'us/yy'"),
        (READ + MENDED.replace("us/zz/counselor", "us/zz/wizard"), "there is no rule 'us/zz/wizard'"),
        (READ + MENDED.replace("requirements.total", "requirements.ethics"), "nothing stands at 'requirements.ethics'"),
        (READ + MENDED.replace("requirements.total", "grants"), "nothing stands at 'grants'"),
        (READ + MENDED + 'source = "code-1.3"\n', "unlisted source 'code-1.3'"),
        (READ + MENDED.replace("2026-11-26", "2026-11-24"), "lies before the first reading of us/zz/counselor, 2026-11-25"),
        (READ + MENDED + MENDED, "number 2: it stands twice"),
        (READ + MENDED.replace('"corrected"', '"improved"'), "corrections.0.kind"),
        (READ + MENDED + 'by = "someone"\n', "unknown key"),
        (READ + MENDED.replace("2026-11-26", '"soon"'), "corrections.0.on"),
        ("[[readings]\n", "not valid TOML"),
    ],
)
def test_what_does_not_fit_is_named(text: str, says: str, tmp_path: Path) -> None:
    assert any(says in line for line in told(text, tmp_path)), told(text, tmp_path)


def test_a_source_with_dots_in_its_id_is_found(tmp_path: Path) -> None:
    assert told(READ + MENDED + 'source = "code-1.2"\n', tmp_path) == []


def test_without_the_file_there_is_a_problem_and_no_change(tmp_path: Path) -> None:
    changes, (problem,) = read_changes(tmp_path)
    assert (changes, problem.what) == (Changes(), "there is no such file")


def test_a_folder_means_its_rules_and_no_other() -> None:
    assert covers("us/n", "us/n/counselor")
    assert not covers("us/n", "us/ny/counselor")


def test_the_last_correction_comes_first_and_each_rule_has_its_own(tmp_path: Path) -> None:
    later = MENDED.replace("2026-11-26", "2026-12-01").replace("Otherwise.", "Otherwise again.")
    (tmp_path / FILE).write_text(READ + MENDED + later, encoding="utf-8")
    changes, _ = read_changes(tmp_path)
    found = own_history(changes, "ZZ", "counselor")
    assert [one.on for one in found.corrections] == [date(2026, 12, 1), date(2026, 11, 26)]
    assert [one.on for one in found.readings] == [date(2026, 11, 25)]
    assert own_history(changes, "ZZ", "psychologist").corrections == ()


def test_each_correction_of_the_rule_base_names_what_was_read_otherwise() -> None:
    changes, problems = read_changes(default_folder())
    assert not problems
    michigan = own_history(changes, "MI", "clinical_social_worker")
    assert ["first_renewal.steps" in one.lines for one in michigan.corrections] == [True, True]
    assert michigan.readings[0].on == date(2026, 11, 25)
