"""Tests of what a server does before it serves."""

import os
from pathlib import Path

import pytest

from perennial.cli.serve import apart


def test_what_makes_a_site_ready_is_done_in_a_process_of_its_own(tmp_path: Path) -> None:
    told = tmp_path / "by"

    def tell() -> None:
        told.write_text(str(os.getpid()))

    apart(tell)
    assert told.read_text() not in ("", str(os.getpid()))


def test_where_it_fails_the_server_does_not_start(capfd: pytest.CaptureFixture[str]) -> None:
    def fail() -> None:
        raise RuntimeError("no room on the disk")

    with pytest.raises(SystemExit) as ended:
        apart(fail)
    assert ended.value.code == 1
    assert "no room on the disk" in capfd.readouterr().err
