"""A catalog's faults, each named by its offer and key."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from perennial.core.planner.catalog import read_catalog
from perennial.core.planner.facts import Approval
from perennial.core.rules.builders import WORDS
from perennial.core.rules.scenario import Faulty

GOOD = {"id": "a", "title": "A", "hours": 1.5, "topics": {"ethics": 1}, "format": "live_online", "price_cents": 2500, "minutes": 95}


def write(folder: Path, *rows: object) -> Path:
    path = folder / "catalog.json"
    path.write_text(json.dumps(rows), encoding="utf-8")
    return path


def test_an_offer_is_read_whole(tmp_path: Path) -> None:
    more = {"approvals": [{"body": "APA", "from": "2025-01-01", "until": "2026-12-31"}, "NBCC"], "starts": "2026-03-01", "course": "x"}
    offer = read_catalog(write(tmp_path, GOOD | more), WORDS).offers[0]
    assert (offer.hours, offer.topics, offer.on, offer.course) == (Decimal("1.5"), {"ethics": Decimal(1)}, date(2026, 3, 1), "x")
    assert offer.approvals == (Approval("APA", date(2025, 1, 1), date(2026, 12, 31)), Approval("NBCC"))


def test_time_left_out_is_that_of_the_hours(tmp_path: Path) -> None:
    assert read_catalog(write(tmp_path, {k: v for k, v in GOOD.items() if k != "minutes"}), WORDS).offers[0].minutes == 90


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"price_cents": -1}, "offer 2 (b): price_cents: -1 is negative"),
        ({"price_cents": "25"}, "offer 2 (b): price_cents: '25' is not a whole number"),
        ({"hours": "two"}, "offer 2 (b): hours: 'two' is not a number of hours"),
        ({"hours": 0}, "offer 2 (b): hours: 0 hours are not possible"),
        ({"hours": True}, "offer 2 (b): hours: 'True' is not a number of hours"),
        ({"topics": {"ethcs": 1}}, "offer 2 (b): topics: unknown topic 'ethcs'"),
        ({"topics": {"ethics": 9}}, "offer 2 (b): topics.ethics: 9 hours in a course of 1.5"),
        ({"topics": ["ethics"]}, "offer 2 (b): topics: not a table"),
        ({"format": "carrier_pigeon"}, "offer 2 (b): format: unknown format 'carrier_pigeon'"),
        ({"starts": "2026-05-02", "ends": "2026-05-01"}, "offer 2 (b): ends: 2026-05-01 lies before the start"),
        ({"starts": "soon"}, "offer 2 (b): starts: 'soon' is not a date"),
        ({"approvals": "APA"}, "offer 2 (b): approvals: not a list"),
        ({"approvals": [{"bdy": "APA"}]}, "offer 2 (b): approvals.1: not an approval"),
        ({"prize": 1}, "offer 2 (b): unknown key 'prize'"),
        ({"id": "a"}, "offer 2: id: 'a' is the id of offer 1 already"),
        ({"id": 7}, "offer 2: id: '7' is not a text"),
    ],
)
def test_a_fault_names_its_offer_and_key(tmp_path: Path, change: dict[str, object], says: str) -> None:
    read = read_catalog(write(tmp_path, GOOD, GOOD | {"id": "b"} | change), WORDS)
    assert [str(p)[: len(f"catalog.json, {says}")] for p in read.problems] == [f"catalog.json, {says}"]
    assert [o.id for o in read.offers] == ["a"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('[{"id": }]', "line 1: not valid JSON"),
        ('{"id": "a"}', "not a list"),
        ('[{"id": "a", "id": "b"}]', "'id' stands twice"),
        ("[1]", ""),
    ],
)
def test_a_file_that_is_no_catalog_says_why(tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / "catalog.json"
    path.write_text(text)
    if not says:
        assert "not a table" in read_catalog(path, WORDS).problems[0].what
        return
    with pytest.raises(Faulty) as fault:
        read_catalog(path, WORDS)
    assert says in str(fault.value.problem)
