"""Reading catalogs: good rows are taken, bad ones named with row and column."""

import json
from datetime import date
from typing import Any

import pytest

from perennial.apps.plans.catalogs import MOST_ROWS, courses_in
from perennial.apps.plans.facts import CourseFacts, ToldApproval
from perennial.apps.plans.words import vocabulary
from perennial.core.planner.catalogs import Catalog

OFFER: dict[str, Any] = {"id": "a", "title": "Ethics", "hours": 3, "format": "live_online", "price_cents": 4900}


def read(data: bytes | str | list[Any]) -> Catalog[CourseFacts]:
    if isinstance(data, list):
        data = json.dumps(data)
    return courses_in(data.encode() if isinstance(data, str) else data, vocabulary())


def test_a_row_of_a_table_is_a_course() -> None:
    (found,) = read(
        "id,title,provider,hours,topics,format,approvals,price,starts,ends,url\n"
        'a,Ethics,Stillwater,3,"ethics: 2; telehealth",live_online,APA #12 (2026-01-01 to 2027-12-31); ACEP,49.50,2027-02-01,2027-02-02,https://x.org\n'
    ).taken
    assert (found.minutes, found.price_cents, found.topics) == (180, 4950, {"ethics": 120, "telehealth": 180})
    assert found.approvals == (ToldApproval("APA", "12", date(2026, 1, 1), date(2027, 12, 31)), ToldApproval("NBCC_ACEP"))
    assert (found.starts_on, found.ends_on) == (date(2027, 2, 1), date(2027, 2, 2))


def test_an_offer_of_the_planners_format_is_a_course() -> None:
    offer = {**OFFER, "topics": {"ethics": 1.5}, "approvals": [{"body": "APA", "until": "2027-01-01"}], "minutes": 200, "course": "k"}
    (found,) = read([offer]).taken
    assert (found.takes_minutes, found.topics, found.course_key, found.starts_on) == (200, {"ethics": 90}, "k", None)
    assert found.approvals == (ToldApproval("APA", "", None, date(2027, 1, 1)),)


@pytest.mark.parametrize(
    ("change", "where", "what"),
    [
        ({"price_cents": -1}, "offer 1 (a), key price_cents", "-1"),
        ({"hours": "x"}, "offer 1 (a), key hours", "'x' is not a number"),
        ({"hours": True}, "offer 1 (a), key hours", "not a number"),
        ({"hours": 0}, "offer 1 (a), key hours", "not possible"),
        ({"topics": {"quux": 1}}, "offer 1 (a), key topics", "unknown topic 'quux'"),
        ({"topics": {"ethics": 4}}, "offer 1 (a), key topics", "4 hours"),
        ({"topics": 3}, "offer 1 (a), key topics", "not a table"),
        ({"format": "telepathy"}, "offer 1 (a), key format", "unknown format"),
        ({"starts": "2027-02-02", "ends": "2027-02-01"}, "offer 1 (a), key ends", "before the first day"),
        ({"starts": "soon"}, "offer 1 (a), key starts", "not a date"),
        ({"title": None, "id": None}, "offer 1, key title", "missing"),
        ({"title": ["x"]}, "offer 1 (a), key title", "not a text"),
        ({"approvals": [{"body": "APA", "from": "2027-02-02", "until": "2027-01-01"}]}, "offer 1 (a), key approvals", "before it begins"),
        ({"approvals": {"APA": 1}}, "offer 1 (a), key approvals", "not a list"),
        ({"url": "ftp://x"}, "offer 1 (a), key url", "not a web address"),
        ({"minutes_per_hour": 52}, "offer 1 (a), key minutes_per_hour", "52"),
        ({"colour": "red"}, "offer 1 (a), key colour", "unknown key"),
    ],
)
def test_a_bad_offer_is_refused_by_name(change: dict[str, Any], where: str, what: str) -> None:
    found = read([{**OFFER, **change}, {**OFFER, "id": "good"}])
    (problem,) = found.refused
    assert problem.where == where
    assert what in problem.what
    assert problem.mend
    assert [course.catalog_key for course in found.taken] == ["good"]


LONG = "1" * 300


@pytest.mark.parametrize(
    "change",
    [
        {"hours": LONG},
        {"hours": "-" + LONG},
        {"hours": "0." + LONG},
        {"hours": "1e-100000"},
        {"topics": {"ethics": "3." + LONG}},
        {"minutes": LONG},
        {"minutes": "1." + LONG},
        {"price_cents": LONG},
        {"price_cents": None, "price": LONG},
        {"price_cents": None, "price": "1e999999"},
        {"minutes_per_hour": LONG},
    ],
)
def test_endless_digits_are_answered_in_few_words(change: dict[str, Any]) -> None:
    (problem,) = read([{**OFFER, **change}]).refused
    assert len(str(problem)) < 250


def test_the_second_of_two_with_one_id_is_refused() -> None:
    found = read([OFFER, {**OFFER, "title": "Another"}])
    assert [str(problem) for problem in found.refused] == [
        "offer 2 (a), key id: 'a' stands in offer 1 already. Give each course its own id."
    ]


def test_a_bad_row_of_a_table_is_named_by_row_line_and_column() -> None:
    found = read("title;hours;format;price\nA;3;live_online;free\n\nB;3;live_online;-5\nC;3;live_online;1;extra\n")
    assert [problem.where for problem in found.refused] == ["row 2 (line 4), column price", "row 3 (line 5), column 1"]
    assert [course.price_cents for course in found.taken] == [0]


@pytest.mark.parametrize(
    ("data", "where", "what"),
    [
        (b"", "the file", "empty"),
        (b"\xff\xfe\x00", "the file", "UTF-8"),
        (b"a\x00b", "the file", "not a text file"),
        (b'[{"title"', "line 1, character 10", "not JSON"),
        (b'{"a": 1}', "the file", "not a list"),
        (b"title,hours\nA,1", "first line", "no column 'format'"),
        (b"title,hours,format,colour\n", "first line", "unknown column 'colour'"),
        (b"title,hours,format,hours\n", "first line", "stands twice"),
        (b'title,hours,format\n"A,1,live_online', "line 2", "not a table"),
        (b"[" * 100_000, "the file", "JSON"),
        (b"x" * 2_000_001, "the file", "larger"),
        (json.dumps([OFFER] * (MOST_ROWS + 1)).encode(), "the file", "more than"),
    ],
)
def test_a_file_of_no_use_is_refused_whole(data: bytes, where: str, what: str) -> None:
    found = read(data)
    assert found.rows == 0
    assert found.whole is not None
    assert found.whole.where == where
    assert what in found.whole.what
