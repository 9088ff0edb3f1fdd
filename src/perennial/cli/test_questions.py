"""`perennial questions` from outside: what it prints, writes, and how it ends."""

import sys
from pathlib import Path

import pytest

from perennial.cli.root import main
from perennial.core.questions import read_questions

GIFT = "::sleep::Does it help? {=Yes#It does. ~No}\n\n"


def run(monkeypatch: pytest.MonkeyPatch, *words: object) -> int:
    """The exit status of the command."""
    monkeypatch.setattr(sys, "argv", ["perennial", "questions", *map(str, words)])
    with pytest.raises(SystemExit) as end:
        main()
    return int(end.value.code or 0)


def test_a_file_is_turned_into_another_format(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "in.gift").write_text(GIFT)
    assert run(monkeypatch, "convert", tmp_path / "in.gift", tmp_path / "out.zip") == 0
    assert "out.zip: 1 question as QTI 3.0" in capsys.readouterr().out
    back = read_questions((tmp_path / "out.zip").read_bytes(), "out.zip")
    assert [(item.id, item.stem) for item in back.items] == [("sleep", "Does it help?")]


def test_nothing_is_written_where_something_is_refused_unless_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "in.gift").write_text(f"{GIFT}Name it. {{=rest}}\n")
    assert run(monkeypatch, "convert", tmp_path / "in.gift", tmp_path / "out.xml") == 1
    assert not (tmp_path / "out.xml").exists()
    shown = capsys.readouterr()
    assert "refused  line 3: Name it.: is answered by typing words ('rest')" in shown.out
    assert "give --partly" in shown.err
    assert run(monkeypatch, "convert", tmp_path / "in.gift", tmp_path / "out.xml", "--partly") == 0
    assert run(monkeypatch, "convert", tmp_path / "in.gift", tmp_path / "all.xml", "--short-as-reflection") == 0
    assert len(read_questions((tmp_path / "all.xml").read_bytes(), "all.xml").items) == 2


def test_looking_names_what_would_change_and_ends_with_1_or_2(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.gift").write_text(GIFT + "Half? {=a ~%50%b}\n")
    (tmp_path / "b.txt").write_text("nothing known")
    assert run(monkeypatch, "look", tmp_path / "a.gift") == 0
    assert "a.gift: GIFT: 1 taken, 1 changed, 0 refused" in capsys.readouterr().out
    assert run(monkeypatch, "look", tmp_path / "b.txt") == 2
    assert "b.txt: is of no format that is known here" in capsys.readouterr().err
    assert run(monkeypatch, "look", tmp_path / "none.txt") == 2
