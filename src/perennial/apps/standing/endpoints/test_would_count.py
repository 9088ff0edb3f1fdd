"""Asking through the API whether a course would count."""

import json
from typing import Any

import pytest
from django.test import Client

from perennial.apps.accounts.builders import make_person
from perennial.apps.licenses.builders import make_license

pytestmark = pytest.mark.django_db
COURSE: dict[str, Any] = {
    "title": "Ethics at the border",
    "date": "2027-02-20",
    "hours": 6,
    "format": "live_online",
    "topics": {"law_ethics": 2},
    "provider": "Sample Seminars",
    "approvals": [{"body": "ASWB ACE", "until": "2027-12-31"}],
}


def ask(client: Client, body: object) -> Any:
    data = body if isinstance(body, bytes) else json.dumps(body)
    return client.post("/api/v1/standing/would-count", data, content_type="application/json")


def test_each_of_ones_own_licenses_is_answered_for_and_no_one_elses(client: Client) -> None:
    mine, _ = make_license(), make_license(jurisdiction="TX")
    client.force_login(mine.person)
    found = ask(client, COURSE).json()
    assert (found["title"], found["on"]) == (COURSE["title"], "2027-02-20")
    (one,) = found["licenses"]
    assert (one["license"], one["verdict"], one["counted"], one["of"], one["certain"]) == (mine.pk, "yes", 6, 6, True)
    assert (one["decider"]["kind"], one["decider"]["requirement"]) == ("line", "law_ethics")
    assert one["decider"]["source"]["cite"]


def test_a_lapsed_approval_is_named_as_what_decides(client: Client) -> None:
    license = make_license()
    client.force_login(license.person)
    (one,) = ask(client, {**COURSE, "approvals": [{"body": "ASWB ACE", "until": "2027-02-19"}]}).json()["licenses"]
    assert (one["verdict"], one["as_read"], one["decider"]["kind"]) == ("not_known", "yes", "lapsed")
    assert "19 February 2027" in one["lapsed"]
    (held,) = ask(client, {**COURSE, "approvals": ["ASWB_ACE", {"body": "ASWB ACE", "until": "2027-02-19"}]}).json()["licenses"]
    assert held["verdict"] == "yes"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"title": ""}, "title: missing"),
        ({"title": 7}, "title: not a text"),
        ({"title": "x" * 301}, "title: too long"),
        ({"date": None}, "date: missing"),
        ({"date": "2027-02-30"}, "date: '2027-02-30'"),
        ({"date": "0099-02-20"}, "date: the year 99"),
        ({"hours": None}, "hours: missing"),
        ({"hours": True}, "hours: 'True'"),
        ({"hours": 0}, "hours: 0 hours"),
        ({"hours": "many"}, "hours: 'many'"),
        ({"hours": 1e9}, "hours: 1000000000"),
        ({"format": "dream"}, "format: unknown format 'dream'"),
        ({"topics": ["ethics"]}, "topics: not a table"),
        ({"topics": {"ethisc": 1}}, "topics.ethisc: unknown topic"),
        ({"topics": {"ethics": 7}}, "topics.ethics: more hours"),
        ({"approvals": "APA"}, "approvals: not a list"),
        ({"approvals": [7]}, "approvals.1: not an approval"),
        ({"approvals": ["APA", {"body": "APA", "until": "soon"}]}, "approvals.2.until: 'soon'"),
        ({"approvals": [{"body": "APA", "from": "2027-02-01", "until": "2027-01-01"}]}, "approvals.1.until: lies before"),
        ({"surprise": 1}, "surprise: unknown field"),
    ],
)
def test_what_cannot_be_is_told_by_its_field(client: Client, change: dict[str, Any], said: str) -> None:
    client.force_login(make_person())
    answer = ask(client, {**COURSE, **change})
    assert answer.status_code == 422
    assert answer.json()["detail"].startswith(said), answer.json()


@pytest.mark.parametrize("body", [b"", b"{", b"\xff", b"[" * 50_000, b"null", b"[1]", b"7", b" " * 100_001])
def test_a_body_that_is_no_course_is_told_so(client: Client, body: bytes) -> None:
    client.force_login(make_person())
    answer = ask(client, body)
    assert (answer.status_code, answer.json()["detail"][:4]) == (422, "body")


@pytest.mark.parametrize("hours", ["1e100000", "-1e100000", "1e-100000", "0." + "1" * 250])
def test_hours_of_endless_digits_are_answered_in_few_words(client: Client, hours: str) -> None:
    client.force_login(make_person())
    answer = ask(client, {**COURSE, "topics": {}, "hours": hours})
    assert answer.status_code == 422
    assert len(answer.json()["detail"]) < 200


def test_it_needs_signing_in(client: Client) -> None:
    assert ask(client, COURSE).status_code == 401
