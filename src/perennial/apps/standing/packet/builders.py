"""Makes files for tests of the packet: certificates that open, and files that were made to break what opens them."""

import io
import zlib
from typing import Any

import pypdf
from PIL import Image
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NumberObject, TextStringObject


def paper(words: str = "Certificate of completion", *, pages: int = 1, size: tuple[float, float] = (612, 792)) -> bytes:
    """A PDF of so many pages, each with these words on it and its number."""
    writer = pypdf.PdfWriter()
    for number in range(1, pages + 1):
        page = writer.add_blank_page(*size)
        font = DictionaryObject({NameObject("/Type"): NameObject("/Font"), NameObject("/Subtype"): NameObject("/Type1")})
        font[NameObject("/BaseFont")] = NameObject("/Helvetica")
        page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): DictionaryObject({NameObject("/F1"): font})})
        drawn = pypdf.generic.DecodedStreamObject()
        drawn.set_data(f"BT /F1 24 Tf 72 {size[1] - 100} Td ({words}, page {number}) Tj ET".encode("latin-1", "replace"))
        page[NameObject("/Contents")] = writer._add_object(drawn)  # noqa: SLF001  a test's own file
    return _bytes(writer)


def picture(*, size: tuple[int, int] = (600, 400), kind: str = "JPEG", turned: bool = False) -> bytes:
    """A picture of two colors; `turned` says in its file that it lies on its side, and where it was taken."""
    image = Image.new("RGB", size, "#ddeedd")
    image.paste("#225544", (0, 0, size[0] // 2, size[1] // 2))
    extra: dict[str, Any] = {}
    if turned:
        exif = Image.Exif()
        exif[0x0112] = 6
        exif[0x010E] = "taken at home"
        extra["exif"] = exif
    out = io.BytesIO()
    image.save(out, kind, **extra)
    return out.getvalue()


def locked(*, password: str = "secret", owner_only: bool = False) -> bytes:  # noqa: S107  of a file for tests
    """A PDF that asks for a password; with `owner_only` it opens, and its maker does not allow it to be printed."""
    writer = pypdf.PdfWriter(io.BytesIO(paper()))
    writer.encrypt("" if owner_only else password, "owner", permissions_flag=pypdf.constants.UserAccessPermissions(0), algorithm="AES-256")
    return _bytes(writer)


def armed() -> bytes:
    """A PDF with scripts, a program to launch, an address to send to, an attachment, a form and actions on opening, page and link."""
    writer = pypdf.PdfWriter(io.BytesIO(paper("Armed paper")))
    writer.add_attachment("evil.exe", b"MZ evil")
    launch = _action("/Launch", {"/F": TextStringObject("evil.exe")})
    submit = _action("/SubmitForm", {"/F": TextStringObject("https://example.org/take")})
    script = _action("/JavaScript", {"/JS": TextStringObject("app.alert('page');")})
    page = writer.pages[0]
    page[NameObject("/AA")] = DictionaryObject({NameObject("/O"): script})
    link = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Annot"),
            NameObject("/Subtype"): NameObject("/Link"),
            NameObject("/Rect"): ArrayObject([NumberObject(n) for n in (0, 0, 600, 700)]),
            NameObject("/A"): launch,
        }
    )
    page[NameObject("/Annots")] = ArrayObject([writer._add_object(link)])  # noqa: SLF001  a test's own file
    root = writer.root_object
    named = ArrayObject([TextStringObject("hello"), script])
    root[NameObject("/Names")][NameObject("/JavaScript")] = DictionaryObject({NameObject("/Names"): named})  # type: ignore[index]  # a table
    root[NameObject("/OpenAction")] = launch
    root[NameObject("/AA")] = DictionaryObject({NameObject("/WC"): submit})
    return _bytes(writer)


def looped() -> bytes:
    """A PDF whose page tree is its own child."""
    return (
        b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[2 0 R 2 0 R]/Count 100000>>endobj\n"
        b"trailer<</Root 1 0 R/Size 3>>\n%%EOF\n"
    )


def bomb(*, side: int = 30_000) -> bytes:
    """A PNG of some kB that claims `side` x `side` pixels."""
    rows = zlib.compress(b"\0" * (side // 8 + 1) * 4, 9)
    head = side.to_bytes(4, "big") * 2 + bytes([1, 0, 0, 0, 0])
    chunks = ((b"IHDR", head), (b"IDAT", rows), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(len(d).to_bytes(4, "big") + k + d + zlib.crc32(k + d).to_bytes(4, "big") for k, d in chunks)


def stuffed(*, megabytes: int = 600) -> bytes:
    """A PDF of under a megabyte whose page says as much as this once it is unpacked."""
    content = zlib.compress(b"0 0 m 1 1 l S\n" * (megabytes * 1_000_000 // 14), 9)
    return _written(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R>>",
        b"<</Filter/FlateDecode/Length " + str(len(content)).encode() + b">>stream\n" + content + b"\nendstream",
    )


def vast(*, side: int = 100_000) -> bytes:
    """A PDF of some kB whose page shows a picture that claims `side` x `side` pixels."""
    writer = pypdf.PdfWriter(io.BytesIO(paper("Vast picture")))
    image = pypdf.generic.EncodedStreamObject()
    image._data = zlib.compress(b"\0" * 1_000_000, 9)  # noqa: SLF001  a test's own file
    told = {"/Type": "/XObject", "/Subtype": "/Image", "/ColorSpace": "/DeviceRGB", "/Filter": "/FlateDecode"}
    image.update({NameObject(key): NameObject(value) for key, value in told.items()})
    image.update({NameObject(key): NumberObject(value) for key, value in (("/Width", side), ("/Height", side), ("/BitsPerComponent", 8))})
    named = DictionaryObject({NameObject("/X"): writer._add_object(image)})  # noqa: SLF001  a test's own file
    writer.pages[0]["/Resources"][NameObject("/XObject")] = named  # type: ignore[index]  # a table
    return _bytes(writer)


def _written(*objects: bytes) -> bytes:
    """A PDF of these objects, the first of them its catalog."""
    body = b"%PDF-1.7\n" + b"".join(str(n).encode() + b" 0 obj" + o + b"endobj\n" for n, o in enumerate(objects, 1))
    return body + b"trailer<</Root 1 0 R/Size " + str(len(objects) + 1).encode() + b">>\n%%EOF\n"


def _action(kind: str, more: dict[str, Any]) -> DictionaryObject:
    return DictionaryObject({NameObject("/S"): NameObject(kind), **{NameObject(key): value for key, value in more.items()}})


def _bytes(writer: pypdf.PdfWriter) -> bytes:
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()
