"""A whole packet: one PDF and one ZIP that say the same, open without a network, and leave nothing behind."""

import io
import json
import zipfile

import pypdf
import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from perennial.apps.certificates.builders import make_certificate
from perennial.apps.certificates.queries import pdf_of
from perennial.apps.credits.builders import make_award, make_credit
from perennial.apps.credits.services import add_proof
from perennial.apps.licenses.builders import make_license
from perennial.apps.standing.packet import builders
from perennial.apps.standing.packet.facts import Packet
from perennial.apps.standing.packet.making import AT_ONCE_PROOFS, is_small, made
from perennial.apps.standing.packet.test_facts import AT, OWN, packet, shown
from perennial.apps.standing.packet.told import told_packet

pytestmark = pytest.mark.django_db
SITE = "https://ce.example.org"


def full() -> Packet:
    """A license with a certificate of this site, two uploads, one that is damaged, and one credit with nothing to show."""
    license = make_license(**OWN)
    person = license.person
    mine = make_certificate(person=person, holder_name="李 Sample")
    make_award(person=person, number=mine.number, title="Ours")
    shown(person, title="Two pages", name="two.pdf", data=builders.paper("Two pages", pages=2))
    entry = make_credit(person=person, title="A photo 李")
    add_proof(entry=entry, upload=SimpleUploadedFile("photo.jpg", builders.picture()), at=AT)
    shown(person, title="Broken", name="broken.pdf", data=b"%PDF-1.7 broken")
    make_credit(person=person, title="Nothing to show")
    return packet(license)


def test_everything_stands_in_one_pdf_with_names_for_its_pages() -> None:
    whole = full()
    with made(whole, site=SITE) as files:
        reader = pypdf.PdfReader(io.BytesIO(files.pdf.read_bytes()))
        asides = {proof.name: says for proof, says in files.asides}
        folder = files.pdf.parent
    text = [page.extract_text() for page in reader.pages]
    assert "Audit packet" in text[0]
    assert "Missing" in text[0] or "All in place" in text[0]
    labels = [label for label in reader.page_labels if not label.isdecimal()]
    assert labels == [
        "Certificate 1 of 4",
        "Certificate 2 of 4, page 1",
        "Certificate 2 of 4, page 2",
        "Certificate 3 of 4",
        "Certificate 4 of 4",
        "Without certificate 1 of 1",
    ]
    assert "A photo [U+674E]" in "".join(text)
    assert "U+ stands before the Unicode number" in "".join(text)
    by_label = dict(zip(reader.page_labels, text, strict=True))
    assert "Certificate of completion" in by_label["Certificate 1 of 4"]
    assert "Two pages, page 2" in by_label["Certificate 2 of 4, page 2"]
    assert "damaged" in by_label["Certificate 4 of 4"]
    assert "Nothing to show" in by_label["Without certificate 1 of 1"]
    assert list(asides) == ["broken.pdf"]
    assert not folder.exists()


def test_each_certificate_has_a_bookmark_that_leads_to_it() -> None:
    with made(full(), site=SITE) as files:
        reader = pypdf.PdfReader(io.BytesIO(files.pdf.read_bytes()))
    marks = {str(mark.title): reader.get_destination_page_number(mark) for mark in reader.outline if not isinstance(mark, list)}
    found = {reader.page_labels[page or 0] for title, page in marks.items() if title.startswith(("Certificate ", "Without "))}
    assert found == {
        "Certificate 1 of 4",
        "Certificate 2 of 4, page 1",
        "Certificate 3 of 4",
        "Certificate 4 of 4",
        "Without certificate 1 of 1",
    }


def test_pdf_and_zip_carry_the_same_data_and_the_zip_every_file_as_it_was_kept() -> None:
    whole = full()
    with made(whole, site=SITE) as files:
        reader = pypdf.PdfReader(io.BytesIO(files.pdf.read_bytes()))
        pdf = files.pdf.read_bytes()
        with zipfile.ZipFile(io.BytesIO(files.zip.read_bytes())) as archive:
            inside = {name: archive.read(name) for name in archive.namelist()}
    (attached,) = reader.attachments["packet.json"]
    assert json.loads(attached) == told_packet(whole, site=SITE)
    assert inside.pop("packet.json") == attached
    assert inside.pop("packet.pdf") == pdf
    kept = {p.file: default_storage.open(p.path).read() for p in whole.proofs if p.path}
    kept |= {p.file: pdf_of(p.certificate, site=SITE) for p in whole.proofs if p.certificate}
    assert inside == kept


def test_a_file_that_is_gone_from_the_disk_gets_a_page_that_says_so() -> None:
    license = make_license(**OWN)
    shown(license.person)
    default_storage.delete(packet(license).proofs[0].path)
    with made(packet(license), site=SITE) as files:
        assert "no longer where it was kept" in pypdf.PdfReader(files.pdf).pages[-1].extract_text()
        assert "certificates/01 proof.pdf" not in zipfile.ZipFile(files.zip).namelist()


def test_an_empty_record_has_a_packet_too() -> None:
    with made(packet(make_license()), site=SITE) as files:
        text = "".join(page.extract_text() for page in pypdf.PdfReader(files.pdf).pages)
    assert "No credit serves it." in text
    assert "No credit counts in this period so far" in text
    assert "none" in text


def test_what_looks_like_markup_stays_text() -> None:
    license = make_license(**OWN, number='#read("/packet.json")')
    make_credit(person=license.person, title="#panic() *bold* $x$ <label> \\ @ref")
    with made(packet(license), site=SITE) as files:
        text = " ".join("".join(page.extract_text() for page in pypdf.PdfReader(files.pdf).pages).split())
    assert "#panic() *bold* $x$ <label> \\ @ref" in text
    assert '#read("/packet.json")' in text


def test_a_packet_of_many_proofs_is_not_made_while_someone_waits() -> None:
    license = make_license(**OWN)
    shown(license.person)
    assert is_small(packet(license))
    for number in range(AT_ONCE_PROOFS):
        shown(license.person, title=f"Course {number}", data=b"%%PDF-1.7 %d" % number)
    assert not is_small(packet(license))
