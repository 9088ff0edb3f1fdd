"""PubMed's XML, and the JSON of Europe PMC and OpenAlex: what is read of their shapes, and what is told of their faults."""

import gzip
import io
import json
from datetime import date

import pytest

from perennial.core.literature import Nature, Record
from perennial.core.literature.europe_pmc import next_cursor, read_europe_pmc, results_of
from perennial.core.literature.openalex import read_openalex
from perennial.core.literature.pubmed_file import MOST_BYTES_OF_RECORD, Deleted, Read, cut, read_pubmed
from perennial.core.values import Problem

HEAD = (
    '<?xml version="1.0" ?>\n<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle, 1st January 2025//EN" '
    '"https://dtd.nlm.nih.gov/ncbi/pubmed/out/pubmed_250101.dtd">\n<PubmedArticleSet>\n'
)
FOOT = "</PubmedArticleSet>\n"
ARTICLE = """<PubmedArticle><MedlineCitation Status="MEDLINE" Owner="NLM"><PMID Version="1">{pmid}</PMID>
<Article PubModel="Print"><Journal><JournalIssue CitedMedium="Print"><Volume>7</Volume><Issue>2</Issue><PubDate>
<MedlineDate>1998 Dec-1999 Jan</MedlineDate></PubDate></JournalIssue><Title>Journal of samples</Title></Journal>
<ArticleTitle>[A sample of <i>samples</i> &amp; more.]</ArticleTitle><Pagination><MedlinePgn>1-9</MedlinePgn></Pagination>
<ELocationID EIdType="pii" ValidYN="Y">S1</ELocationID><ELocationID EIdType="doi" ValidYN="Y">10.1000/S.{pmid}</ELocationID>
<Abstract><AbstractText Label="AIM">One <sup>2</sup>.</AbstractText><AbstractText Label="UNLABELLED">Two.</AbstractText></Abstract>
<AuthorList CompleteYN="Y"><Author ValidYN="Y"><LastName>Sample</LastName><ForeName>Ada M</ForeName><Initials>AM</Initials>
<AffiliationInfo><Affiliation>Nowhere &amp; co.</Affiliation></AffiliationInfo></Author>
<Author ValidYN="Y"><CollectiveName>The Sample Group</CollectiveName></Author></AuthorList>
<Language>ger</Language><PublicationTypeList><PublicationType UI="D016428">Journal Article</PublicationType>
<PublicationType UI="D016441">Retracted Publication</PublicationType></PublicationTypeList><VernacularTitle>Eine Probe.</VernacularTitle>
<ArticleDate DateType="Electronic"><Year>1998</Year><Month>11</Month><Day>30</Day></ArticleDate></Article>
<CommentsCorrectionsList><CommentsCorrections RefType="RetractionIn">
<RefSource>J Samples. 2001 May 4;9:1</RefSource><PMID Version="1">9</PMID>
</CommentsCorrections><CommentsCorrections RefType="ErratumIn"><RefSource>J Samples. 2000;8:2</RefSource></CommentsCorrections>
<CommentsCorrections RefType="CommentIn"><RefSource>x</RefSource></CommentsCorrections></CommentsCorrectionsList>
<MeshHeadingList><MeshHeading>
<DescriptorName UI="D1" MajorTopicYN="N">Anxiety</DescriptorName><QualifierName UI="Q1">therapy</QualifierName>
</MeshHeading></MeshHeadingList><KeywordList Owner="NOTNLM"><Keyword MajorTopicYN="N">group</Keyword></KeywordList></MedlineCitation>
<PubmedData><ArticleIdList><ArticleId IdType="pubmed">{pmid}</ArticleId><ArticleId IdType="pmc">PMC5</ArticleId></ArticleIdList>
<ReferenceList><Reference><ArticleIdList><ArticleId IdType="doi">10.1000/other</ArticleId></ArticleIdList></Reference></ReferenceList>
</PubmedData></PubmedArticle>
"""


def articles(*pmids: int) -> str:
    """Articles with these numbers."""
    return "".join(ARTICLE.replace("{pmid}", str(pmid)) for pmid in pmids)


def pubmed(text: str | bytes) -> list[Read]:
    """What is read of a file with this in it."""
    return list(read_pubmed(io.BytesIO(text.encode() if isinstance(text, str) else text)))


