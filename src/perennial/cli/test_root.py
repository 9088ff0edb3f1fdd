"""Tests of the command as one calls it: statuses, and one line for a fault."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest


def call(*words: str, data: Path, **more: str) -> subprocess.CompletedProcess[str]:
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("PERENNIAL_", "DJANGO_", "DATABASE_URL"))}
    return subprocess.run(
        [sys.executable, "-m", "perennial.cli", *words],
        env={**kept, "PERENNIAL_DATA": str(data), **more},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_an_unknown_command_is_one_line_and_status_2(tmp_path: Path) -> None:
    done = call("dance", data=tmp_path)
    assert done.returncode == 2
    assert done.stderr.strip().splitlines() == ["perennial: No such command 'dance'. See: perennial --help"]


@pytest.mark.parametrize("command", [("doctor",), ("manage", "check"), ("load",)])
def test_an_unknown_setting_stops_with_one_line_and_status_2(tmp_path: Path, command: tuple[str, ...]) -> None:
    done = call(*command, data=tmp_path, PERENNIAL_DEBUGG="yes")
    assert done.returncode == 2
    assert done.stderr.startswith("PERENNIAL_DEBUGG: no setting has this name")
    assert len(done.stderr.strip().splitlines()) == 1


BREAKS = "import sys, perennial.cli.root as r; r.root.get_command = lambda *_: 1 / 0; sys.argv = ['perennial', {!r}]; r.main()"


@pytest.mark.parametrize(("command", "status"), [("plan", 2), ("serve", 1)])
def test_a_fault_of_its_own_is_no_answer_of_no(command: str, status: int) -> None:
    done = subprocess.run([sys.executable, "-c", BREAKS.format(command)], capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == status
    assert "ZeroDivisionError" in done.stderr
    assert ("Traceback" in done.stderr) == (status == 1)


def test_help_loads_no_django(tmp_path: Path) -> None:
    script = "import sys, perennial.cli.root as r; r.root.main(['--help'], standalone_mode=False); assert 'django' not in sys.modules"
    subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, timeout=60)


def test_doctor_says_what_is_missing_and_ends_with_1(tmp_path: Path) -> None:
    done = call("doctor", "--json", data=tmp_path)
    assert done.returncode == 1
    tables = next(finding for finding in json.loads(done.stdout) if finding["what"].startswith("Tables"))
    assert not tables["fine"]
    assert tables["mend"] == "Run: perennial manage migrate"


def test_a_port_that_is_taken_is_told_before_any_work(tmp_path: Path) -> None:
    script = (
        "import socket,subprocess,sys,os; s=socket.socket(); s.bind(('127.0.0.1',0)); s.listen(); port=str(s.getsockname()[1]);"
        "d=subprocess.run([sys.executable,'-m','perennial.cli','serve'],env={**os.environ,'PORT':port},capture_output=True,text=True);"
        "print(d.returncode, d.stderr)"
    )
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("PERENNIAL_", "DJANGO_", "DATABASE_URL"))}
    done = subprocess.run(
        [sys.executable, "-c", script],
        env={**kept, "PERENNIAL_DATA": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert done.stdout.startswith("2 PORT: 127.0.0.1:")
    assert not (tmp_path / "perennial.sqlite3").exists()
