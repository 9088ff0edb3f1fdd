"""Makes the PDF of a certificate: one page, tagged (PDF/UA-1, PDF/A-3a), with its facts attached; the same facts give the same bytes."""

import io
import json
import re
from functools import cache, partial
from pathlib import Path
from typing import Any

import segno
import typst

from perennial.apps.certificates.facts import Envelope
from perennial.apps.certificates.paper.words import each_string, numbered, page_words, shown, with_note

HERE = Path(__file__).parent
UNSHOWN = re.compile(r'the text `"(.+?)"` could not be displayed')
ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
LAST_SURE = "\u024f"  # the end of the Latin letters, which the typefaces in use all hold
ATTEMPTS = 6
QR_MASK = 3
_unshown: dict[str | None, set[str]] = {}  # by folder of fonts: what was found missing once is not asked for again


def render(envelope: Envelope, *, fonts: Path | None = None) -> bytes:
    """The certificate as PDF.

    Characters that neither the built-in typefaces nor those in the folder `fonts` can draw are shown by their Unicode numbers;
    the attached facts hold the text as it is.
    """
    words = each_string(page_words(envelope), shown)
    folder = str(fonts) if fonts is not None and fonts.is_dir() else None
    unshown = _unshown.setdefault(folder, set())
    words["fonts"] = _families(folder) if folder else []
    for _ in range(ATTEMPTS):
        try:
            return _compile(envelope, each_string(words, partial(numbered, unshown=frozenset(unshown))), folder)
        except typst.TypstError as fault:
            found = missing(str(fault)) - unshown
            if not found:
                raise
            unshown |= found
    return _compile(envelope, each_string(words, latin), folder)


def latin(text: str) -> str:
    """Text with all but Latin letters given by number: for texts of so many scripts that asking for each would take too long."""
    return numbered(text, {character for character in text if character > LAST_SURE})


def missing(fault: str) -> set[str]:
    """The characters that a fault of the typesetter says no typeface can draw."""
    texts = (ESCAPED.sub(lambda code: chr(int(code[1], 16)), text) for text in UNSHOWN.findall(fault))
    return {character for text in texts for character in text if not character.isascii()}


def qr(address: str) -> str:
    """The QR code of an address as SVG; a fixed mask makes it at once and always the same."""
    out = io.BytesIO()
    segno.make(address, error="m", micro=False, mask=QR_MASK).save(out, kind="svg", border=2, dark="#000", light="#fff", xmldecl=False)
    return out.getvalue().decode()


def _compile(envelope: Envelope, page: dict[str, Any], folder: str | None) -> bytes:
    made = typst.compile(
        _read("certificate.typ"),
        format="pdf",
        pdf_standards=["ua-1", "a-3a"],
        sys_inputs={
            "page": json.dumps(with_note(page)),
            "wreath": _read("wreath.svg").decode(),
            "qr": qr(envelope.verify),
            "envelope": envelope.as_json().decode(),
        },
        font_paths=_fonts(folder),
    )
    if not isinstance(made, bytes):
        raise TypeError("the typesetter gave several files for one")
    return made


@cache
def _read(name: str) -> bytes:
    return (HERE / name).read_bytes()


@cache
def _fonts(folder: str | None) -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[folder] if folder else [])


def _families(folder: str) -> list[str]:
    return sorted({font.family for font in _fonts(folder).fonts() if font.path})
