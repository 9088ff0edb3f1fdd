"""Files of all kinds: what each gives, and what hostile or damaged ones are told."""

import io
import zipfile
from datetime import date, datetime
from decimal import Decimal
from email.message import EmailMessage

import openpyxl
import pypdf
import pytest
from PIL import Image

from perennial.core.proofs.apart import Reader, Readers, answered, read_apart
from perennial.core.proofs.builders import WORDS, sheets
from perennial.core.proofs.extra import can_recognize
from perennial.core.proofs.found import Limits, Sure, Unreadable
from perennial.core.proofs.pictures import spaced
from perennial.core.proofs.pieces import Piece, kind_of, unpacked
from perennial.core.proofs.read import read_file

TEXT = b"Certificate of Completion\nSam Sample\nCourse title: Grief in Families\nDate completed: May 5, 2026\nCE hours: 3\n"
CSV = (
    "Course Title,Date Completed,Hours,Provider Name,Delivery Method,CE Broker Tracking Number\n"
    "Grief in Families,05/13/2026,3,Acme Institute,Live webinar,20-12345\n"
    'Ethics,2026-06-01,"1,5",Acme Institute,,\n'
    ",,,,,\nTotal,,4.5,,,\n"
)
PDF = next(iter(sheets(1))).pdf()


def packed(**files: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name.replace("_dot_", "."), data)
    return out.getvalue()


def letter(*attached: tuple[str, bytes], body: str = "Your certificate is attached.") -> bytes:
    message = EmailMessage()
    message["Subject"], message["From"], message["To"] = "Your certificate", "office@example.org", "sam@example.org"
    message.set_content(body)
    for name, data in attached:
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()


def picture(size: tuple[int, int] = (60, 40)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "white").save(out, "PNG")
    return out.getvalue()


def says(data: bytes, name: str, limits: Limits | None = None) -> str:
    with pytest.raises(Unreadable) as told:
        read_file(data, name, WORDS, limits)
    return str(told.value)


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (PDF, "scan", "pdf"),
        (picture(), "a.pdf", "picture"),
        (b"\0\0\0\x18ftypheic____", "a.heic", "heic"),
        (letter(), "letter.eml", "mail"),
        (CSV.encode(), "list.csv", "csv"),
        (b"<html><body>x", "a.txt", "html"),
        (TEXT, "a.txt", "text"),
        (b"MZ\x90\0", "a.exe", ""),
        (b"\xd0\xcf\x11\xe0\0\0", "a.doc", ""),
    ],
)
def test_files_are_known_by_their_content(data: bytes, name: str, kind: str) -> None:
    assert kind_of(data, name) == kind


def test_a_list_is_read_row_by_row_and_says_how_its_headings_were_taken() -> None:
    first, second = read_file(CSV.encode(), "list.csv", WORDS)
    assert (first.title.value, first.completed_on.value, first.hours.value) == ("Grief in Families", date(2026, 5, 13), Decimal(3))
    assert (first.provider.value, first.form.value, first.number) == ("Acme Institute", "live_online", "20-12345")
    assert first.hours.place is not None
    assert (first.hours.place.row, first.hours.place.column) == (2, "Hours")
    assert second.hours.value == Decimal("1.5")
    assert "“Date Completed” as day of completion" in first.notes[0]


@pytest.mark.parametrize(
    ("heads", "row", "hours"),
    [
        ("Class;Date;Contact Hours", "Grief;2026-05-05;2", Decimal(2)),
        ("Activity\tCompletion Date\tMinutes", "Grief\tMay 5, 2026\t90", Decimal("1.5")),
        ("Name of course|Date attended|Credits earned", "Grief|5/13/2026|2 hrs", Decimal(2)),
        ("Course,Date,CEUs", "Grief,2026-05-05,2", None),
        ("Course,Date,Hours", "Grief,2026-05-05,two", None),
    ],
)
def test_headings_vary_and_are_understood(heads: str, row: str, hours: Decimal | None) -> None:
    (found,) = read_file(f"{heads}\n{row}\n".encode(), "list.csv", WORDS)
    assert (found.title.value, found.hours.value) == ("Grief", hours)
    assert found.hours.value is not None or found.hours.note


