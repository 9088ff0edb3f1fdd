"""`perennial evidence import`: what it takes, how it answers, and what it says of files that cannot be used."""

import gzip
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from perennial.apps.works.queries import count, work_of
from perennial.cli.evidence import evidence
from perennial.core.literature.test_services import FOOT, HEAD, articles

pytestmark = pytest.mark.django_db(transaction=True)


def run(file: Path, form: str, *more: str) -> Result:
    """Call the command."""
    return CliRunner().invoke(evidence, ["import", str(file), "--format", form, *more], standalone_mode=False)


def written(tmp_path: Path, text: str | bytes, name: str = "sample") -> Path:
    """A file with this in it."""
    file = tmp_path / name
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    return file


def test_a_packed_file_of_pubmed_is_taken_once_with_progress_on_standard_error(tmp_path: Path) -> None:
    file = written(tmp_path, gzip.compress((HEAD + articles(1, 2) + FOOT).encode()), "pubmed25n0001.xml.gz")
    for _ in range(2):
        done = run(file, "pubmed", "--json")
        assert done.return_value == 0
        assert {name: json.loads(done.stdout)[name] for name in ("taken", "new", "unread", "done")} == {
            "taken": 2,
            "new": 2,
            "unread": 0,
            "done": True,
        }
    assert "Looking at the file" in done.stderr
    assert count() == 2
    assert work_of("10.1000/s.2") is not None


def test_single_records_that_cannot_be_read_are_named(tmp_path: Path) -> None:
    done = run(written(tmp_path, "TY  - JOUR\nTI  - A\nTY  - JOUR\nTI  - B\nER  - \nTY  - JOUR\nER  - \n"), "ris")
    assert done.return_value == 1
    assert "1 records: 1 new works" in done.stdout
    assert "line 1: begins a record that has no end" in done.stdout
    assert "neither title, DOI nor PMID" in done.stdout


@pytest.mark.parametrize(
    ("form", "text", "says"),
    [
        ("pubmed", "<!DOCTYPE html><html></html>", "is a web page (HTML), not PubMed XML"),
        ("pubmed", '<!DOCTYPE a [<!ENTITY a "b">]><PubmedArticleSet/>', "declares entities of its own"),
        ("pubmed", HEAD + articles(1)[:-60], "0 records were taken"),
        ("pubmed", HEAD + articles(1) + "<PubmedArticle>", "1 records were taken"),
        ("europepmc", '{"resultList": {"resu', "is no whole JSON"),
        ("openalex", HEAD + FOOT, "is XML"),
        ("bibtex", "TY  - JOUR", "is no BibTeX"),
        ("csl", "", "is empty"),
        ("retractionwatch", "a,b\n1,2\n", "lacks the columns"),
    ],
)
def test_what_cannot_be_used_is_said_in_one_line(tmp_path: Path, form: str, text: str, says: str) -> None:
    done = run(written(tmp_path, text), form)
    assert says in str(done.exception)
    assert "\n" not in str(done.exception)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    assert "cannot be opened" in str(run(tmp_path / "none", "pubmed").exception)
