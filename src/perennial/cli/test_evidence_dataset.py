"""What `perennial evidence pool` is given: a path first, else a short name; and what is said where there is neither."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from perennial.apps.accounts.builders import make_person
from perennial.apps.trials.builders import make_dataset
from perennial.cli.evidence_pool import pool_
from perennial.cli.unusable import Unusable
from perennial.core.synthesis.builders import csv_of, trials

pytestmark = pytest.mark.django_db


def run(*arguments: object) -> Result:
    return CliRunner().invoke(pool_, [str(one) for one in arguments], standalone_mode=False)


def studies(*arguments: object) -> int:
    done = run(*arguments, "--json")
    assert done.return_value == 0, done.exception
    return int(json.loads(done.stdout)["k"])


def said(*arguments: object) -> str:
    fault = run(*arguments).exception
    assert isinstance(fault, Unusable)
    return str(fault)


def test_a_database_of_the_site_is_pooled_by_its_short_name_as_its_file_is(tmp_path: Path) -> None:
    dataset = make_dataset()
    path = tmp_path / "same.csv"
    path.write_bytes(csv_of(trials()))
    assert run(dataset.slug, "--json").stdout == run(path, "--json").stdout
    assert studies("sample-trials", "--where", "format=ind") == 5
    assert f"{dataset.slug}, column format: never holds “phone”" in said(dataset.slug, "--where", "format=phone")


def test_a_file_goes_before_a_database_of_the_same_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    dataset = make_dataset()
    monkeypatch.chdir(tmp_path)
    (tmp_path / dataset.slug).write_bytes(csv_of(trials(5)))
    assert studies(dataset.slug) == 5


def test_the_beginning_of_a_name_is_the_newest_version_and_several_are_named() -> None:
    older, newer = make_dataset(body=csv_of(trials(12))), make_dataset()
    assert (studies("sample-trials"), studies(older.slug)) == (14, 12)
    other = make_dataset(body=csv_of(trials(9, seed=7)))
    told = said("sample-trials")
    assert "is what several trial databases of this site are called" in told
    assert (newer.slug in told, other.slug in told, older.slug in told) == (True, True, False)


def test_what_is_neither_is_said_with_what_is_there() -> None:
    assert said("depresion") == (
        "depresion: is neither a file nor a trial database of this site. "
        "None is here. Name a CSV file, or bring one: perennial evidence import FILE --format metapsy"
    )
    own, dataset = make_dataset(owner=make_person()), make_dataset()
    assert said("absent.csv").endswith(f"Name a CSV file that is there, or one of: {dataset.slug}.")
    assert "is neither" in said(own.slug)


def test_a_database_whose_file_is_gone_is_said() -> None:
    dataset = make_dataset()
    dataset.file.storage.delete(str(dataset.file.name))
    assert "cannot be opened (No such file or directory)" in said(dataset.slug)
    assert "cannot be opened (File name too long)" in said("a" * 5000)
    assert "is neither" in said("a\x00b")


def test_columns_that_were_told_when_it_was_brought_hold() -> None:
    dataset = make_dataset(body=b"study,d,error\nA 2001,0.4,0.2\nB 2003,0.6,0.25\nC 2010,0.1,0.3\n", columns={"g": "d", "g_se": "error"})
    assert studies(dataset.slug) == 3
