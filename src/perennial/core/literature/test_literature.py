"""What Crossref and Retraction Watch tell, and how a work stands by it."""

from datetime import date

import pytest

from perennial.core.literature import COLUMNS, Nature, Standing, Told, plain_doi, read_message, read_retractions, standing_of
from perennial.core.values import Problem

# The shape of a message of Crossref's REST interface, with the parts that are read and some that are not; the work is invented.
MESSAGE = {
    "status": "ok",
    "message-type": "work",
    "message-version": "1.0.0",
    "message": {
        "DOI": "10.1000/Sample.1",
        "type": "journal-article",
        "title": ["A sample\n of  samples"],
        "author": [
            {"given": "Ada M.", "family": "Sample", "sequence": "first", "affiliation": []},
            {"name": "The Sample Group", "sequence": "additional", "affiliation": []},
        ],
        "issued": {"date-parts": [[2019, 3]]},
        "container-title": ["Journal of Samples"],
        "volume": "7",
        "page": "1-9",
        "updated-by": [
            {
                "DOI": "10.1000/sample.9",
                "type": "retraction",
                "label": "Retraction",
                "source": "retraction-watch",
                "updated": {"date-parts": [[2021, 5, 4]], "date-time": "2021-05-04T00:00:00Z", "timestamp": 1620086400000},
                "record-id": "1",
            },
            {"DOI": "10.1000/sample.8", "type": "new_version", "updated": {"date-parts": [[2020]]}},
        ],
    },
}
HEAD = "Record ID,Title,OriginalPaperDOI,RetractionDOI,RetractionDate,RetractionNature,Reason\n"


def test_a_message_becomes_a_work_with_its_notices() -> None:
    work = read_message(MESSAGE)
    assert work.citation == "Sample, A. M., & The Sample Group (2019). A sample of samples. Journal of Samples, 7, 1-9."
    assert [(one.nature, one.on, one.notice_doi) for one in work.told] == [(Nature.RETRACTION, date(2021, 5, 4), "10.1000/sample.9")]


@pytest.mark.parametrize("answer", [None, [], {"message": "Resource not found."}, {"message": {"title": ["x"]}}, {"message": {"DOI": 7}}])
def test_what_is_no_work_is_refused(answer: object) -> None:
    with pytest.raises(ValueError, match="the "):
        read_message(answer)


def test_a_message_of_odd_shapes_is_read_as_far_as_it_goes() -> None:
    odd: object = {
        "message": {"DOI": "10.1000/x", "title": "no list", "author": [None, {}], "issued": {"date-parts": [[None]]}, "updated-by": [1]}
    }
    work = read_message(odd)
    assert (work.title, work.authors, work.year, work.told) == ("", (), None, ())


def test_a_message_holds_nothing_that_cannot_be_kept() -> None:
    work = read_message(
        {
            "message": {
                "DOI": "10.1000/x",
                "title": ["A <i>sample</i> of half a letter\ud800"],
                "volume": "v" * 200,
                "page": "1, " * 90,
                "language": "l" * 60,
                "issued": {"date-parts": [[99_999_999_999]]},
                "published": {"date-parts": [[-5, 1]]},
            }
        }
    )
    assert (work.title, work.year, len(work.volume), len(work.language)) == ("A sample of half a letter", None, 80, 40)
    assert len(work.pages) <= 80


def test_rows_of_retraction_watch() -> None:
    rows = [
        HEAD,
        "1,A,10.1000/A,10.1000/n,10/4/2021 0:00,Retraction,+Data;+Error;\n",
        "2,B,unavailable,,1/1/2020 0:00,Retraction,\n",
        "3,C,10.1000/c,,13/13/2020,Reinstatement,\n",
        "x,D,10.1000/d,,,Withdrawn,\n",
    ]
    first, second, third, fourth = read_retractions(rows)
    assert first == Told("10.1000/a", Nature.RETRACTION, date(2021, 10, 4), "10.1000/n", "Data; Error", "Retraction Watch", "rw:1")
    assert second is None
    assert isinstance(third, Told)
    assert third.on is None
    assert isinstance(fourth, Problem)
    assert fourth.where == "line 5"


def test_the_whole_head_of_the_file_with_a_mark_of_order_semicolons_and_works_that_have_but_a_pmid() -> None:
    head = (
        "Record ID,Title,Subject,Institution,Journal,Publisher,Country,Author,URLS,ArticleType,RetractionDate,RetractionDOI,"
        "RetractionPubMedID,OriginalPaperDate,OriginalPaperDOI,OriginalPaperPubMedID,RetractionNature,Reason,Paywalled,Notes\n"
    )
    row = '5,"A, b",(PSY),I,J,P,US,"A; B",,Research Article;,1/2/2020 0:00,10.1/n,0,1/1/2019 0:00,unavailable,0077,Retraction,+X;,No,\n'
    told = Told("", Nature.RETRACTION, date(2020, 1, 2), "10.1000/n", "X", "Retraction Watch", "rw:5", "77")
    assert list(read_retractions(["\ufeff" + head, row.replace("10.1/n", "10.1000/n")])) == [told]
    (semicolons,) = read_retractions([HEAD.replace(",", ";"), "5;A;10.1000/a;;;Correction;\n"])
    assert isinstance(semicolons, Told)


def test_another_file_is_refused_with_what_it_lacks() -> None:
    (problem,) = read_retractions(["a,b\n", "1,2\n"])
    assert isinstance(problem, Problem)
    assert COLUMNS[0] in problem.what


def test_a_reinstatement_ends_what_was_told_before_it() -> None:
    told = [Told("10.1/x", nature, date(2020, month, 1)) for month, nature in enumerate((Nature.CONCERN, Nature.RETRACTION), 1)]
    back = Told("10.1/x", Nature.REINSTATEMENT, date(2020, 3, 1))
    assert standing_of(told) == Standing.RETRACTED
    assert standing_of([back, *told]) == Standing.CLEAR
    assert standing_of([*told, back, Told("10.1/x", Nature.CORRECTION, date(2020, 4, 1))]) == Standing.CORRECTED


def test_dois_as_people_write_them() -> None:
    assert plain_doi(" https://doi.org/10.1000/ABC ") == plain_doi("doi: 10.1000/abc") == "10.1000/abc"
    assert plain_doi("11.1000/abc") == ""
    assert plain_doi(f"10.123456789/{'x' * 240}") == plain_doi("10.1000/a\x00b") == plain_doi("10.1000/a\ud800") == ""
