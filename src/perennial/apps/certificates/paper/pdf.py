"""Makes the PDF of a certificate: one page, tagged (PDF/UA-1, PDF/A-3a), with its facts attached; the same facts give the same bytes."""

import io
import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import segno

from perennial.apps.certificates.facts import Envelope
from perennial.apps.certificates.paper.words import page_words, with_note
from perennial.core.values.late import late
from perennial.core.values.typefaces import each_string, shown
from perennial.core.values.typesetting import families, typefaces, typeset

if TYPE_CHECKING:
    import typst
else:
    typst = late("typst")

HERE = Path(__file__).parent
QR_MASK = 3
CREDENTIAL, STATUS = ENCLOSED = ("credential.json", "status-list.json")
_unshown: dict[str | None, set[str]] = {}  # by folder of fonts: what was found missing once is not asked for again


def render(envelope: Envelope, *, fonts: Path | None = None, enclosed: Mapping[str, bytes] | None = None) -> bytes:
    """The certificate as PDF, not signed yet; `enclosed` are the files of ENCLOSED that are attached to it.

    Characters that neither the built-in typefaces nor those in the folder `fonts` can draw are shown by their Unicode numbers;
    the attached facts hold the text as it is.
    """
    words = each_string(page_words(envelope), shown)
    folder = str(fonts) if fonts is not None and fonts.is_dir() else None
    unshown = _unshown.setdefault(folder, set())
    words["fonts"] = families(folder) if folder else []
    return typeset(words, lambda page: _compile(envelope, page, folder, enclosed or {}), unshown)


def qr(address: str) -> str:
    """The QR code of an address as SVG; a fixed mask makes it at once and always the same."""
    out = io.BytesIO()
    segno.make(address, error="m", micro=False, mask=QR_MASK).save(out, kind="svg", border=2, dark="#000", light="#fff", xmldecl=False)
    return out.getvalue().decode()


def _compile(envelope: Envelope, page: dict[str, Any], folder: str | None, enclosed: Mapping[str, bytes]) -> bytes:
    made = typst.compile(
        _read("certificate.typ"),
        format="pdf",
        pdf_standards=["ua-1", "a-3a"],
        sys_inputs={
            "page": json.dumps(with_note(page)),
            "wreath": _read("wreath.svg").decode(),
            "qr": qr(envelope.verify),
            "envelope": envelope.as_json().decode(),
            **{name: enclosed.get(name, b"").decode() for name in ENCLOSED},
        },
        font_paths=typefaces(folder),
    )
    if not isinstance(made, bytes):
        raise TypeError("the typesetter gave several files for one")
    return made


@cache
def _read(name: str) -> bytes:
    return (HERE / name).read_bytes()
