"""What is read of sixty-four certificates in sixteen layouts, field by field: right, left open, or wrong."""

from collections import Counter
from typing import Any

import pytest

from perennial.core.proofs.builders import WORDS, Sheet, sheets
from perennial.core.proofs.extra import can_recognize
from perennial.core.proofs.found import Found, Reading, Sure
from perennial.core.proofs.read import read_file

EACH = 4
Tally = Counter[tuple[str, str]]


def readings(sheet: Sheet, found: Found) -> list[tuple[str, Any, Reading[Any]]]:
    """Each field with what is true and what was read."""
    return [
        ("title", sheet.title, found.title),
        ("completed_on", sheet.day, found.completed_on),
        ("hours", sheet.hours, found.hours),
        ("provider", sheet.provider, found.provider),
        ("form", sheet.form, found.form),
    ]


def judge(tally: Tally, sheet: Sheet, found: Found) -> None:
    """Count a certificate's fields; `wrong` are values that are not true, `sure and wrong` those said to be clear."""
    for name, truth, read in readings(sheet, found):
        tally[name, "there"] += truth is not None
        if read.value is None:
            tally[name, "left open"] += truth is not None
        elif read.value == truth:
            tally[name, "right"] += 1
        else:
            tally[name, "wrong"] += 1
            tally[name, "sure and wrong"] += read.sure == Sure.CLEAR
    named = {one.slug: one.number for one in found.approvals if one.slug}
    tally["approvals", "there"] += 1
    tally["approvals", "right" if named == sheet.approvals else "wrong"] += 1


def test_sixty_four_certificates_are_read_and_nothing_wrong_is_called_clear() -> None:
    tally: Tally = Counter()
    made = list(sheets(EACH))
    for sheet in made:
        (found,) = read_file(sheet.pdf(), f"{sheet.layout}.pdf", WORDS)
        judge(tally, sheet, found)
    assert len(made) >= 60
    assert len({sheet.layout for sheet in made}) >= 12
    for name in ("title", "completed_on", "hours", "provider", "form", "approvals"):
        right, wrong, there = tally[name, "right"], tally[name, "wrong"], tally[name, "there"]
        assert tally[name, "sure and wrong"] == 0, (name, tally)
        assert right / (right + wrong) >= 0.98, (name, tally)
        assert right / there >= 0.95, (name, tally)


def test_every_value_comes_with_the_place_where_it_stands() -> None:
    for sheet in sheets(1):
        (found,) = read_file(sheet.pdf(), "certificate.pdf", WORDS)
        for name, _, read in readings(sheet, found):
            if read.value is not None:
                assert read.place is not None, (sheet.layout, name)
                assert read.place.page == 1
                assert read.place.parted[1].strip(), (sheet.layout, name)
    (first, *_) = sheets(1)
    (found,) = read_file(first.pdf(), "certificate.pdf", WORDS)
    assert found.title.place is not None
    assert found.title.place.parted[1] == first.title


@pytest.mark.skipif(not can_recognize(), reason="the extra `ocr` is not installed")
def test_photos_are_read_and_nothing_in_them_is_called_clear() -> None:
    tally: Tally = Counter()
    for number, sheet in enumerate(list(sheets(1))[:6]):
        (found,) = read_file(sheet.photo(seed=number), f"{sheet.layout}.jpg", WORDS)
        judge(tally, sheet, found)
        assert not any(read.sure == Sure.CLEAR for name, _, read in readings(sheet, found) if name != "form")
    for name in ("title", "completed_on", "hours", "provider"):
        assert tally[name, "wrong"] <= 1, (name, tally)
        assert tally[name, "right"] / tally[name, "there"] >= 0.8, (name, tally)
