"""Which study of a database a work is."""

from typing import Any

import pytest

from perennial.apps.trials.builders import make_dataset
from perennial.apps.trials.reading import source_of
from perennial.apps.trials.studies import Paper, study_of
from perennial.core.synthesis.builders import csv_of, trials

pytestmark = pytest.mark.django_db
REFERENCE = "Møller, A., & Ito, B. (2001). Talking about sleep: A randomized trial. J Made Up, 7(3), 2-9."
TITLE = "Talking about sleep: a randomized trial"


def study(paper: Paper, **cells: Any) -> str:
    """The study that the paper is in a database of which the fourth study is told with these cells."""
    rows = trials()
    rows = [{**one, "full_ref": None, **dict.fromkeys(cells), **(cells if one["study"] == "Trial 4, 2001" else {})} for one in rows]
    return study_of(source_of(make_dataset(body=csv_of(rows, encoding="utf-8"))), paper)


@pytest.mark.parametrize(
    ("cells", "paper"),
    [
        ({"doi": "https://doi.org/10.1000/ABC"}, Paper("w", doi="10.1000/abc")),
        ({"full_ref": f"{REFERENCE} doi: 10.1000/abc."}, Paper("w", doi="10.1000/abc")),
        ({"pmid": "0012345"}, Paper("w", pmid="12345")),
        ({"full_ref": f"{REFERENCE} PMID: 12345"}, Paper("w", pmid="12345")),
        ({"full_ref": REFERENCE}, Paper("w", doi="10.1000/abc", title=TITLE, year=2001)),
        ({"full_ref": REFERENCE}, Paper("w", title=f"{TITLE}.", year=2002)),
        ({"title": "Talking about SLEEP - a randomized trial"}, Paper("w", title=TITLE, year=2001)),
    ],
)
def test_a_work_is_found_by_doi_by_number_or_by_title_and_year(cells: dict[str, Any], paper: Paper) -> None:
    assert study(paper, **cells) == "Trial 4, 2001"


@pytest.mark.parametrize(
    ("cells", "paper"),
    [
        ({"full_ref": REFERENCE}, Paper("another year", title=TITLE, year=2004)),
        ({"full_ref": REFERENCE}, Paper("no year", title=TITLE)),
        ({"full_ref": REFERENCE}, Paper("a part of the title", title="About sleep: a randomized trial", year=2001)),
        ({"full_ref": REFERENCE}, Paper("its beginning", title="Talking about sleep: a randomized", year=2001)),
        ({"full_ref": "A. (2001). Talking about sleep."}, Paper("too common to tell", title="Talking about sleep", year=2001)),
        ({"full_ref": REFERENCE, "doi": "10.1000/x"}, Paper("another DOI", doi="10.1000/abc", title=TITLE, year=2001)),
        ({"doi": "10.1000/x"}, Paper("nothing known")),
    ],
)
def test_what_could_be_another_work_is_none(cells: dict[str, Any], paper: Paper) -> None:
    assert study(paper, **cells) == ""


def test_a_work_that_two_studies_are_told_of_is_none() -> None:
    rows = [{**one, "doi": "10.1000/abc"} for one in trials(2)]
    assert study_of(source_of(make_dataset(body=csv_of(rows))), Paper("w", doi="10.1000/abc")) == ""
