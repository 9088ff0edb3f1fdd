"""`perennial evidence index` as a person runs it."""

import json

import pytest
from click.testing import CliRunner

from perennial.apps.evidence.indexing import opened
from perennial.apps.works.builders import make_work
from perennial.cli.evidence import evidence

pytestmark = pytest.mark.django_db


def told(*arguments: str) -> dict[str, object]:
    """What the command answers, as JSON."""
    result = CliRunner().invoke(evidence, ["index", "--json", *arguments], standalone_mode=False)
    assert result.exception is None
    answer: dict[str, object] = json.loads(result.stdout)
    return answer


def test_it_takes_in_what_is_new_and_makes_all_anew() -> None:
    make_work(title="Exposure for fear of dogs")
    assert told()["taken_in"] == 1
    make_work(title="Exposure for fear of cats")
    assert (told()["taken_in"], told()["taken_in"], told("--rebuild")["taken_in"]) == (1, 0, 2)


def test_people_read_words() -> None:
    make_work()
    result = CliRunner().invoke(evidence, ["index"], standalone_mode=False)
    assert "1 work taken in; the index has 1." in result.stdout


def test_while_another_process_writes_it_says_so() -> None:
    make_work()
    told()
    index = opened()
    assert index is not None
    writer = index._index.writer()
    result = CliRunner().invoke(evidence, ["index", "--rebuild"], standalone_mode=False)
    assert "written by another process" in str(result.exception)
    del writer
