"""PDFs: what our own carry inside is read exactly; a scan is kept."""

import hashlib
import io
import json
from datetime import date
from decimal import Decimal
from typing import Any

import pypdf
import pytest
from PIL import Image

from perennial.core.proofs.builders import WORDS, sheets
from perennial.core.proofs.extra import can_recognize
from perennial.core.proofs.found import Sure
from perennial.core.proofs.read import read_file

FACTS: dict[str, Any] = {
    "course_title": "Suicide risk assessment",
    "provider_name": "Perennial starter library",
    "delivery_format": "Asynchronous, text course with post-test",
    "completed_on": "2026-11-25",
    "hours": [{"category": "General", "minutes": 90, "minutes_per_hour": 60}],
    "topics": {"suicide_prevention": 90, "ethics": 15},
    "number": "PER-2026-000001",
}


def carrying(facts: dict[str, Any], sha256: str = "", **more: Any) -> bytes:
    """A certificate's PDF with these facts inside."""
    canonical = json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    envelope = {"perennial_certificate": 1, "facts": facts, "sha256": sha256 or hashlib.sha256(canonical).hexdigest(), **more}
    writer, out = pypdf.PdfWriter(), io.BytesIO()
    writer.append(io.BytesIO(next(iter(sheets(1))).pdf()))
    writer.add_attachment("certificate.json", json.dumps(envelope).encode())
    writer.write(out)
    return out.getvalue()


def test_our_own_certificates_are_read_from_the_facts_inside() -> None:
    (found,) = read_file(carrying(FACTS), "PER-2026-000001.pdf", WORDS)
    assert (found.title.value, found.completed_on.value, found.hours.value) == (
        "Suicide risk assessment",
        date(2026, 11, 25),
        Decimal("1.5"),
    )
    assert (found.form.value, found.number, found.title.sure) == ("asynchronous", "PER-2026-000001", Sure.CLEAR)
    assert {topic.slug: topic.hours for topic in found.topics} == {"suicide_prevention": Decimal("1.5"), "ethics": Decimal("0.25")}


def test_facts_that_were_changed_are_not_relied_on() -> None:
    (found,) = read_file(carrying({**FACTS, "completed_on": "2020-01-01"}, sha256="0" * 64), "a.pdf", WORDS)
    assert found.completed_on.sure == Sure.UNSURE
    assert "changed after it was issued" in found.notes[0]


def test_a_revoked_certificate_says_so() -> None:
    (found,) = read_file(carrying(FACTS, revoked_on="2026-12-01"), "a.pdf", WORDS)
    assert found.notes == ("This certificate was revoked on 2026-12-01.",)


@pytest.mark.parametrize("spoil", ["facts", "hours", "completed_on"])
def test_facts_that_make_no_sense_are_passed_over_and_the_page_is_read(spoil: str) -> None:
    (found,) = read_file(carrying({**FACTS, spoil: "nonsense"} if spoil != "facts" else {}), "a.pdf", WORDS)
    assert found.title.value == "Ethics in Telehealth Practice"


@pytest.mark.skipif(can_recognize(), reason="the extra `ocr` is installed")
def test_a_scan_is_kept_and_said_to_be_a_picture() -> None:
    out = io.BytesIO()
    Image.new("RGB", (300, 200), "white").save(out, "PDF")
    (found,) = read_file(out.getvalue(), "scan.pdf", WORDS)
    assert found.empty
    assert "picture of a page" in found.notes[0]