def test_an_article_of_pubmed() -> None:
    (record,) = pubmed(HEAD + articles(77) + FOOT)
    assert isinstance(record, Record)
    assert (record.pmid, record.doi, record.pmcid) == ("77", "10.1000/s.77", "PMC5")
    assert record.title == "A sample of samples & more"
    assert record.abstract == "Aim: One 2.\nTwo."
    assert record.authors == ("Sample, A. M.", "The Sample Group")
    assert (record.year, record.published_on) == (1998, date(1998, 11, 30))
    assert (record.container, record.volume, record.issue, record.pages) == ("Journal of samples", "7", "2", "1-9")
    assert (record.language, record.mesh, record.keywords) == ("ger", ("Anxiety",), ("group",))
    assert record.free_url == "https://pmc.ncbi.nlm.nih.gov/articles/PMC5/"
    told = [(one.nature, one.on, one.pmid, one.key) for one in record.told]
    assert told[0] == (Nature.RETRACTION, date(2001, 5, 4), "77", "pubmed:77|retraction|9")
    assert told[1][:2] == (Nature.CORRECTION, None)
    assert len(told) == 2


@pytest.mark.parametrize(
    ("kind", "nature"),
    [
        ("RetractionOf", Nature.RETRACTION),
        ("RetractedandRepublishedFrom", Nature.RETRACTION),
        ("ExpressionOfConcernFor", Nature.CONCERN),
        ("ErratumFor", Nature.CORRECTION),
        ("CorrectedandRepublishedFrom", Nature.CORRECTION),
    ],
)
def test_a_record_that_is_a_notice_tells_of_the_work_it_names(kind: str, nature: Nature) -> None:
    text = (
        articles(9)
        .replace("RetractionIn", kind)
        .replace('<PMID Version="1">9</PMID>\n</CommentsC', '<PMID Version="1">77</PMID>\n</CommentsC')
    )
    (record,) = pubmed(HEAD + text + FOOT)
    assert isinstance(record, Record)
    (told,) = [one for one in record.told if one.pmid == "77"]
    assert (told.doi, told.nature, told.on, told.notice_doi) == ("", nature, date(1998, 11, 30), "10.1000/s.9")
    assert told.key == f"pubmed:77|{nature}|9", "as the record of that work tells it"
    unnamed = text.replace('<PMID Version="1">77</PMID>\n</CommentsC', "</CommentsC")
    (record,) = pubmed(HEAD + unnamed + FOOT)
    assert isinstance(record, Record)
    assert {one.pmid for one in record.told} == {"9"}


def test_deletions_books_and_an_empty_set() -> None:
    book = (
        "<PubmedBookArticle><BookDocument><PMID>5</PMID><Book><Publisher/><BookTitle>A book</BookTitle><PubDate><Year>2010</Year>"
        "</PubDate></Book><ArticleTitle>A chapter</ArticleTitle></BookDocument></PubmedBookArticle>"
    )
    gone = "<DeleteCitation><PMID Version='1'>8</PMID><PMID Version='1'>9</PMID></DeleteCitation>"
    article, chapter, deleted = pubmed(HEAD + articles(1) + book + gone + FOOT)
    assert isinstance(article, Record)
    assert isinstance(chapter, Record)
    assert (chapter.pmid, chapter.title, chapter.year, chapter.container, chapter.kind) == ("5", "A chapter", 2010, "A book", "book")
    assert deleted == Deleted(("8", "9"))
    assert pubmed(HEAD + FOOT) == []


def test_a_packed_file_reads_as_the_plain_one() -> None:
    text = (HEAD + articles(1, 2) + FOOT).encode()
    assert pubmed(gzip.compress(text)) == pubmed(text)
    cut_off = pubmed(gzip.compress(text)[:-40])
    assert isinstance(cut_off[-1], Problem)
    assert "gzip" in cut_off[-1].what


def test_truncated_xml_gives_what_was_whole_and_where_it_ends() -> None:
    text = HEAD + articles(1, 2, 3)
    for keep, taken, says in ((len(text), 3, "without </PubmedArticleSet>"), (len(text) - 200, 2, "cut off")):
        *records, problem = pubmed(text[:keep])
        assert len(records) == taken
        assert isinstance(problem, Problem)
        assert says in problem.what
        whole = HEAD + articles(*range(taken)).rstrip()
        assert problem.where == f"byte {len(whole)}, line {whole.count(chr(10)) + 1}"


