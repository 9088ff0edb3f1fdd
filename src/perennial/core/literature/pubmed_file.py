"""Files of PubMed's XML, cut into parts of whole records before any of it is parsed: so memory is flat, and faults have a place.

A part holds no document type, so that an entity can mean nothing in it; a file that declares entities of its own is refused at its head.
"""

import gzip
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import IO, TYPE_CHECKING

from perennial.core.literature.pubmed import Element, read_article
from perennial.core.literature.record import Record
from perennial.core.values import Problem
from perennial.core.values.late import late

if TYPE_CHECKING:
    from lxml import etree
else:
    etree = late("lxml.etree")

PIECE, MOST_BYTES_OF_RECORD, MOST_HEAD = 1024 * 1024, 12 * 1024 * 1024, 64 * 1024
ROOT, ROOT_END, RECORD_END = b"<PubmedArticleSet", b"</PubmedArticleSet>", b"</PubmedArticle>"
REFERENCES, DATA_END = b"<ReferenceList>", b"</PubmedData>"
ELEMENT = re.compile(rb"<([A-Za-z_][\w.:-]{0,60})")
PLACE = re.compile(r", line \d+, column \d+.*$")
AGAIN = "Download the file again, and import it once more: what was taken is not taken twice."


@dataclass(frozen=True, slots=True)
class Deleted:
    """PMIDs that PubMed took back."""

    pmids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a file: some whole records, as bytes, and where in the (unpacked) file it begins."""

    body: bytes
    byte: int
    line: int


Read = Record | Deleted | Problem


def read_pubmed(stream: IO[bytes]) -> Iterator[Read]:
    """Each record of the file, plain or packed with gzip, and what it deletes; a Problem with byte and line where it cannot go on."""
    for part in cut(unpacked(stream)):
        if isinstance(part, Problem):
            yield part
            return
        for one in read_part(part):
            yield one
            if isinstance(one, Problem):
                return


def unpacked(stream: IO[bytes]) -> IO[bytes] | gzip.GzipFile:
    """The stream, unpacked where it is packed with gzip. The stream must be one that can go back to its start."""
    packed = stream.read(2) == b"\x1f\x8b"
    stream.seek(0)
    return gzip.GzipFile(fileobj=stream) if packed else stream


def cut(stream: IO[bytes] | gzip.GzipFile) -> Iterator[Part | Problem]:
    """The file in parts of whole records, about a megabyte each; at last a Problem, if it is none or does not end as it should."""
    body, fault = _piece(stream)
    start = _start(body)
    if isinstance(start, Problem):
        yield fault or start
        return
    at, line = start, body.count(b"\n", 0, start) + 1
    body = body[start:]
    while True:
        stop = body.rfind(RECORD_END)
        if stop >= 0 and ROOT_END not in body:
            whole = body[: stop + len(RECORD_END)]
            yield Part(whole, at, line)
            at, line, body = at + len(whole), line + whole.count(b"\n"), body[len(whole) :]
        elif ROOT_END in body:
            yield from _last(body, at, line)
            return
        if len(body) > MOST_BYTES_OF_RECORD:
            what = f"holds {MOST_BYTES_OF_RECORD // 1024 // 1024} MB without the end of a record"
            yield Problem(_place(at, line), what, "No record of PubMed is so long. Look at what the file is.")
            return
        piece, broken = (b"", fault) if fault else _piece(stream)
        fault = broken
        if not piece:
            yield fault_at(fault, at, line, bool(body.strip()))
            return
        body += piece


def read_part(part: Part) -> list[Read]:
    """The records of a part, in order; where its XML is broken, those before the fault and then a Problem."""
    try:
        return _read(part.body)
    except etree.XMLSyntaxError:
        pass
    taken: list[Read] = []
    for one in _singles(part):
        try:
            taken += _read(one.body)
        except etree.XMLSyntaxError as fault:
            line = one.line + (fault.lineno or 1) - 1
            what = f"is broken XML ({PLACE.sub('', fault.msg or '')[:160]})"
            return [*taken, Problem(f"byte {one.byte}, line {line}", what, AGAIN)]
    return taken


def fault_at(fault: Problem | None, at: int, line: int, within: bool) -> Problem:  # noqa: FBT001  said where it is called
    """The Problem of a file that ends too early, at this byte and line of what it holds unpacked."""
    place = _place(at, line)
    if fault:
        return replace(fault, where=place)
    what = "is cut off: it ends within what begins here" if within else "is cut off: it ends without </PubmedArticleSet>"
    return Problem(place, what, AGAIN)


def _last(body: bytes, at: int, line: int) -> Iterator[Part | Problem]:
    end = body.index(ROOT_END)
    whole, rest = body[:end], body[end + len(ROOT_END) :]
    if whole.strip():
        yield Part(whole, at, line)
    if rest.strip():
        place = _place(at + end + len(ROOT_END), line + whole.count(b"\n"))
        yield Problem(place, "goes on after its end", "Give each set of articles in a file of its own; this one was read up to here.")


def _piece(stream: IO[bytes] | gzip.GzipFile) -> tuple[bytes, Problem | None]:
    try:
        return stream.read(PIECE), None
    except EOFError:
        return b"", Problem("", "is cut off: the packed file (gzip) ends too early", AGAIN)
    except (gzip.BadGzipFile, zlib.error) as error:
        return b"", Problem("", f"cannot be unpacked (gzip: {str(error)[:80]})", AGAIN)


def _start(body: bytes) -> int | Problem:
    """Where the records begin, after the root's tag; a Problem, saying what the file is, where it is no PubMed XML."""
    head = body[:MOST_HEAD]
    found = head.find(ROOT)
    before = head if found < 0 else head[:found]
    if b"<!ENTITY" in before or re.search(rb"<!DOCTYPE[^>\[]*\[", before):
        return Problem(
            "line 1", "declares entities of its own", "PubMed's files do not: this one may be made to do harm. Nothing was read."
        )
    end = head.find(b">", found)
    if found < 0 or end < 0:
        return Problem("line 1", _what(head), "Give a file of PubMed: its root is <PubmedArticleSet>.")
    return end + 1


