"""A catalog's faults, each named by its offer and key."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from perennial.core.planner.catalog import read_offers
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
    offer = read_offers(write(tmp_path, GOOD | more), WORDS).taken[0]
    assert (offer.hours, offer.topics, offer.on, offer.course) == (Decimal("1.5"), {"ethics": Decimal(1)}, date(2026, 3, 1), "x")
    assert offer.approvals == (Approval("APA", date(2025, 1, 1), date(2026, 12, 31)), Approval("NBCC_ACEP"))


def test_a_table_is_read_as_well(tmp_path: Path) -> None:
    path = tmp_path / "catalog.csv"
    path.write_text('id,title,hours,format,price,minutes_per_hour\na,Ethics,6,live_online,"1,250.50",50\n')
    (offer,) = read_offers(path, WORDS).taken
    assert (offer.hours, offer.minutes, offer.price_cents) == (Decimal(5), 300, 125_050)


def test_time_left_out_is_that_of_the_hours(tmp_path: Path) -> None:
    assert read_offers(write(tmp_path, {k: v for k, v in GOOD.items() if k != "minutes"}), WORDS).taken[0].minutes == 90


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"price_cents": -1}, "offer 2 (b), key price_cents: -1 is negative"),
        ({"price_cents": 25.5}, "offer 2 (b), key price_cents: 25.5 is not possible"),
        ({"hours": "two"}, "offer 2 (b), key hours: 'two' is not a number"),
        ({"hours": 0}, "offer 2 (b), key hours: 0 hours are not possible"),
        ({"hours": True}, "offer 2 (b), key hours: 'True' is not a number"),
        ({"topics": {"ethcs": 1}}, "offer 2 (b), key topics: unknown topic 'ethcs'"),
        ({"topics": {"ethics": 9}}, "offer 2 (b), key topics: 'ethics' has 9 hours in a course of 1.5"),
        ({"topics": ["ethics"]}, "offer 2 (b), key topics: '['ethics']' is not a table"),
        ({"format": "carrier_pigeon"}, "offer 2 (b), key format: unknown format 'carrier_pigeon'"),
        ({"starts": "2026-05-02", "ends": "2026-05-01"}, "offer 2 (b), key ends: 2026-05-01 lies before the first day"),
        ({"starts": "soon"}, "offer 2 (b), key starts: 'soon' is not a date"),
        ({"approvals": {"body": "APA"}}, "offer 2 (b), key approvals: not a list"),
        ({"approvals": [{"bdy": "APA"}]}, "offer 2 (b), key approvals: '{'bdy': 'APA'}' is not an approval"),
        ({"prize": 1}, "offer 2 (b), key prize: unknown key"),
        ({"id": "a"}, "offer 2 (a), key id: 'a' stands in offer 1 already"),
        ({"id": [7]}, "offer 2, key id: '[7]' is not a text"),
        ({"id": None}, "offer 2, key id: missing"),
    ],
)
def test_a_fault_names_its_offer_and_key(tmp_path: Path, change: dict[str, object], says: str) -> None:
    read = read_offers(write(tmp_path, GOOD, GOOD | {"id": "b"} | change), WORDS)
    assert [str(p)[: len(f"catalog.json, {says}")] for p in read.refused] == [f"catalog.json, {says}"]
    assert [o.id for o in read.taken] == ["a"]


def test_a_topic_by_a_name_of_its_own_is_told_which_is_meant(tmp_path: Path) -> None:
    (fault,) = read_offers(write(tmp_path, GOOD | {"topics": {"professional_ethics": 1}}), WORDS).refused
    assert "ethics" in fault.mend.removeprefix("Known: ").rstrip(".").split(", ")
    assert "and others" not in fault.mend


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('[{"id": }]', "line 1, character 9: not JSON"),
        ('{"id": "a"}', "not a list"),
        ('[{"id": "a", "id": "b"}]', "'id' stands twice"),
        ("[1]", ""),
    ],
)
def test_a_file_that_is_no_catalog_says_why(tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / "catalog.json"
    path.write_text(text)
    if not says:
        assert "cannot be read" in read_offers(path, WORDS).refused[0].what
        return
    with pytest.raises(Faulty) as fault:
        read_offers(path, WORDS)
    assert says in str(fault.value.problem)
