"""Plans and candidates for programs."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from perennial.apps.accounts.builders import make_person
from perennial.apps.accounts.queries import Person
from perennial.apps.licenses.builders import make_license
from perennial.apps.plans.queries import courses_kept

pytestmark = pytest.mark.django_db
ROW: dict[str, Any] = {
    "title": "Ethics",
    "hours": 6,
    "format": "live_online",
    "topics": {"ethics": 6},
    "price_cents": 4500,
    "approvals": [{"body": "APA", "until": "2099-12-31"}],
}


def someone(client: Client) -> Person:
    """Somebody signed in who owes five hours of ethics."""
    person = make_person()
    own = [{"name": "Ethics", "hours": "5", "topic": "ethics"}]
    fields = {"jurisdiction": "NJ", "profession": "other", "credential": "associate", "own_months": 24, "own_requirements": own}
    make_license(person=person, expires_on=timezone.localdate() + timedelta(days=180), renewal_number=2, **fields)
    client.force_login(person)
    return person


def send(client: Client, method: str, path: str, body: Any = None) -> Any:
    return client.generic(method, f"/api/v1/plans{path}", json.dumps(body) if body is not None else "", content_type="application/json")


def test_a_candidate_is_kept_read_changed_removed_and_brought_back(client: Client) -> None:
    person = someone(client)
    kept = send(client, "POST", "/candidates", ROW)
    assert kept.status_code == 201
    pk = kept.json()["pk"]
    assert send(client, "POST", "/candidates", ROW).json()["pk"] == pk
    assert {name: kept.json()[name] for name in ("title", "hours", "topics", "price_cents")} == {
        name: ROW[name] for name in ("title", "hours", "topics", "price_cents")
    }
    assert send(client, "PUT", f"/candidates/{pk}", {**ROW, "price_cents": 100}).json()["price_cents"] == 100
    assert send(client, "DELETE", f"/candidates/{pk}").status_code == 204
    assert send(client, "GET", "/candidates").json() == []
    assert send(client, "GET", f"/candidates/{pk}").status_code == 404
    send(client, "POST", f"/candidates/{pk}/restore")
    assert [course.pk for course in courses_kept(person)] == [pk]


def test_a_candidate_that_cannot_be_is_refused_by_key(client: Client) -> None:
    someone(client)
    answer = send(client, "POST", "/candidates", {**ROW, "topics": {"quux": 1}})
    assert answer.status_code == 409
    assert answer.json()["detail"].startswith("course, key topics: unknown topic 'quux'.")


def test_a_plan_chooses_among_candidates_and_offers_in_the_body(client: Client) -> None:
    someone(client)
    send(client, "POST", "/candidates", ROW)
    found = send(client, "POST", "", {"offers": [{**ROW, "id": "x1", "price_cents": 2000}]}).json()
    assert [one["id"] for one in found["chosen"]] == ["offer:x1"]
    assert (found["cost_cents"], found["optimal"], found["bound"], found["infeasible"]) == (2000, True, 2000, [])
    assert [one["compliant"] for one in found["verdicts"]] == [True]
    assert found["alone"]


def test_a_plan_that_cannot_be_says_what_would_mend_it(client: Client) -> None:
    someone(client)
    found = send(client, "POST", "", {"offers": [ROW], "budget_cents": 10}).json()
    assert found["chosen"] == []
    assert all(one["what"] and one["mend"] for one in found["infeasible"])
    assert found["infeasible"]


def test_a_plan_says_what_is_proved_of_it_and_how_long_it_may_be_searched_for(client: Client) -> None:
    someone(client)
    found = send(client, "POST", "", {"offers": [{**ROW, "id": "x1"}], "time_limit": 5}).json()
    assert (found["optimal"], found["stopped"], found["gap_percent"], found["alternatives_complete"]) == (True, False, 0, True)
    assert send(client, "POST", "", {"time_limit": 3600}).status_code == 422


def test_an_offer_without_a_price_is_refused_by_name(client: Client) -> None:
    someone(client)
    answer = send(client, "POST", "", {"offers": [{**ROW, "price_cents": None}]})
    assert answer.status_code == 409
    assert answer.json()["detail"].startswith("offer 1, key price_cents: missing")


def test_a_stranger_is_not_answered(client: Client) -> None:
    assert send(client, "POST", "", {}).status_code == 401
