"""Reads a certificate's file, PDF or JSON, and compares what its page shows with the facts it carries. No Django, no network."""

import io
import re
from collections.abc import Iterable, Mapping
from enum import StrEnum
from pathlib import Path

import pypdf

from perennial.apps.certificates.facts import Envelope, open_envelope
from perennial.apps.certificates.paper.pdf import render
from perennial.apps.certificates.paper.words import in_hours, in_words
from perennial.core.values.pdfs import DAMAGED
from perennial.core.values.typefaces import LAST_SURE, NUMBERED

ATTACHED = "certificate.json"
LARGEST_BYTES = 20 * 1024 * 1024


class Page(StrEnum):
    """What the page of a PDF shows, next to the facts inside it."""

    SAME = "same"
    AGREES = "agrees"
    DIFFERS = "differs"


def envelope_in(data: bytes) -> Envelope:
    """The facts that a file carries; raises ValueError with a clause that says what is wrong with it."""
    if not data:
        raise ValueError("the file is empty")
    if len(data) > LARGEST_BYTES:
        raise ValueError("the file is larger than 20 MB")
    return open_envelope(_attached(data) if data.startswith(b"%PDF-") else data)


def attachments_of(data: bytes, names: Iterable[str]) -> dict[str, bytes]:
    """Those of the named files that a PDF carries, each once; ValueError where it carries one twice."""
    try:
        found = pypdf.PdfReader(io.BytesIO(data)).attachments
        several = {name: found[name] for name in names if name in found}
    except DAMAGED:
        raise ValueError("the PDF is damaged") from None
    if any(len(files) != 1 for files in several.values()):
        raise ValueError("the PDF carries one file several times")
    return {name: files[0] for name, files in several.items()}


def page_of(data: bytes, envelope: Envelope, fonts: Path | None = None, enclosed: Mapping[str, bytes] | None = None) -> Page | None:
    """How the page of a PDF stands to the facts in it; None for JSON, which has no page. `enclosed` are the other files in it.

    SAME: byte for byte what this version makes of the facts. AGREES: each main fact stands in its text. DIFFERS: one does not.
    """
    if not data.startswith(b"%PDF-"):
        return None
    try:
        if data.startswith(_made(envelope, fonts, enclosed)):  # a signature stands behind it
            return Page.SAME
        text = _squeezed("".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages))
        return Page.AGREES if all(_squeezed(fact) in text for fact in _main(envelope)) else Page.DIFFERS
    except DAMAGED:
        return Page.DIFFERS


def _made(envelope: Envelope, fonts: Path | None, enclosed: Mapping[str, bytes] | None) -> bytes:
    try:
        return render(envelope, fonts=fonts, enclosed=enclosed)
    except UnicodeDecodeError:
        raise ValueError("a file in it is no text") from None


def _attached(data: bytes) -> bytes:
    try:
        found = pypdf.PdfReader(io.BytesIO(data)).attachments.get(ATTACHED, [])
    except DAMAGED:
        raise ValueError("the PDF is damaged") from None
    if len(found) != 1:
        raise ValueError("the PDF carries no certificate of Perennial, or several")
    return found[0]


def _main(envelope: Envelope) -> list[str]:
    facts = envelope.facts
    hours = [in_hours(row["minutes"], row["minutes_per_hour"]) + f"{row['minutes']} min" for row in facts["hours"]]
    plain = [facts[name] for name in ("number", "holder_name", "course_title", "provider_name")]
    numbers = [license["number"] for license in facts["licenses"]]
    return [*plain, *numbers, *hours, in_words(facts["completed_on"]), envelope.verify]


def _squeezed(text: str) -> str:
    """Text without spaces and without what typefaces may lack, so that line breaks and fonts make no difference."""
    return "".join(c for c in re.sub(r"\s", "", NUMBERED.sub("", text)) if c <= LAST_SURE)
