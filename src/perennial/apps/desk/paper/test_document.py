"""The PDF of a paper: tagged, the same for the same document, and safe with any text."""

import io
from datetime import date

from pypdf import PdfReader

from perennial.apps.desk.paper.document import Document, Heading, Points, Rows, Words, pdf_of

DOCUMENT = Document(
    title="Application packet",
    about="A course on #strings & <marks>",
    day=date(2026, 11, 20),
    facts=[("Provider", "Härbor \u674e Institute\nSecond line")],
    blocks=[
        Heading("Objectives"),
        Words("#set text(red) stays text", soft=True),
        Points(["one", "two *three*"]),
        Rows(["What", "Minutes"], [["Words", "60.0"], ["Mergener", "35.6"]], numbers=(1,)),
    ],
)


def test_a_document_becomes_a_tagged_pdf_that_says_what_it_was_given() -> None:
    made = pdf_of(DOCUMENT)
    reader = PdfReader(io.BytesIO(made))
    text = " ".join(page.extract_text() for page in reader.pages)
    assert b"/MarkInfo" in made
    assert reader.metadata is not None
    assert reader.metadata.title == "Application packet"
    for said in ("#set text(red) stays text", "two *three*", "[U+674E]", "Mergener", "1 of 1"):
        assert said in text
    assert "Institute\nSecond line" in text
    assert made == pdf_of(DOCUMENT)


def test_a_document_without_rows_and_blocks_is_made_too() -> None:
    assert pdf_of(Document("Nothing", "yet", date(2026, 1, 1), [], [])).startswith(b"%PDF")
