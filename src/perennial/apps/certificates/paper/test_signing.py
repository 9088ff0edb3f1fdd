"""What the signature adds to the PDF, and that it leaves the page, its tags and its claims alone."""

import io
from datetime import UTC, datetime
from typing import Any

import pypdf
import pytest

from perennial.apps.certificates.issuer_keys import new_keys
from perennial.apps.certificates.paper.pdf import CREDENTIAL, STATUS, render
from perennial.apps.certificates.paper.seal import seal_of
from perennial.apps.certificates.paper.signing import signed
from perennial.apps.certificates.paper.test_pdf import envelope, parts, root, text

AT = datetime(2026, 11, 26, 9, 30, tzinfo=UTC)
KEYS = new_keys(name="ce.example.org", at=AT)
PRINT, UNSEEN = 4, 1 | 2 | 32  # flags of an annotation: printed; invisible, hidden, not viewed


@pytest.fixture(scope="module")
def pair() -> tuple[bytes, bytes]:
    page = render(envelope(), enclosed={CREDENTIAL: b'{"a": 1}', STATUS: b'{"b": 2}'})
    return page, signed(page, KEYS, at=AT)


def test_what_stood_there_stays_byte_for_byte(pair: tuple[bytes, bytes]) -> None:
    page, whole = pair
    assert whole.startswith(page)
    assert whole == signed(page, KEYS, at=AT)
    assert seal_of(whole).at == AT


def test_the_field_lies_off_the_page_is_not_hidden_and_allows_no_change(pair: tuple[bytes, bytes]) -> None:
    catalog: Any = root(pypdf.PdfReader(io.BytesIO(pair[1])))
    (field,) = (one.get_object() for one in catalog["/AcroForm"]["/Fields"])
    assert field["/FT"] == "/Sig"
    assert field["/F"] & PRINT
    assert not field["/F"] & UNSEEN
    assert all(side < 0 for side in field["/Rect"])
    assert field["/V"]["/SubFilter"] == "/ETSI.CAdES.detached"
    assert field["/V"]["/Reference"][0]["/TransformParams"]["/P"] == 1


def test_tags_claims_version_and_words_stay(pair: tuple[bytes, bytes]) -> None:
    before, after = (pypdf.PdfReader(io.BytesIO(data)) for data in pair)
    page: Any = after.pages[0]
    assert "/Version" not in root(after)
    assert "/Extensions" not in root(after)
    assert text(after) == text(before)
    assert parts(after, "/S") == parts(before, "/S")
    assert root(after)["/Metadata"].get_object().get_data() == root(before)["/Metadata"].get_object().get_data()
    assert root(after)["/MarkInfo"]["/Marked"]
    assert page["/Tabs"] == "/S"


def test_facts_credential_and_list_are_attached_as_data(pair: tuple[bytes, bytes]) -> None:
    reader = pypdf.PdfReader(io.BytesIO(pair[1]))
    named: Any = [one.get_object() for one in root(reader)["/AF"]]
    assert [(one["/UF"], one["/AFRelationship"]) for one in named] == [(name, "/Data") for name in ("certificate.json", CREDENTIAL, STATUS)]
    assert reader.attachments[CREDENTIAL] == [b'{"a": 1}']
