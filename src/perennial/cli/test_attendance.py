"""`perennial attendance credit`."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from perennial.cli.attendance import attendance
from perennial.cli.unusable import Unusable

SESSION = """
starts = 2027-03-05T09:00:00
ends = 2027-03-05T10:30:00
zone = "America/Los_Angeles"
parts = [{title = "Method", starts = 2027-03-05T09:00:00, ends = 2027-03-05T10:00:00, topics = ["research"]}]
bodies = [{name = "APA", minutes_per_hour = 60, step = 0.5, least = 1, partial = true}]
"""
LOG = "person,at,door,kind\nana,2027-03-05T09:00:00-08:00,front,in\nana,2027-03-05T10:30:00-08:00,front,out\n"


def called(folder: Path, log: str = LOG, session: str = SESSION, *more: str) -> tuple[int, str]:
    (folder / "log.csv").write_text(log, encoding="utf-8")
    (folder / "session.toml").write_text(session, encoding="utf-8")
    line = ["credit", str(folder / "log.csv"), "--session", str(folder / "session.toml"), *more]
    done = CliRunner().invoke(attendance, line, standalone_mode=False)
    if done.exception:
        raise done.exception
    return done.return_value, done.stdout


def test_minutes_and_hours_come_out_in_words_and_as_json(tmp_path: Path) -> None:
    status, text = called(tmp_path)
    assert (status, "ana: 90 of 90 minutes" in text, "APA: 1.5 h" in text) == (0, True, True)
    status, text = called(tmp_path, LOG, SESSION, "--json")
    (one,) = json.loads(text)
    assert (one["minutes"], one["bodies"][0]["hours"], one["parts"][0]["minutes"]) == (90, "1.5", 60)


def test_what_is_left_open_ends_with_one(tmp_path: Path) -> None:
    assert called(tmp_path, LOG + "ben,2027-03-05T09:00:00-08:00,front,in\n")[0] == 1
    assert called(tmp_path, LOG + "ben,nine,front,in\n")[0] == 1


@pytest.mark.parametrize(("log", "session"), [("who,when\n", SESSION), (LOG, "starts = 1"), (LOG, "[")])
def test_what_cannot_be_used_is_named(tmp_path: Path, log: str, session: str) -> None:
    with pytest.raises(Unusable, match=r"log\.csv|session\.toml"):
        called(tmp_path, log, session)
    with pytest.raises(Unusable, match="cannot be opened"):
        CliRunner().invoke(attendance, ["credit", "absent.csv", "--session", str(tmp_path)], standalone_mode=False, catch_exceptions=False)
