"""Reads PDFs: our own certificates exactly, others by their text, scans by their pictures."""

import hashlib
import io
import json
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pdfplumber
import pypdf
import pypdfium2
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfminer.psexceptions import PSException
from pdfplumber.utils.exceptions import PdfminerException
from PIL import Image
from pypdf.errors import FileNotDecryptedError

from perennial.core.proofs.certificate import looks_like_one, read_certificate
from perennial.core.proofs.found import Found, Limits, Place, Reading, Sure, T, Topic, Unreadable, Words
from perennial.core.proofs.lines import Line, Segment, gathered
from perennial.core.proofs.pictures import doubted, recognized
from perennial.core.proofs.tables import read_lines
from perennial.core.values.pdfs import DAMAGED as BROKEN_PDF

ATTACHED = "certificate.json"
LOCKED = "It is locked with a password. Open it, save it without the password (for instance by printing it to a PDF) and send that."
DAMAGED = "It is damaged and cannot be opened. Save it anew, or send a photo of it."
SCAN_WIDTH = 1700
FORMS = {
    "live, in person": "live_in_person",
    "in person": "live_in_person",
    "live": "live_online",
    "asynchronous": "asynchronous",
    "recorded": "asynchronous",
    "self-study": "self_study",
}


def read_pdf(data: bytes, words: Words, limits: Limits, part: str) -> list[Found]:
    """The certificates of a PDF; raises Unreadable for one that is locked or damaged."""
    own = read_own(data, part)
    if own is not None:
        return [own]
    pages = list(_pages(data, limits))
    if not pages:
        raise Unreadable(DAMAGED)
    scanned = not any(pages)
    if scanned:
        pages = [recognized(picture, number) for number, picture in _pictures(data, limits)]
    if not any(pages):
        return [Found(part=part, notes=("This is a picture of a page, and nothing could be recognized in it. Enter what it says.",))]
    found = _in_pages(pages, words, limits, part)
    return [doubted(one) for one in found] if scanned else found


def _in_pages(pages: list[list[Line]], words: Words, limits: Limits, part: str) -> list[Found]:
    """A list of courses, a certificate on each page, or one certificate on all of them."""
    listed = read_lines([line for page in pages for line in page], words, part=part, most=limits.most_found)
    if listed:
        return listed
    single = [page for page in pages if looks_like_one(page, words)]
    if len(single) > 1:
        each = [read_certificate(page, words, part=part, measured=True) for page in single]
        if len({(one.title.value, one.completed_on.value) for one in each}) > 1:
            return each[: limits.most_found]
    return [read_certificate([line for page in pages for line in page], words, part=part, measured=True)]


def _pages(data: bytes, limits: Limits) -> Iterator[list[Line]]:
    try:
        with pdfplumber.open(io.BytesIO(data)) as pdf:
            for number, page in enumerate(pdf.pages[: limits.most_pages], start=1):
                words = page.dedupe_chars().extract_words(x_tolerance_ratio=0.2, y_tolerance=2)
                boxes = (Segment(word["text"], word["x0"], word["x1"], word["top"], word["bottom"]) for word in words[:5000])
                yield gathered(boxes, number)
    except PDFPasswordIncorrect:
        raise Unreadable(LOCKED) from None
    except PdfminerException as fault:
        raise Unreadable(LOCKED if isinstance(fault.args[0], PDFPasswordIncorrect) else DAMAGED) from None
    except (PSException, *BROKEN_PDF):
        raise Unreadable(DAMAGED) from None


def _pictures(data: bytes, limits: Limits) -> Iterator[tuple[int, Image.Image]]:
    try:
        pdf = pypdfium2.PdfDocument(data)
        for number in range(1, min(len(pdf), limits.most_pages, 10) + 1):
            yield number, page_picture(pdf, number)
    except pypdfium2.PdfiumError:
        raise Unreadable(DAMAGED) from None


def page_picture(pdf: Any, number: int, width: int = SCAN_WIDTH) -> Image.Image:
    """A page as a picture, `width` pixels wide or less where it is very tall."""
    page = pdf[number - 1]
    across, up = page.get_size()
    picture: Image.Image = page.render(scale=min(width / max(across, 1.0), 2 * width / max(up, 1.0))).to_pil()
    return picture


def read_own(data: bytes, part: str) -> Found | None:
    """The facts that a certificate of this site carries inside its PDF; None for any other file."""
    try:
        inside = pypdf.PdfReader(io.BytesIO(data)).attachments.get(ATTACHED, [])
    except FileNotDecryptedError:
        raise Unreadable(LOCKED) from None
    except BROKEN_PDF:
        return None
    return read_carried(inside[0], part) if len(inside) == 1 else None


def read_carried(carried: bytes, part: str) -> Found | None:
    """The certificate in the JSON that our own carry, exactly; None for other JSON. Facts that were changed give nothing that is clear."""
    try:
        envelope = json.loads(carried)
        facts = envelope["facts"]
        canonical = json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
        intact = hashlib.sha256(canonical).hexdigest() == envelope["sha256"]
        whole = sum((Decimal(row["minutes"]) / int(row["minutes_per_hour"]) for row in facts["hours"]), Decimal(0))
        return _own(envelope, facts, whole, Sure.CLEAR if intact else Sure.UNSURE, part)
    except BROKEN_PDF:
        return None


def _own(envelope: dict[str, Any], facts: dict[str, Any], whole: Decimal, sure: Sure, part: str) -> Found:
    notes = [] if sure == Sure.CLEAR else ["The facts inside this certificate were changed after it was issued. Do not rely on them."]
    notes += [f"This certificate was revoked on {envelope['revoked_on']}."] if envelope.get("revoked_on") else []
    form = next((slug for words, slug in FORMS.items() if str(facts["delivery_format"]).lower().startswith(words)), None)
    per_hour = {int(row["minutes_per_hour"]) for row in facts["hours"]}
    return Found(
        part=part,
        title=_carried(str(facts["course_title"]), sure, part),
        completed_on=_carried(date.fromisoformat(facts["completed_on"]), sure, part),
        hours=_carried(whole.quantize(Decimal("0.01")).normalize() + 0, sure, part),
        minutes_per_hour=per_hour.pop() if len(per_hour) == 1 else None,
        provider=_carried(str(facts["provider_name"]), sure, part),
        form=_carried(form, sure, part) if form else Reading[str](),
        topics=tuple(
            Topic(slug=str(slug), hours=(Decimal(minutes) / 60).quantize(Decimal("0.01")), sure=sure, place=_inside(str(slug), part))
            for slug, minutes in facts["topics"].items()
        ),
        number=str(facts["number"]),
        notes=tuple(notes),
    )


def _carried(value: T, sure: Sure, part: str) -> Reading[T]:
    return Reading[T](value=value, sure=sure, place=_inside(str(value), part))


def _inside(text: str, part: str) -> Place:
    return Place(part=part, column="facts inside the certificate", text=text[:600], start=0, end=min(len(text), 600))