def test_a_workbook_is_read_sheet_by_sheet() -> None:
    book, out = openpyxl.Workbook(), io.BytesIO()
    sheet = book.active
    for row in (["My courses"], [], ["Title", "Date", "Hours", "Sponsor"], ["Grief", datetime(2026, 5, 5), 2.5, "Acme"]):  # noqa: DTZ001
        sheet.append(row)
    book.save(out)
    (found,) = read_file(out.getvalue(), "mine.xlsx", WORDS)
    assert (found.title.value, found.completed_on.value, found.hours.value) == ("Grief", date(2026, 5, 5), Decimal("2.5"))
    assert found.title.place is not None
    assert (found.title.place.row, found.title.place.part) == (4, "sheet Sheet")


def test_a_letter_gives_its_attachments_and_says_where_they_were() -> None:
    (found,) = read_file(letter(("certificate.pdf", PDF)), "mail.eml", WORDS)
    assert found.title.value == "Ethics in Telehealth Practice"
    assert found.part == "mail.eml > certificate.pdf"


def test_a_letter_without_attachments_is_read_itself() -> None:
    (found,) = read_file(letter(body=TEXT.decode()), "mail.eml", WORDS)
    assert (found.title.value, found.part) == ("Grief in Families", "mail.eml > text of the letter")


def test_an_archive_is_read_through_and_one_bad_file_spoils_nothing() -> None:
    archive = packed(a_dot_pdf=PDF, b_dot_eml=letter(("c.csv", CSV.encode())), d_dot_pdf=b"%PDF-1.7 broken")
    found = read_file(archive, "all.zip", WORDS)
    assert [one.title.value for one in found] == ["Ethics in Telehealth Practice", "Grief in Families", "Ethics", None]
    assert found[1].part == "all.zip > b.eml > c.csv"
    assert "damaged" in found[3].notes[0]


def test_a_page_of_html_is_read_without_its_scripts() -> None:
    page = (
        b"<html><script>Course title: Evil</script><table><tr><td>Course title:</td><td>Grief</td></tr><tr><td>Hours:</td><td>2</td></tr>"
    )
    (found,) = read_file(page, "page.html", WORDS)
    assert (found.title.value, found.hours.value) == ("Grief", Decimal(2))


def test_several_certificates_in_one_pdf_are_told_apart() -> None:
    writer, out = pypdf.PdfWriter(), io.BytesIO()
    for sheet in list(sheets(1))[:3]:
        writer.append(io.BytesIO(sheet.pdf()))
    writer.write(out)
    found = read_file(out.getvalue(), "all.pdf", WORDS)
    assert [(one.title.place.page if one.title.place else None) for one in found] == [1, 2, 3]


def test_a_locked_pdf_is_told_so() -> None:
    writer, out = pypdf.PdfWriter(), io.BytesIO()
    writer.append(io.BytesIO(PDF))
    writer.encrypt("secret", algorithm="AES-256")
    writer.write(out)
    assert "locked with a password" in says(out.getvalue(), "a.pdf")


@pytest.mark.skipif(can_recognize(), reason="the extra `ocr` is installed")
def test_a_picture_is_kept_and_said_to_be_unread_where_pictures_cannot_be_read() -> None:
    (found,) = read_file(picture(), "photo.png", WORDS)
    assert found.empty
    assert "not set up on this site" in found.notes[0]


def test_blanks_are_put_where_the_picture_has_gaps_but_not_into_numbers() -> None:
    assert spaced("onMay17,2026", [n / 12 for n in range(12)], [1.5 / 12, 4.5 / 12, 5.5 / 12]) == "on May 17, 2026"


@pytest.mark.parametrize(
    ("data", "name", "told"),
    [
        (b"", "a.pdf", "is empty"),
        (b"%PDF-1.7 nothing", "a.pdf", "damaged"),
        (b"\x89PNG\r\n\x1a\nbroken", "a.png", "damaged"),
        (b"MZ\x90\0", "a.exe", "of a kind"),
        (b"just words", "a.txt", "Nothing in it"),
        (b"a,b\n1,2\n", "a.csv", "No heading"),
        (packed()[:10] + b"xx", "a.zip", "of a kind"),
    ],
)
def test_what_cannot_be_read_is_told_why(data: bytes, name: str, told: str) -> None:
    assert told in says(data, name)


