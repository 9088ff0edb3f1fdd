"""`perennial export` writes one person's record, once."""

import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from perennial.apps.accounts.builders import make_person
from perennial.cli.export import export
from perennial.cli.unusable import Unusable

pytestmark = pytest.mark.django_db


def test_the_record_is_written_and_only_its_owner_may_read_it(tmp_path: Path) -> None:
    out = tmp_path / "out.zip"
    found = CliRunner().invoke(export, [make_person().email, str(out)], standalone_mode=False)
    assert found.return_value == 0, found.output
    assert "record.json" in zipfile.ZipFile(out).namelist()
    assert out.stat().st_mode & 0o077 == 0


def test_an_unknown_person_is_told_in_one_line(tmp_path: Path) -> None:
    found = CliRunner().invoke(export, ["nobody@example.org", str(tmp_path / "out.zip")], standalone_mode=False)
    assert isinstance(found.exception, Unusable)
    assert not list(tmp_path.iterdir())


def test_a_file_that_is_there_is_not_written_over(tmp_path: Path) -> None:
    out = tmp_path / "out.zip"
    out.write_text("precious")
    found = CliRunner().invoke(export, [make_person().email, str(out)], standalone_mode=False)
    assert isinstance(found.exception, Unusable)
    assert out.read_text() == "precious"
