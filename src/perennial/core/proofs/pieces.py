"""Takes what someone sent apart into single files, known by their content: letters, archives, text in whatever encoding."""

import email
import email.policy
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from email.message import EmailMessage
from html.parser import HTMLParser
from pathlib import PurePosixPath

from perennial.core.proofs.found import Limits
from perennial.core.values.zips import BROKEN, never_opened

HEIC_BRANDS = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1")
BREAKS = ("p", "br", "div", "tr", "li", "h1", "h2", "h3", "h4", "h5", "h6", "table", "section", "title", "center", "dt")
SILENT = ("script", "style", "head", "template", "noscript")
HEADERS = re.compile(rb"^(?:[A-Za-z-]{2,40}:[^\n]*\r?\n)(?:[ \t][^\n]*\n|[A-Za-z-]{2,40}:[^\n]*\r?\n){1,}", re.MULTILINE)
DENSE = 200  # times: no honest file packs better than this


@dataclass(frozen=True, slots=True)
class Piece:
    """A single file: as it was sent, or out of a letter or an archive. `part` says which way led to it; `says` why it is unreadable."""

    name: str
    data: bytes
    part: str = ""
    says: str = ""
    kind: str = ""


def kind_of(data: bytes, name: str) -> str:
    """What a file is by its content, and by its name only where content cannot tell; empty for what we cannot read."""
    head = data[:16]
    if data[:1024].lstrip().startswith(b"%PDF-"):
        return "pdf"
    if head.startswith((b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")):
        return "picture"
    if head[4:8] == b"ftyp" and head[8:12] in HEIC_BRANDS:
        return "heic"
    if head.startswith(b"PK\x03\x04"):
        return "xlsx" if b"[Content_Types].xml" in data[:4096] or b"xl/" in data[-4096:] else "zip"
    if b"\0" in data[:4096]:
        return ""
    return _kind_of_text(data, PurePosixPath(name).suffix.lower())


def _kind_of_text(data: bytes, suffix: str) -> str:
    start = data[:4096].lstrip()
    if suffix == ".eml" or (HEADERS.match(start) and re.search(rb"(?im)^(?:from|received|mime-version|message-id):", start)):
        return "mail"
    if suffix in (".csv", ".tsv"):
        return "csv"
    if start[:1] == b"{" and b"perennial_certificate" in data:
        return "own"
    if suffix in (".html", ".htm") or re.match(rb"(?i)<(?:!doctype html|html|head|body|table|div|p)\b", start):
        return "html"
    return "text" if suffix in (".txt", ".text", ".md", "") else ""


def unpacked(data: bytes, name: str, limits: Limits) -> list[Piece]:
    """A file as single files: itself, or all that is in a letter or an archive, within the limits."""
    if not data:
        return [Piece(name, data, says="It is empty. Save it again, look whether it opens, and send it once more.")]
    if len(data) > limits.most_bytes:
        return [Piece(name, b"", says=f"It is larger than {limits.most_bytes // 1024 // 1024} MB. Send a smaller copy.")]
    found: list[Piece] = []
    left = limits.most_unpacked_bytes
    for piece in _opened(Piece(name, data), limits, 0):
        left -= len(piece.data)
        if left < 0 or len(found) >= limits.most_parts:
            found.append(
                Piece(name, b"", part=name, says="It holds more than can be read at once; the rest was left out. Send the rest by itself.")
            )
            break
        found.append(piece)
    return found


def _opened(piece: Piece, limits: Limits, depth: int) -> Iterator[Piece]:
    kind = piece.kind or kind_of(piece.data, piece.name)
    if kind not in ("zip", "mail") or piece.says:
        yield piece
    elif depth >= limits.most_depth:
        yield replace(piece, data=b"", says="Archives and letters lie too deep inside one another. Send this one by itself.")
    else:
        for inner in _members(piece, limits) if kind == "zip" else _letter(piece):
            yield from _opened(inner, limits, depth + 1)


def _members(piece: Piece, limits: Limits) -> Iterator[Piece]:
    try:
        with zipfile.ZipFile(io.BytesIO(piece.data)) as packed:
            for number, member in enumerate(packed.infolist()):
                if number >= limits.most_parts * 3:
                    return
                if (never_opened(member) or not member.is_dir()) and not _clutter(member.filename):
                    yield _member(packed, member, piece, limits)
    except BROKEN:
        yield replace(piece, data=b"", says="The archive is damaged. Pack it anew, or send the files by themselves.")


def _member(packed: zipfile.ZipFile, member: zipfile.ZipInfo, piece: Piece, limits: Limits) -> Piece:
    name = PurePosixPath(member.filename.replace("\\", "/")).name
    part = f"{piece.part or piece.name} > {name}"
    if why := never_opened(member):
        return Piece(name or piece.name, b"", part, f"It {why}. Unpack the archive and send the files by themselves.")
    if member.flag_bits & 1:
        return Piece(name, b"", part, "It is locked with a password. Unpack the archive and send the files by themselves.")
    if member.file_size > limits.most_bytes or member.file_size > DENSE * max(member.compress_size, 1):
        return Piece(name, b"", part, "It is too large once unpacked. Send it by itself.")
    with packed.open(member) as file:
        data = file.read(limits.most_bytes + 1)
    return Piece(name, data, part) if len(data) <= limits.most_bytes else Piece(name, b"", part, "It is too large once unpacked.")


def _clutter(name: str) -> bool:
    path = PurePosixPath(name)
    return "__MACOSX" in path.parts or path.name.startswith(".") or path.name in ("Thumbs.db", "desktop.ini")


def _letter(piece: Piece) -> Iterator[Piece]:
    try:
        letter = email.message_from_bytes(piece.data, policy=email.policy.default)
        subject = " ".join(str(letter["subject"] or "").split())[:60] or piece.name
        part = f"{piece.part} > {piece.name}" if piece.part and piece.name not in piece.part else piece.part or piece.name
        attached = list(_attached(letter, part))
        body = letter.get_body(preferencelist=("plain", "html"))
        text = body.get_content() if isinstance(body, EmailMessage) else ""
    except (LookupError, ValueError, AttributeError, TypeError, RecursionError, IndexError):
        yield replace(piece, data=b"", says="The letter is damaged. Save its attachments and send those.")
        return
    yield from attached
    if isinstance(text, str) and text.strip():
        html = isinstance(body, EmailMessage) and body.get_content_subtype() == "html"
        plain = as_text(text) if html else text
        kind = "body" if attached else "text"
        yield Piece(f"{subject}.txt", plain.encode(), f"{part} > text of the letter", kind=kind)
    elif not attached:
        yield replace(piece, data=b"", says="The letter holds neither text nor attachments.")


def _attached(letter: EmailMessage, part: str) -> Iterator[Piece]:
    for number, inner in enumerate(letter.iter_attachments(), start=1):
        name = PurePosixPath((inner.get_filename() or f"attachment-{number}").replace("\\", "/")).name
        content = inner.get_content() if inner.get_content_maintype() != "multipart" else b""
        if isinstance(content, EmailMessage):
            name = name if name.endswith(".eml") else f"{name}.eml"
        data = content.as_bytes() if isinstance(content, EmailMessage) else content.encode() if isinstance(content, str) else content
        if data:
            yield Piece(name, bytes(data), f"{part} > {name}")


def decoded(data: bytes) -> str:
    """Text in whichever of the usual encodings it is."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


class _Text(HTMLParser):
    """The text of a page as a reader sees it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.out: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.silent += tag in SILENT
        self.out.append("\n" if tag in BREAKS else "   " if tag in ("td", "th", "dd") else "")

    def handle_endtag(self, tag: str) -> None:
        self.silent -= tag in SILENT and self.silent > 0
        self.out.append("\n" if tag in BREAKS else "")

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.out.append(re.sub(r"\s+", " ", data))


def as_text(html: str) -> str:
    """The text of an HTML page, without scripts and styles."""
    parser = _Text()
    parser.feed(html)
    parser.close()
    return re.sub(r"\n[ ]+", "\n", "".join(parser.out))