def test_limits_hold_for_size_pixels_depth_number_and_packing() -> None:
    assert "larger than" in says(PDF, "a.pdf", Limits(most_bytes=1000))
    assert "too many pixels" in says(picture((500, 500)), "a.png", Limits(most_pixels=1000))
    nested = packed(a_dot_zip=packed(b_dot_zip=packed(c_dot_zip=packed(d_dot_txt=TEXT))))
    assert [piece.says for piece in unpacked(nested, "n.zip", Limits())] == [
        "Archives and letters lie too deep inside one another. Send this one by itself."
    ]
    many = packed(**{f"f{number}_dot_txt": TEXT + str(number).encode() for number in range(20)})
    assert len(unpacked(many, "m.zip", Limits(most_parts=5))) == 6
    bomb = packed(bomb_dot_txt=b"0" * 10_000_000)
    assert "too large once unpacked" in unpacked(bomb, "b.zip", Limits())[0].says


def otherwise(name: str, data: bytes, how: int) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", how) as archive:
        archive.writestr(name, data)
    return out.getvalue()


@pytest.mark.parametrize("how", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_archives_and_workbooks_packed_otherwise_are_never_unpacked(how: int) -> None:
    assert "only plain ZIP" in unpacked(otherwise("a.txt", TEXT, how), "a.zip", Limits())[0].says
    book = otherwise("[Content_Types].xml", b"<x/>", how)
    assert "damaged or not a workbook" in says(book, "mine.xlsx")


def test_an_entry_without_a_name_and_a_cut_workbook_are_told_and_end_nothing() -> None:
    nameless = packed(NULLa_dot_txt=TEXT, b_dot_txt=TEXT).replace(b"NULLa", b"\x00ULLa")
    assert [bool(piece.says) for piece in unpacked(nameless, "n.zip", Limits())] == [True, False]
    assert "damaged or not a workbook" in says(otherwise("[Content_Types].xml", b"<x/>", zipfile.ZIP_DEFLATED)[:-20], "mine.xlsx")


def test_names_that_climb_out_of_an_archive_are_cut() -> None:
    (piece,) = unpacked(packed(**{"../../etc/a_dot_txt": TEXT}), "x.zip", Limits())
    assert piece.name == "a.txt"


def test_a_process_of_its_own_gives_the_same_and_ends_what_takes_too_long() -> None:
    piece = Piece("a.pdf", PDF)
    with Reader(WORDS, Limits()) as reader:
        assert reader.read(piece) == reader.read(piece) == read_file(PDF, "a.pdf", WORDS)
        with pytest.raises(Unreadable, match="damaged"):
            reader.read(Piece("b.pdf", b"%PDF-1.7 broken"))
        assert reader.read(Piece("c.txt", TEXT))[0].hours.value == Decimal(3)
    with pytest.raises(Unreadable, match="too long"):
        read_apart(piece, WORDS, Limits(seconds=0))


def test_readers_are_kept_for_the_next_file_and_end_when_idle() -> None:
    readers = Readers(most=1, idle_seconds=60)
    readers.read(Piece("c.txt", TEXT), WORDS, Limits())
    ((reader, _),) = readers.idle
    process = reader.process
    assert process is not None
    readers.read(Piece("c.txt", TEXT), WORDS, Limits())
    assert [one.process for one, _ in readers.idle] == [process]
    readers._ended(reader)
    assert not readers.idle
    assert process.poll() is not None


@pytest.mark.parametrize("out", [b"", b"[]", b'{"found": 7}', b"\xff", b'{"found": [{"hours": "x"}]}'])
def test_an_answer_that_makes_no_sense_is_not_believed(out: bytes) -> None:
    with pytest.raises(Unreadable, match="could not be read"):
        answered(out)


def test_places_never_point_outside_their_text() -> None:
    long = b"Course title: " + b"Very long words " * 60 + b"\nHours: 2\n"
    (found,) = read_file(long, "a.txt", WORDS)
    for one in (found.title, found.hours):
        assert one.sure != Sure.MISSING
        assert one.place is not None
        assert 0 <= one.place.start <= one.place.end <= len(one.place.text) <= 600
