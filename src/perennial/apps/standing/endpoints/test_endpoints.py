"""Scenarios judged by anyone, and one's own licenses judged for oneself alone."""

import json
from typing import Any

import pytest
from django.test import Client

from perennial.apps.accounts.builders import make_person
from perennial.apps.credits.builders import make_credit
from perennial.apps.licenses.builders import make_license

pytestmark = pytest.mark.django_db
CHECK = "/api/v1/standing/check"
SCENARIO: dict[str, Any] = {
    "id": "one",
    "jurisdiction": "CA",
    "profession": "clinical_social_worker",
    "license": {"issued": "2018-10-31", "expires": "2027-06-30", "renewal_number": 4},
    "as_of": "2026-11-25",
    "credits": [{"title": "Ethics", "date": "2026-01-05", "hours": 1.5, "topics": {"law_ethics": 1.5}, "format": "live_online"}],
}


def check(client: Client, body: object) -> Any:
    return client.post(CHECK, json.dumps(body), content_type="application/json")


def test_anyone_may_have_a_scenario_judged(client: Client) -> None:
    (answer,) = check(client, SCENARIO).json()
    assert answer["id"] == "one"
    assert answer["compliant"] is False
    assert answer["counted_hours"] == 1.5
    assert answer["missing"]["law_ethics"] == 4.5
    assert {"certain", "due", "unchecked", "lines"} <= answer.keys()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"jurisdiction": "ZZ"}, "ZZ"),
        ({"profession": "wizard"}, "wizard"),
        ({"license": {"expires": "2026-02-30"}}, "2026-02-30"),
        ({"license": {"expires": "2020-01-01", "issued": "2021-01-01"}}, "expires before"),
        ({"credits": [{"date": "2026-01-05", "hours": "abc", "format": "reading"}]}, "abc"),
        ({"credits": [{"date": "2026-01-05", "hours": 1e9, "format": "reading"}]}, "hours"),
        ({"surprise": 1}, "surprise"),
        ({"credits": "many"}, "credits"),
    ],
)
def test_a_scenario_that_cannot_be_judged_is_told_in_one_sentence(client: Client, change: dict[str, Any], said: str) -> None:
    answer = check(client, {**SCENARIO, **change})
    assert answer.status_code == 422
    assert said in answer.json()["detail"]


@pytest.mark.parametrize("body", [b"", b"{", b"\xff", b"[" * 100_000, b"null", b"[1]"])
def test_a_body_that_is_no_scenario_is_told_so(client: Client, body: bytes) -> None:
    answer = client.post(CHECK, body, content_type="application/json")
    assert answer.status_code == 422
    assert answer.json()["detail"]


def test_too_much_at_once_is_refused(client: Client) -> None:
    assert check(client, [SCENARIO] * 51).status_code == 422
    assert check(client, {**SCENARIO, "credits": SCENARIO["credits"] * 501}).status_code == 422


def test_ones_own_licenses_are_judged_and_no_one_elses(client: Client) -> None:
    mine, _ = make_license(), make_license()
    make_credit(person=mine.person, minutes=180, topics={})
    client.force_login(mine.person)
    (found,) = client.get("/api/v1/standing").json()
    assert found["license"] == mine.pk
    assert found["answer"]["counted_hours"] == 3


def test_a_license_without_a_rule_has_no_answer(client: Client) -> None:
    license = make_license(profession="other", credential="LMSW")
    client.force_login(license.person)
    assert client.get("/api/v1/standing").json()[0]["answer"] is None


def test_standing_needs_signing_in(client: Client) -> None:
    make_person()
    assert client.get("/api/v1/standing").status_code == 401


def test_another_day_may_be_asked_for_within_reason(client: Client) -> None:
    license = make_license()
    client.force_login(license.person)
    (ended,) = client.get("/api/v1/standing?on=2027-07-01").json()
    assert ended["answer"]["due"] == "2027-06-30"
    assert client.get("/api/v1/standing?on=0001-01-01").status_code == 409
    assert client.get("/api/v1/standing?on=2027-02-30").status_code == 422


def test_an_audit_check_gives_each_finding_with_its_credit_and_source(client: Client) -> None:
    license = make_license()
    entry = make_credit(person=license.person)
    client.force_login(license.person)
    told = client.get(f"/api/v1/standing/licenses/{license.pk}/audit?on=2026-11-25").json()
    assert (told["as_of"], told["due"], told["needs"]) == ("2026-11-25", "2027-06-30", [])
    short, *others = told["findings"]
    assert (short["kind"], short["severity"], short["line"], short["source"]["cite"]) == ("short", "fails", "total", "16 CCR 1887.3")
    assert entry.pk in [one["credit"] for one in others if one["kind"] == "no_proof"]
    assert client.get(f"/api/v1/standing/licenses/{license.pk}/audit?on=1999-01-01").status_code == 409
    without = make_license(person=license.person, profession="other")
    assert client.get(f"/api/v1/standing/licenses/{without.pk}/audit").json()["findings"] is None


def test_an_audit_packet_as_data_says_what_was_judged_and_the_answer(client: Client) -> None:
    license = make_license()
    entry = make_credit(person=license.person)
    client.force_login(license.person)
    told = client.get(f"/api/v1/standing/licenses/{license.pk}/packet?on=2026-11-25").json()
    assert told["answer"]["due"] == told["period"]["due"] == "2027-06-30"
    assert [credit["id"] for credit in told["scenario"]["credits"]] == [str(entry.pk)]
    assert told["rule"]["id"] == "us/ca/clinical_social_worker"
    without = make_license(person=license.person, profession="other")
    refused = client.get(f"/api/v1/standing/licenses/{without.pk}/packet")
    assert (refused.status_code, "audit check" in refused.json()["detail"]) == (409, True)


def test_an_audit_packet_of_somebody_elses_license_is_not_there(client: Client) -> None:
    client.force_login(make_person())
    assert client.get(f"/api/v1/standing/licenses/{make_license().pk}/packet").status_code == 404


def test_an_audit_check_of_somebody_elses_license_is_not_there(client: Client) -> None:
    client.force_login(make_person())
    assert client.get(f"/api/v1/standing/licenses/{make_license().pk}/audit").status_code == 404
