"""RIS, BibTeX and CSL-JSON: what is written is read as it was, and faults are told with their place."""

import io
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import IO

import pytest

from perennial.core.literature import Record, read_bibtex, read_csl, read_ris, write_bibtex, write_csl, write_ris
from perennial.core.literature.wholes import MOST_BYTES
from perennial.core.values import Problem

Read = Callable[[IO[bytes]], Iterator[Record | Problem]]
WHOLE = Record(
    doi="10.1000/a_b.1",
    pmid="123",
    pmcid="PMC9",
    title="A {sample} & 50% of <50 tests_$: thérapy",
    abstract="One. Two_$3 ~ 4 \\ 5.",
    authors=("Sample, A. M.", "van der Berg, J.-P.", "The Sample & Group"),
    year=2019,
    published_on=date(2019, 3, 4),
    container="Journal of Samples",
    volume="7",
    issue="2",
    pages="1-9",
    language="eng",
    kinds=("Journal Article",),
    keywords=("Anxiety", "group therapy"),
)


def of(read: Read, text: str) -> list[Record | Problem]:
    """What a reader makes of the text."""
    return list(read(io.BytesIO(text.encode())))


@pytest.mark.parametrize(
    ("write", "read", "kind"),
    [(write_ris, read_ris, "JOUR"), (write_csl, read_csl, "article-journal"), (write_bibtex, read_bibtex, "article")],
)
def test_what_is_written_is_read_as_it_was(write: Callable[[Iterable[Record]], str], read: Read, kind: str) -> None:
    book = replace(WHOLE, kinds=("book",), doi="", pmid="", published_on=None, title="Two")
    first, second = of(read, write([WHOLE, book]))
    assert isinstance(first, Record)
    assert first == replace(WHOLE, kinds=(kind,), source=first.source)
    assert first.kind == "journal-article"
    assert isinstance(second, Record)
    assert (second.kind, second.title) == ("book", "Two")


def test_ris_as_others_write_it() -> None:
    text = (
        "\ufeffTY  - JOUR\r\nT1  - A long title\r\nthat goes on\r\nA1  - Sample, Ada\r\nY1  - 2001/05//\r\n"
        "JO  - J Samples\r\nSP  - 1\r\nEP  - 1\r\nN2  - Words.\r\nN1  - PMID: 0077\r\n"
        "UR  - https://doi.org/10.1000/Z\r\nER  -\r\n"
    )
    (record,) = of(read_ris, text)
    assert isinstance(record, Record)
    assert (record.title, record.authors, record.year, record.pages) == ("A long title that goes on", ("Sample, A.",), 2001, "1")
    assert (record.pmid, record.doi, record.abstract, record.container) == ("77", "10.1000/z", "Words.", "J Samples")


def test_a_ris_record_without_end_is_left_out_and_named() -> None:
    found = of(read_ris, "TY  - JOUR\nTI  - A\n\nTY  - BOOK\nTI  - B\nER  - \nTY  - JOUR\nTI  - C")
    assert [getattr(one, "where", "record") for one in found] == ["line 1", "record", "line 7"]


BIB = """@string{jos = "Journal of Samples"}
@article{a1, title = {{Sample} th{\\'e}rapy \\& more}, author = {Ada M. Sample and van der Berg, Jan and {The Sample Group}},
  year = 2019, month = mar, day = 4, journal = jos, pages={1--9}, doi={10.1000/A\\_B}}
@article{bad, title = {no end
@book{b1, title={A book}, author={M{\\"u}ller, J{\\"o}rg}, year={2001}, publisher={X}}
"""


def test_bibtex_with_latex_names_and_strings() -> None:
    article, book, fault = of(read_bibtex, BIB)
    assert isinstance(article, Record)
    assert article.authors == ("Sample, A. M.", "van der Berg, J.", "The Sample Group")
    assert (article.title, article.container, article.pages) == ("Sample thérapy & more", "Journal of Samples", "1-9")
    assert (article.doi, article.published_on) == ("10.1000/a_b", date(2019, 3, 4))
    assert isinstance(book, Record)
    assert book.authors == ("Müller, J.",)
    assert isinstance(fault, Problem)
    assert fault.where == "line 4"


def test_csl_json_by_lines_by_list_and_from_zotero() -> None:
    item = '{"type": "book", "title": "A", "author": [{"literal": "Group"}], "issued": {"raw": "May 2004"}, "note": "PMID: 12\\nother: x"}'
    (one,) = of(read_csl, item)
    assert isinstance(one, Record)
    assert (one.authors, one.year, one.pmid) == (("Group",), 2004, "12")
    lines = of(read_csl, f"{item}\n\n{item[:40]}\n[]\n")
    assert [getattr(each, "where", "record") for each in lines] == ["record", "line 3", "line 4"]


@pytest.mark.parametrize(
    ("read", "text", "says"),
    [
        (read_csl, "", "empty"),
        (read_csl, "<!DOCTYPE html><html>", "web page"),
        (read_csl, "<a/>", "XML"),
        (read_csl, "TY  - JOUR", "no JSON"),
        (read_csl, '[{"title": "A"}, {"ti', "no whole JSON"),
        (read_csl, "[" * 100_000, "nested too deep"),
        (read_csl, '[{"a": 1}]', "neither title nor DOI"),
        (read_ris, "", "no record"),
        (read_ris, "<html>", "no RIS"),
        (read_bibtex, "TY  - JOUR", "no BibTeX"),
    ],
)
def test_what_is_of_another_form_is_told(read: Read, text: str, says: str) -> None:
    (problem,) = of(read, text)
    assert isinstance(problem, Problem)
    assert says in problem.what


def test_deep_braces_are_a_fault_of_one_entry() -> None:
    found = of(read_bibtex, "@article{a, title={" + "{" * 5000 + "x" + "}" * 5000 + "}}\n@book{b, title={B}}")
    assert any(isinstance(one, Record) and one.title == "B" for one in found)


def test_a_file_that_must_be_held_whole_has_a_bound() -> None:
    class Endless(io.RawIOBase):
        """A file of as many bytes as are asked for."""

        def read(self, size: int = -1) -> bytes:
            """Give them."""
            assert 0 < size <= MOST_BYTES + 1
            return b"@" * size

    (problem,) = read_bibtex(Endless())  # type: ignore[arg-type]  # read is all that is asked of it
    assert isinstance(problem, Problem)
    assert "64 MB" in problem.what


def test_references_in_both_manners() -> None:
    assert WHOLE.vancouver == (
        "Sample AM, van der Berg JP, The Sample & Group. A {sample} & 50% of <50 tests_$: thérapy. Journal of Samples. "
        "2019;7(2):1-9. doi: 10.1000/a_b.1"
    )
    many = replace(WHOLE, authors=("A, B.",) * 8, title="T", doi="", issue="", volume="")
    assert many.vancouver == "A B, A B, A B, A B, A B, A B, et al. T. Journal of Samples. 2019:1-9."
    assert replace(WHOLE, authors=(), year=None, title="", doi="").vancouver == "Journal of Samples. no year;7(2):1-9."
