"""Bytes of a file as text: the mark at its start, else UTF-8, else UTF-16 by its zeros, else Windows-1252, which is said."""

import codecs
import re
import unicodedata

from perennial.core.questions.found import Aside, Unreadable

MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
DECLARED = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")
KNOWN = ("utf-8", "utf-16", "iso8859-1", "iso8859-15", "cp1252", "ascii")
UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
"""Characters that no table or XML file holds; the noncharacters among them stand for escaped signs while GIFT is read."""


def decoded(data: bytes, where: str) -> tuple[str, tuple[Aside, ...]]:
    """The text with line ends as \\n, and what had to be guessed or left out. Raises Unreadable for what is no text."""
    text, asides = _text(data, where)
    if UNWRITABLE.search(text):
        text = UNWRITABLE.sub("", text)
        asides = (*asides, Aside(where, "holds characters that cannot be shown", "They were left out; look at the questions.", "changed"))
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")), asides


def _text(data: bytes, where: str) -> tuple[str, tuple[Aside, ...]]:
    encoding, start = _sure(data)
    if encoding:
        try:
            return data[start:].decode(encoding), ()
        except UnicodeDecodeError as fault:
            what = f"is not the {encoding.upper()} that it says it is, from byte {fault.start + start} on"
            raise Unreadable(where, what, "Save it as UTF-8 and choose it again.") from None
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError:
        pass
    if b"\x00" in data[:4096]:
        raise Unreadable(where, "is not a text file", "Choose the file with the questions, or its ZIP.")
    guessed = Aside(where, "says no encoding and is not UTF-8", "Read as Windows-1252; look at letters with accents.", "changed")
    return data.decode("cp1252", errors="replace"), (guessed,)


def _sure(data: bytes) -> tuple[str, int]:
    """The encoding that the file itself shows, and where its text begins; nothing where it shows none."""
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return encoding, len(mark)
    if len(data) > 3 and data[1:2] == b"\x00" and data[3:4] == b"\x00":
        return "utf-16-le", 0
    if len(data) > 3 and data[0:1] == b"\x00" and data[2:3] == b"\x00":
        return "utf-16-be", 0
    declared = DECLARED.match(data[:300])
    if declared:
        try:
            name = codecs.lookup(declared[1].decode("ascii")).name
        except LookupError:
            return "", 0
        return (name, 0) if name in KNOWN and name != "utf-16" else ("", 0)
    return "", 0