def _what(head: bytes) -> str:
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if not start:
        return "is empty"
    if start[:200].lower().startswith((b"<!doctype html", b"<html")):
        return "is a web page (HTML), not PubMed XML"
    if start.startswith((b"{", b"[")):
        return "is JSON, not PubMed XML"
    if b"\x00" in head:
        return "is no XML in UTF-8"
    root = ELEMENT.search(start)
    return f"is XML of another kind (<{root[1].decode('ascii', 'replace')}>)" if root and start.startswith(b"<") else "is no XML"


def _place(at: int, line: int) -> str:
    return f"byte {at}, line {line}"


def _read(body: bytes) -> list[Read]:
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        collect_ids=False,
        encoding="utf-8",
    )
    root = etree.fromstring(b'<r xmlns:mml="http://www.w3.org/1998/Math/MathML">' + _lean(body) + b"</r>", parser)
    return [one for one in map(_one, root) if one is not None]


def _lean(body: bytes) -> bytes:
    """The records without their lists of references, which are not read and can be longer than all else."""
    kept, at, start = [], 0, body.find(REFERENCES)
    while start >= 0:
        kept.append(body[at:start])
        end = body.find(DATA_END, start)
        at = end if end >= 0 else start + len(REFERENCES)
        start = body.find(REFERENCES, at)
    return b"".join([*kept, body[at:]])


def _one(node: Element) -> Record | Deleted | None:
    if node.tag == "DeleteCitation":
        return Deleted(tuple(text for part in node if (text := (part.text or "").strip()).isdecimal()))
    return read_article(node)


def _singles(part: Part) -> Iterator[Part]:
    """The part, record by record."""
    at, line, rest = part.byte, part.line, part.body
    while rest:
        stop = rest.find(RECORD_END)
        one = rest[: stop + len(RECORD_END)] if stop >= 0 else rest
        blank = len(one) - len(one.lstrip())
        yield Part(one.lstrip(), at + blank, line + one.count(b"\n", 0, blank))
        at, line, rest = at + len(one), line + one.count(b"\n"), rest[len(one) :]
