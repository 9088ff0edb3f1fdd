"""`perennial evidence pool`: the keys of its answer, groups, exit statuses, and one line for each fault."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from perennial.cli.evidence_pool import pool_
from perennial.cli.unusable import Unusable
from perennial.core.synthesis.builders import csv_of, events, trials

KEYS = ["k", "estimate", "se", "ci", "tau2", "i2", "q", "q_p", "prediction_interval", "egger", "trim_fill"]
KEYS += ["method", "effect", "direction"]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "made.csv"
    path.write_bytes(csv_of(trials()))
    return path


def run(*arguments: object) -> Result:
    return CliRunner().invoke(pool_, [str(one) for one in arguments], standalone_mode=False)


def answer(*arguments: object) -> dict[str, object]:
    done = run(*arguments, "--json")
    assert done.return_value == 0, done.exception
    found: dict[str, object] = json.loads(done.stdout)
    return found


def test_json_has_the_keys_of_the_contract(file: Path) -> None:
    found = answer(file)
    assert list(found) == KEYS
    assert (found["k"], found["method"], found["effect"]) == (14, "REML", "g")
    assert found["estimate"] == pytest.approx(0.566419988854417)
    assert found["direction"] == "a positive number favors therapy (arm 1)"
    assert set(found["egger"]) == {"t", "p"}  # type: ignore[call-overload]
    assert set(found["trim_fill"]) == {"k0", "estimate"}  # type: ignore[call-overload]


def test_groups_have_the_same_fields(file: Path) -> None:
    groups = answer(file, "--by", "format")["groups"]
    assert isinstance(groups, dict)
    assert sorted(groups) == ["grp", "gsh", "ind"]
    assert all(list(one) == KEYS for one in groups.values())
    assert list(answer(file, "--by", "FORMAT")["groups"]) == sorted(groups)  # type: ignore[call-overload]


def test_what_was_left_out_is_told_apart_from_the_answer(file: Path) -> None:
    done = run(file, "--json")
    assert "Left out: 4 rows (measured at follow-up)." in done.stderr
    full = answer(file, "--full", "--by", "format")
    assert len(full["left_out"]) == 4  # type: ignore[arg-type]
    assert full["between"]["p"] == pytest.approx(0.615254607969972)  # type: ignore[index]


def test_choices_change_the_figures(file: Path) -> None:
    assert answer(file, "--method", "pm")["tau2"] == pytest.approx(0.0898207223140816)
    assert answer(file, "--no-knapp-hartung")["se"] == pytest.approx(0.0961372043969465)
    assert answer(file, "--where", "format=ind")["k"] == 5
    assert answer(file, "--rho", "0.8")["estimate"] != answer(file)["estimate"]
    assert answer(file, "--time", "follow-up")["k"] == 4


def test_people_read_sentences_and_a_table(file: Path) -> None:
    told = run(file, "--by", "format").stdout
    for part in ("Over 14 studies", "prediction interval", "By format:", "What this cannot say:", "promises nothing for one client"):
        assert part in told


def test_one_study_has_null_for_what_does_not_exist(tmp_path: Path) -> None:
    path = tmp_path / "one.csv"
    path.write_bytes(csv_of([{"study": "A", ".g": 0.5, ".g_se": 0.2}]))
    found = answer(path)
    assert (found["k"], found["estimate"], found["se"]) == (1, 0.5, pytest.approx(0.2))
    assert [found[name] for name in ("tau2", "i2", "q", "q_p", "prediction_interval", "egger", "trim_fill")] == [None] * 7
    assert "One study says nothing" in run(path).stdout


def test_events_are_pooled_where_there_is_no_g(tmp_path: Path) -> None:
    path = tmp_path / "events.csv"
    path.write_bytes(csv_of(events()))
    found = answer(path)
    assert (found["effect"], found["estimate"]) == ("log_rr", pytest.approx(-0.536736998067116))


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--by", "absent"), "has no column “absent”"),
        (("--where", "format"), "is no pair"),
        (("--where", "format=phone"), "never holds “phone”"),
        (("--map", "g=absent"), "has no column “absent”"),
        (("--rho", "1"), "is not between -1 and 1"),
        (("--time", "never"), "has no rows measured at “never”"),
        (("--effect", "log_rr"), "holds no log risk ratio"),
    ],
)
def test_what_cannot_be_used_is_one_line(file: Path, arguments: tuple[str, ...], says: str) -> None:
    fault = run(file, *arguments).exception
    assert isinstance(fault, Unusable)
    assert says in str(fault)


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    fault = run(tmp_path).exception
    assert isinstance(fault, Unusable)
    assert "cannot be opened (Is a directory)" in str(fault)


def test_a_row_with_a_fault_is_named_and_the_rest_is_pooled(tmp_path: Path) -> None:
    rows = trials()
    rows[2] |= {".g_se": 0}
    path = tmp_path / "faulty.csv"
    path.write_bytes(csv_of(rows))
    done = run(path, "--json")
    assert done.return_value == 0
    assert "faulty.csv, line 4, column .g_se: has a standard error of 0." in done.stderr


def test_rows_that_do_not_tell_the_column_are_counted(tmp_path: Path) -> None:
    path = tmp_path / "gaps.csv"
    path.write_bytes(csv_of([row | {"format": None if row["study"] == "Trial 1, 1995" else row["format"]} for row in trials()]))
    assert "1 row without format" in run(path, "--by", "format").stdout
    done = run(path, "--by", "format", "--json")
    assert "in no group" in done.stderr
    assert json.loads(done.stdout)["k"] == 14
