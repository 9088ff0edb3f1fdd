"""Reading a certificate's file back, also one that was tampered with."""

import io
import json

import pypdf
import pytest

from perennial.apps.certificates.builders import make_facts
from perennial.apps.certificates.facts import Envelope, digest
from perennial.apps.certificates.paper.pdf import render
from perennial.apps.certificates.paper.reading import Page, envelope_in, page_of
from perennial.apps.certificates.paper.test_pdf import envelope


def saved_anew(data: bytes, *, attached: bytes | None = None) -> bytes:
    """The same page in a file that another program wrote, perhaps with other facts attached."""
    writer, out = pypdf.PdfWriter(), io.BytesIO()
    reader = pypdf.PdfReader(io.BytesIO(data))
    writer.add_page(reader.pages[0])
    writer.add_attachment("certificate.json", attached or reader.attachments["certificate.json"][0])
    writer.write(out)
    return out.getvalue()


def test_pdf_and_json_carry_the_same_facts() -> None:
    sealed = envelope()
    assert envelope_in(render(sealed)) == envelope_in(sealed.as_json()) == sealed


def test_an_untouched_page_is_the_same_byte_for_byte() -> None:
    sealed = envelope()
    assert page_of(render(sealed), sealed) is Page.SAME
    assert page_of(sealed.as_json(), sealed) is None


def test_a_page_saved_by_another_program_still_agrees() -> None:
    sealed = envelope(make_facts(holder_name="李 Žofia"))
    assert page_of(saved_anew(render(sealed)), sealed) is Page.AGREES


@pytest.mark.parametrize(
    "change",
    [
        {"holder_name": "Someone Else"},
        {"course_title": "Another course"},
        {"hours": [{"category": "General", "minutes": 900, "minutes_per_hour": 60}]},
    ],
)
def test_a_page_that_shows_other_facts_is_found(change: dict[str, object]) -> None:
    shown, sealed = envelope(make_facts(**change)), envelope()
    forged = saved_anew(render(shown), attached=sealed.as_json())
    assert envelope_in(forged) == sealed
    assert page_of(forged, sealed) is Page.DIFFERS


def test_facts_that_were_changed_no_longer_fit_their_digest() -> None:
    sealed = envelope()
    changed = Envelope({**sealed.facts, "holder_name": "Someone Else"}, sealed.sha256, sealed.verify)
    assert not envelope_in(changed.as_json()).intact


def test_the_order_of_keys_makes_no_difference_to_the_digest() -> None:
    facts = envelope().facts
    assert digest(dict(sorted(facts.items(), reverse=True))) == digest(facts)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "empty"),
        (b"hello", "not JSON"),
        (b"\xff\xfe\x00", "not JSON"),
        (b"[]", "no Perennial certificate"),
        (b"{}", "no Perennial certificate"),
        (json.dumps({"perennial_certificate": 99}).encode(), "form 99"),
        (json.dumps({"perennial_certificate": 1, "facts": []}).encode(), "incomplete"),
        (b"%PDF-1.7\nbroken", "damaged"),
        (b"[" * 100_000, "nested deeper"),
        (b'{"perennial_certificate": 1, "perennial_certificate": 1}', "twice"),
    ],
)
def test_anything_else_is_told_in_a_clause(data: bytes, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        envelope_in(data)
