"""`perennial courses check` from outside: what it prints, and how it ends."""

import json
import sys
from pathlib import Path

import pytest

from perennial.cli.root import main
from perennial.core.courses.builders import COURSE, write_course


def run(monkeypatch: pytest.MonkeyPatch, *words: str) -> int:
    """The exit status of the command."""
    monkeypatch.setattr(sys, "argv", ["perennial", "courses", "check", *words])
    with pytest.raises(SystemExit) as end:
        main()
    return int(end.value.code or 0)


def test_a_course_in_order_ends_with_0_and_shows_both_methods(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, str(write_course(tmp_path))) == 0
    shown = capsys.readouterr().out
    assert "sample-course: in order" in shown
    assert "* 6,000 words an hour: 60.0 min from 6,000 words; rounded LIBRARY 1 h" in shown
    assert "Mergener formula: 35.6 min from 6,000 words, 1 question, difficulty 3 (not stated; the middle level)" in shown


def test_a_blocking_finding_ends_with_1(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    folder = write_course(tmp_path, course=COURSE.replace("hours = 1.0\n", "hours = 1.25\n"))
    assert run(monkeypatch, str(folder)) == 1
    assert "Claim at most 1" in capsys.readouterr().out


def test_advice_alone_does_not_block(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    course = COURSE.replace("pass_percent = 80", "pass_percent = 79").replace("ethics = 1.0", "clinical = 1.0")
    assert run(monkeypatch, str(write_course(tmp_path, course=course)), "--body", "ASWB_ACE") == 0
    assert "advice  ASWB_ACE: A pass mark of 80 %" in capsys.readouterr().out


def test_a_fault_that_leaves_the_course_readable_ends_with_1(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run(monkeypatch, str(write_course(tmp_path, course=COURSE.replace('slug = "sample-course"', 'slug = "other"')))) == 1


def test_an_unusable_folder_ends_with_2_and_one_line_for_each_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = write_course(tmp_path, course=COURSE.replace("version = 1", "version = 0"))
    assert run(monkeypatch, str(folder)) == 2
    assert capsys.readouterr().err == "sample-course/course.toml: version: is 0. Write a whole number from 1 to 9999.\n"


@pytest.mark.parametrize("words", [(), ("--body", "NOBODY", "folder")])
def test_a_line_that_cannot_be_used_ends_with_2(
    words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, *words) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_json_gives_an_object_for_each_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(monkeypatch, str(write_course(tmp_path)), str(tmp_path / "nowhere"), "--body", "apa", "--json") == 2
    good, bad = json.loads(capsys.readouterr().out)
    assert good["hours"]["methods"]["words_6000"] == {"minutes": 60.0, "rounded_hours": {"LIBRARY": 1.0, "APA": 1.0}}
    assert {finding["body"] for finding in good["findings"]} == {"APA"}
    assert (bad["in_order"], bad["hours"]) == (None, None)
    assert bad["problems"][0]["mend"]


PROVIDER = """
name = "Sample Institute"
accommodation = "Write to us."
grievance = "Write to us."
records = "Seven years"
administrators = [{name = "A. Sample", qualifications = "LCSW"}]
approvals = [{body = "IACET", number = "1", statement = "Sample Institute is accredited by IACET.", starts = 2026-01-01, ends = 2027-01-01}]
"""
DECLARED = (
    '\n[[declarations]]\nname = "Perennial contributors"\nrole = "authors"\non = 2026-03-01\nsays = "None in the 24 months before."\n'
)


@pytest.mark.parametrize(
    ("day", "ends", "says"),
    [
        ("2026-06-01", 0, "sample-course: in order"),
        ("2027-01-01", 1, "the approval ended: 31 December 2026 was its last day"),
        ("2025-12-31", 1, "has not begun: it starts on 1 January 2026"),
    ],
)
def test_the_provider_s_papers_beside_the_course_are_judged_on_the_day(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], day: str, ends: int, says: str
) -> None:
    folder = write_course(tmp_path, course=COURSE + DECLARED)
    (folder / "provider.toml").write_text(PROVIDER, encoding="utf-8")
    assert run(monkeypatch, str(folder), "--body", "IACET", "--on", day) == ends
    shown = capsys.readouterr().out
    assert says in shown
    assert "rounded LIBRARY 1 h, IACET 0.1 CEU" in shown
    (folder / "provider.toml").write_text("nome = 1", encoding="utf-8")
    assert run(monkeypatch, str(folder), "--on", day) == 1
    assert "provider.toml: nome: unknown key" in capsys.readouterr().out


def test_without_its_papers_a_course_is_judged_and_what_was_not_looked_at_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, str(write_course(tmp_path)), "--body", "IACET") == 0
    assert "not looked at: the provider's papers" in capsys.readouterr().out