def test_broken_xml_gives_what_stands_before_it_with_its_line() -> None:
    text = HEAD + articles(1) + articles(2).replace("<Article PubModel", "<Artikel PubModel") + articles(3) + FOOT
    first, problem = pubmed(text)
    assert isinstance(first, Record)
    assert isinstance(problem, Problem)
    line = text[: text.index("</Article>", text.index("<Artikel"))].count("\n") + 1
    assert problem.where.endswith(f", line {line}")
    assert "Artikel" in problem.what


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "empty"),
        ("<!DOCTYPE html><html><body>504</body></html>", "web page"),
        ('{"error": "API rate limit exceeded"}', "JSON"),
        ("<eSearchResult/>", "another kind (<eSearchResult>)"),
        ("nothing", "no XML"),
        (HEAD.encode("utf-16"), "no XML in UTF-8"),
        ('<!DOCTYPE PubmedArticleSet [<!ENTITY a "b">]><PubmedArticleSet>&a;</PubmedArticleSet>', "declares entities"),
        (f"{HEAD}{articles(1)}{FOOT}<PubmedArticleSet/>", "goes on after its end"),
        (HEAD + articles(1).replace("&amp; more", "&nbsp;&lol9;") + FOOT, "broken XML (Entity 'nbsp' not defined"),
        (HEAD + "<!DOCTYPE x [<!ENTITY a 'b'>]>" + articles(1) + FOOT, "broken XML"),
        (HEAD.encode() + b"<PubmedArticle>\xff\xfe</PubmedArticle>" + FOOT.encode(), "broken XML"),
    ],
)
def test_what_is_no_file_of_pubmed_is_told(text: str | bytes, says: str) -> None:
    problem = pubmed(text)[-1]
    assert isinstance(problem, Problem)
    assert says in problem.what


def test_a_record_that_never_ends_is_refused_before_it_fills_memory() -> None:
    class Endless(io.RawIOBase):
        """A file that begins well and then holds one letter for ever."""

        given = 0

        def read(self, size: int = -1) -> bytes:
            """Give so many bytes."""
            self.given += size
            assert self.given < 2 * MOST_BYTES_OF_RECORD
            return (HEAD.encode() + b"<PubmedArticle>").ljust(size, b"x") if self.given == size else b"x" * size

    (problem,) = cut(Endless())  # type: ignore[arg-type]  # read is all that is asked of it
    assert isinstance(problem, Problem)
    assert "without the end of a record" in problem.what


EUROPE_PMC = {
    "version": "6.9",
    "hitCount": 2,
    "nextCursorMark": "AoIIP4AAACg=",
    "resultList": {
        "result": [
            {
                "id": "77",
                "source": "MED",
                "pmid": "77",
                "pmcid": "PMC5",
                "doi": "10.1000/S.77",
                "title": "A sample of <i>samples</i>.",
                "authorString": "Sample AM, The Sample Group.",
                "authorList": {"author": [{"fullName": "Sample AM", "initials": "AM"}, {"collectiveName": "The Sample Group"}]},
                "journalInfo": {"issue": "2", "volume": "7", "yearOfPublication": 1998, "journal": {"title": "Journal of samples"}},
                "pubYear": "1998",
                "pageInfo": "1-9",
                "abstractText": "<h4>Aim</h4>One.",
                "language": "eng",
                "pubTypeList": {"pubType": ["Randomized Controlled Trial", "Journal Article"]},
                "meshHeadingList": {"meshHeading": [{"majorTopic_YN": "N", "descriptorName": "Anxiety"}]},
                "keywordList": {"keyword": ["group"]},
                "isOpenAccess": "Y",
                "fullTextUrlList": {
                    "fullTextUrl": [
                        {"availabilityCode": "S", "url": "https://doi.org/10.1000/S.77"},
                        {"availabilityCode": "OA", "documentStyle": "html", "url": "https://europepmc.org/articles/PMC5"},
                    ]
                },
                "commentCorrectionList": {"commentCorrection": [{"id": "9", "source": "MED", "type": "Retraction in", "reference": "J"}]},
                "firstPublicationDate": "1998-11-30",
            },
            {"id": "PPR1", "source": "PPR", "title": "A preprint", "pubYear": "2020", "authorString": "Sample A."},
        ]
    },
}
OPENALEX = {
    "id": "https://openalex.org/W1",
    "doi": "https://doi.org/10.1000/S.77",
    "display_name": "A sample of samples",
    "publication_year": 1998,
    "publication_date": "1998-01-01",
    "ids": {"pmid": "https://pubmed.ncbi.nlm.nih.gov/77", "pmcid": "https://www.ncbi.nlm.nih.gov/pmc/articles/5"},
    "language": "en",
    "primary_location": {"source": {"display_name": "Journal of samples"}},
    "type": "article",
    "authorships": [{"author": {"display_name": "Ada M. Sample"}}, {"author": {"display_name": "Group"}}],
    "biblio": {"volume": "7", "issue": "2", "first_page": "1", "last_page": "9"},
    "is_retracted": True,
    "open_access": {"is_oa": True, "oa_url": "https://example.org/free"},
    "abstract_inverted_index": {"Two": [1], "words": [2, 4], "and": [3], "One.": [0], "odd": ["x", -1, 10**9]},
    "mesh": [{"descriptor_name": "Anxiety"}, {"descriptor_name": "Anxiety"}],
    "keywords": [{"display_name": "group"}],
}


