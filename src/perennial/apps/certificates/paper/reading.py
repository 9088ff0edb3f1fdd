"""Reads a certificate's file, PDF or JSON, and compares what its page shows with the facts it carries. No Django, no network."""

import io
import re
from enum import StrEnum
from pathlib import Path

import pypdf
from pypdf.errors import PyPdfError

from perennial.apps.certificates.facts import Envelope, open_envelope
from perennial.apps.certificates.paper.pdf import LAST_SURE, render
from perennial.apps.certificates.paper.words import NUMBERED, in_hours, in_words

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


def page_of(data: bytes, envelope: Envelope, fonts: Path | None = None) -> Page | None:
    """How the page of a PDF stands to the facts in it; None for JSON, which has no page.

    SAME: byte for byte what this version makes of the facts. AGREES: each main fact stands in its text. DIFFERS: one does not.
    """
    if not data.startswith(b"%PDF-"):
        return None
    try:
        if render(envelope, fonts=fonts) == data:
            return Page.SAME
        text = _squeezed("".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages))
        return Page.AGREES if all(_squeezed(fact) in text for fact in _main(envelope)) else Page.DIFFERS
    except (PyPdfError, KeyError, TypeError, ValueError, AttributeError, RecursionError):
        return Page.DIFFERS


def _attached(data: bytes) -> bytes:
    try:
        found = pypdf.PdfReader(io.BytesIO(data)).attachments.get(ATTACHED, [])
    except (PyPdfError, KeyError, TypeError, ValueError, AttributeError, RecursionError):
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
