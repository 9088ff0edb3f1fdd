"""Makes PubMed XML of invented articles, of the shape and about the size (8 KB) of those of a baseline file; the same for the same seed."""

import random
from collections.abc import Iterator
from pathlib import Path

HEAD = (
    '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle, 1st January 2025//EN" '
    '"https://dtd.nlm.nih.gov/ncbi/pubmed/out/pubmed_250101.dtd">\n<PubmedArticleSet>\n'
)
TEXT = (
    "anxiety depression therapy outcome children adults sleep panic group treatment response symptom scale week primary care randomized "
    "control cohort effect interval baseline trial family school veteran trauma exposure cognitive behavioral training follow measure"
)
WORDS = TEXT.split()
MESH = [f"Sample Descriptor {number}" for number in range(400)]
KINDS = ("Randomized Controlled Trial", "Review", "Systematic Review", "Case Reports", "Observational Study", "Clinical Trial", "Letter")


def articles(count: int, *, first: int = 1, seed: int = 7) -> Iterator[str]:
    """So many articles as XML, with PMIDs from `first` on."""
    dice = random.Random(seed)
    for pmid in range(first, first + count):
        yield _article(pmid, dice)


def write_pubmed(path: Path, count: int, *, first: int = 1, seed: int = 7) -> int:
    """Write a whole file; its size in bytes."""
    with path.open("w", encoding="utf-8") as file:
        file.write(HEAD)
        file.writelines(articles(count, first=first, seed=seed))
        file.write("</PubmedArticleSet>\n")
    return path.stat().st_size


def _article(pmid: int, dice: random.Random) -> str:
    year = dice.randrange(1990, 2026)
    doi = f"10.1000/sample.{pmid}"
    return f"""<PubmedArticle>
<MedlineCitation Status="MEDLINE" IndexingMethod="Automated" Owner="NLM"><PMID Version="1">{pmid}</PMID>
<DateCompleted><Year>{year}</Year><Month>05</Month><Day>04</Day></DateCompleted>
<Article PubModel="Print-Electronic"><Journal><ISSN IssnType="Electronic">1234-5678</ISSN><JournalIssue CitedMedium="Internet">
<Volume>{dice.randrange(1, 90)}</Volume><Issue>{dice.randrange(1, 12)}</Issue>
<PubDate><Year>{year}</Year><Month>Mar</Month></PubDate></JournalIssue>
<Title>Journal of invented samples {pmid % 97}</Title><ISOAbbreviation>J Inv Samples</ISOAbbreviation></Journal>
<ArticleTitle>{_text(11, dice).capitalize()} {pmid}.</ArticleTitle>
<Pagination><StartPage>{pmid % 900}</StartPage><EndPage>{pmid % 900 + 9}</EndPage>
<MedlinePgn>{pmid % 900}-9</MedlinePgn></Pagination><ELocationID EIdType="doi" ValidYN="Y">{doi}</ELocationID>
<Abstract>{_abstract(dice)}</Abstract><AuthorList CompleteYN="Y">{_authors(dice)}</AuthorList><Language>eng</Language>
<PublicationTypeList><PublicationType UI="D016428">Journal Article</PublicationType>
<PublicationType UI="D000000">{dice.choice(KINDS)}</PublicationType></PublicationTypeList>
<ArticleDate DateType="Electronic"><Year>{year}</Year><Month>02</Month><Day>11</Day></ArticleDate></Article>
<MedlineJournalInfo><Country>Nowhere</Country><MedlineTA>J Inv Samples</MedlineTA><NlmUniqueID>0000001</NlmUniqueID></MedlineJournalInfo>
<CitationSubset>IM</CitationSubset><MeshHeadingList>{_mesh(dice)}</MeshHeadingList>
<KeywordList Owner="NOTNLM"><Keyword MajorTopicYN="N">{_text(2, dice)}</Keyword>
<Keyword MajorTopicYN="N">{_text(1, dice)}</Keyword></KeywordList>
</MedlineCitation><PubmedData>
<History><PubMedPubDate PubStatus="pubmed"><Year>{year}</Year><Month>3</Month><Day>1</Day></PubMedPubDate></History>
<PublicationStatus>ppublish</PublicationStatus>
<ArticleIdList><ArticleId IdType="pubmed">{pmid}</ArticleId><ArticleId IdType="doi">{doi}</ArticleId></ArticleIdList>
<ReferenceList>{_cited(dice)}</ReferenceList></PubmedData></PubmedArticle>
"""


def _text(words: int, dice: random.Random) -> str:
    return " ".join(dice.choices(WORDS, k=words))


def _abstract(dice: random.Random) -> str:
    return "".join(
        f'<AbstractText Label="{label}" NlmCategory="{label}">{_text(55, dice).capitalize()}.</AbstractText>'
        for label in ("BACKGROUND", "METHODS", "RESULTS", "CONCLUSIONS")
    )


def _authors(dice: random.Random) -> str:
    return "".join(
        f'<Author ValidYN="Y"><LastName>Sample{dice.randrange(5000)}</LastName><ForeName>Ada M</ForeName><Initials>AM</Initials>'
        f"<AffiliationInfo><Affiliation>Department of Samples, {_text(8, dice)}, Sample City.</Affiliation></AffiliationInfo></Author>"
        for _ in range(5)
    )


def _mesh(dice: random.Random) -> str:
    return "".join(
        f'<MeshHeading><DescriptorName UI="D{dice.randrange(99999):06}" MajorTopicYN="N">{name}</DescriptorName>'
        '<QualifierName UI="Q000379" MajorTopicYN="N">methods</QualifierName></MeshHeading>'
        for name in dice.sample(MESH, 10)
    )


def _cited(dice: random.Random) -> str:
    return "".join(
        f"<Reference><Citation>Sample A, et al. {_text(9, dice)}. J Samples. 2001;1:1-9.</Citation><ArticleIdList>"
        f'<ArticleId IdType="pubmed">{dice.randrange(10**7)}</ArticleId></ArticleIdList></Reference>'
        for _ in range(6)
    )
