"""One record for each work: what joins two, what keeps them apart, and what is kept of both."""

from dataclasses import replace

import pytest

from perennial.core.literature import Record
from perennial.core.literature.joining import Known, merge, shelf_of
from perennial.core.literature.titles import family, title_key

TITLE = title_key("A sample of samples for sample people", 2019)
KNOWN = Known(1, "10.1/a", "77", TITLE, "sample", "pubmed")


@pytest.mark.parametrize(
    ("doi", "pmid", "key", "because"),
    [
        ("10.1/a", "", 1, "both carry DOI 10.1/a"),
        ("", "77", 1, "both carry PMID 77"),
        ("10.1/a", "77", 1, "both carry PMID 77"),
        ("", "", 1, "title, year and first author"),
        ("10.1/a", "78", None, "kept apart: DOI 10.1/a stands here with PMID 77"),
        ("10.1/b", "77", None, "kept apart: PMID 77 stands here with DOI 10.1/a"),
        ("10.1/b", "", None, ""),
        ("", "78", None, ""),
    ],
)
def test_identifiers_join_and_conflicting_ones_never_do(doi: str, pmid: str, key: int | None, because: str) -> None:
    placed = shelf_of([KNOWN]).place(Known(0, doi, pmid, TITLE, "sample", "crossref"))
    assert (placed.known.key if placed.known else None) == key
    assert because in placed.because
    assert bool(placed.without) == because.startswith("kept apart")


def test_a_source_may_mend_its_own_doi() -> None:
    assert shelf_of([KNOWN]).place(Known(0, "10.1/b", "77", source="pubmed")).known == KNOWN


@pytest.mark.parametrize(("one", "two", "stays"), [(1, 2, 1), (2, 1, 1), (-1, 5, 5), (5, -1, 5), (-2, -1, -1)])
def test_a_record_with_both_numbers_proves_two_works_one_and_the_first_stays(one: int, two: int, stays: int) -> None:
    shelf = shelf_of([Known(one, "10.1/a", "", TITLE, "sample"), Known(two, "", "77", "other|2019", "sample")])
    placed = shelf.place(Known(0, "10.1/a", "77"))
    assert placed.known is not None
    assert placed.goes is not None
    assert ({placed.known.key, placed.goes.key}, placed.known.key, placed.without) == ({one, two}, stays, "")
    assert placed.because == "joined because one record carries both DOI 10.1/a and PMID 77"
    now = shelf.join(placed.known, placed.goes)
    assert (now.key, now.doi, now.pmid) == (stays, "10.1/a", "77")
    for asked in (Known(0, "10.1/a", ""), Known(0, "", "77"), Known(0, "10.1/a", "77"), Known(0, "", "", TITLE, "sample")):
        again = shelf.place(asked)
        assert again.known is not None
        assert (again.known.key, again.goes) == (stays, None)
    assert shelf.place(Known(0, "10.1/b", "77", source="ris")).without == "pmid", "what contradicts it is kept apart from now on"


@pytest.mark.parametrize(
    ("doi", "pmid"), [(Known(1, "10.1/a", "78"), Known(2, "", "77")), (Known(1, "10.1/a", ""), Known(2, "10.1/b", "77"))]
)
def test_works_of_which_one_has_another_number_are_never_joined(doi: Known, pmid: Known) -> None:
    placed = shelf_of([doi, pmid]).place(Known(0, "10.1/a", "77", source="crossref"))
    assert placed.goes is None
    assert bool(placed.without)
    assert "stands at another work here" in placed.because


def test_a_record_kept_apart_from_another_work_s_doi_is_known_again_by_its_pmid() -> None:
    first, second = Known(1, "10.1/a", "77"), Known(2, "", "78")
    placed = shelf_of([first, second]).place(Known(0, "10.1/a", "78", source="pubmed"))
    assert (placed.known, placed.without) == (second, "doi")
    assert "DOI 10.1/a stands at another work here" in placed.because


def test_what_a_work_took_on_tells_it_from_others_at_once() -> None:
    shelf = shelf_of([KNOWN._replace(doi="")])
    for _ in range(2):
        shelf.change(KNOWN._replace(doi=""), KNOWN)
    assert shelf.place(Known(0, "10.1/a", "", source="ris")).known == KNOWN
    assert shelf.place(Known(0, "10.1/b", "", TITLE, "sample")).known is None


@pytest.mark.parametrize(("title", "author", "joins"), [(TITLE, "other", False), (TITLE, "", False), ("editorial|2019", "sample", False)])
def test_a_title_alone_or_a_common_one_joins_nothing(title: str, author: str, joins: bool) -> None:
    known = Known(1, "", "", title, "sample")
    assert (shelf_of([known]).place(Known(0, "10.1/x", "", title, author)).known is not None) == joins


def test_titles_are_the_same_however_they_are_written() -> None:
    assert title_key("The <i>Thérapy</i>: a sample—of samples.", 2019) == title_key("THE THERAPY - A Sample of Samples", 2019)
    assert (title_key("", 2019), title_key("A", None)) == ("", "a|")
    assert family("Müller-Lüdenscheid, J.") == family("Muller Ludenscheid, John")


def test_what_a_source_told_before_is_known_again_without_any_number() -> None:
    known = Known(1, "", "", "editorial|2019", "sample", "ris", "J|7|1-2")
    assert shelf_of([known]).place(known._replace(key=0)).known == known
    assert shelf_of([known]).place(known._replace(key=0, where="J|8|1-2")).known is None
    assert shelf_of([known]).place(known._replace(key=0, source="csl")).known is None


RICH = Record(
    doi="10.1/a",
    pmid="77",
    title="A",
    abstract="A long abstract.",
    authors=("A, B.", "C, D."),
    kinds=("Review",),
    mesh=("X",),
    source="pubmed",
)


def test_what_is_empty_is_filled_and_nothing_richer_is_overwritten() -> None:
    poor = Record(
        doi="10.1/a",
        title="a",
        abstract="Short.",
        authors=("A, B.",),
        volume="7",
        kinds=("article",),
        free_url="https://x.org",
        source="openalex",
    )
    whole = replace(RICH, volume="7", kinds=("Review", "article"), free_url="https://x.org")
    assert merge(RICH, poor) == merge(poor, RICH) == whole
    assert merge(whole, poor) == whole, "again changes nothing"


def test_of_the_same_source_the_newer_holds_and_empties_nothing() -> None:
    newer = replace(RICH, title="B", abstract="", mesh=("Y",))
    assert merge(RICH, newer) == replace(RICH, title="B", mesh=("Y",))