def test_a_page_of_europe_pmc() -> None:
    for text in (json.dumps(EUROPE_PMC), json.dumps(EUROPE_PMC, indent=1)):
        record, preprint = read_europe_pmc(io.BytesIO(text.encode()))
        assert isinstance(record, Record)
        assert (record.pmid, record.doi, record.pmcid, record.year, record.pages) == ("77", "10.1000/s.77", "PMC5", 1998, "1-9")
        assert record.authors == ("Sample, A. M.", "The Sample Group")
        assert record.free_url == "https://europepmc.org/articles/PMC5"
        assert [one.key for one in record.told] == ["pubmed:77|retraction|9"]
        assert isinstance(preprint, Record)
        assert (preprint.pmid, preprint.authors) == ("", ("Sample, A.",))
    assert next_cursor(EUROPE_PMC) == "AoIIP4AAACg="


def test_what_europe_pmc_tells_by_a_type_alone_and_in_notices_about_others() -> None:
    """Short answers carry no notices but types, in small letters; a notice names the work that it is about."""
    notes = [
        {"type": "Retraction of", "id": "77"},
        {"type": "Comment on", "id": "78"},
        {"type": "Retraction of", "reference": "Sample 2020"},
    ]
    item = {"id": "9", "source": "MED", "doi": "10.1000/n", "commentCorrectionList": {"commentCorrection": notes}}
    (notice,) = results_of(item, "item 1")
    assert isinstance(notice, Record)
    assert [(one.key, one.pmid, one.doi, one.notice_doi) for one in notice.told] == [("pubmed:77|retraction|9", "77", "", "10.1000/n")]
    short = {
        "id": "77",
        "source": "MED",
        "pubType": "retracted publication; journal article",
        "fullTextUrlList": {"fullTextUrl": [{"availabilityCode": []}]},
    }
    (retracted,) = results_of(short, "item 1")
    assert isinstance(retracted, Record)
    assert [(one.key, one.pmid, one.nature) for one in retracted.told] == [("pubmed:77|retraction|", "77", Nature.RETRACTION)]


def test_works_of_openalex_alone_by_lines_and_by_pages() -> None:
    line = json.dumps(OPENALEX)
    for text in (line, f"{line}\n", json.dumps({"meta": {"next_cursor": None}, "results": [OPENALEX]}, indent=1)):
        (record,) = read_openalex(io.BytesIO(text.encode()))
        assert isinstance(record, Record)
        assert (record.pmid, record.doi, record.pmcid) == ("77", "10.1000/s.77", "PMC5")
        assert record.abstract == "One. Two words and words"
        assert (record.authors, record.pages, record.published_on) == (("Sample, A. M.", "Group"), "1-9", None)
        assert (record.free_url, record.mesh) == ("https://example.org/free", ("Anxiety",))
        assert [one.nature for one in record.told] == [Nature.RETRACTION]


def test_json_of_another_kind_is_told() -> None:
    for read in (read_europe_pmc, read_openalex):
        (problem,) = read(io.BytesIO(b'{"title": "no"}'))
        assert isinstance(problem, Problem)
        assert problem.where == "line 1"
