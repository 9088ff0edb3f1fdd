"""Asking whether an outside course counts."""

import pytest
from django.test import Client
from django.urls import reverse

from perennial.apps.accounts.builders import make_person
from perennial.apps.licenses.builders import make_license
from perennial.apps.plans.queries import courses_kept

pytestmark = pytest.mark.django_db
SENT = {
    "title": "Ethics at the border",
    "hours": "6",
    "minutes_per_hour": "60",
    "format": "live_online",
    "starts_on": "2027-02-20",
    "body_1": "ASWB ACE",
}


def test_an_answer_comes_for_each_license_and_nothing_is_kept(client: Client) -> None:
    person = make_person()
    make_license(person=person)
    make_license(person=person, jurisdiction="TX", number="9")
    client.force_login(person)
    text = client.post(reverse("plans:outside"), {**SENT, "do": "check"}).content.decode()
    assert "California LCSW" in text
    assert "Texas LCSW" in text
    assert "20 February 2027" in text
    assert not courses_kept(person)


def test_without_a_license_it_says_where_to_add_one(client: Client) -> None:
    client.force_login(make_person())
    assert "No license to ask about" in client.post(reverse("plans:outside"), {**SENT, "do": "check"}).content.decode()


def test_a_pasted_text_fills_the_form_and_is_not_kept(client: Client) -> None:
    person = make_person()
    client.force_login(person)
    text = client.post(reverse("plans:outside"), {"text": "Grief work, 3 CE hours, $45, on demand", "do": "read"}).content.decode()
    assert "This is what we read" in text
    assert 'value="45"' in text
    assert "Not found in the text: approvals." in text
    assert not courses_kept(person)


def test_keeping_it_twice_makes_one_candidate(client: Client) -> None:
    person = make_person()
    client.force_login(person)
    for _ in range(2):
        page = client.post(reverse("plans:outside"), {**SENT, "do": "keep"})
    (course,) = courses_kept(person)
    assert page.headers["Location"] == reverse("plans:candidate", args=[course.pk])


def test_what_cannot_be_comes_back_with_the_reason(client: Client) -> None:
    client.force_login(make_person())
    page = client.post(reverse("plans:outside"), {**SENT, "hours": "six", "do": "keep"})
    assert page.status_code == 400
    assert "as a number" in page.content.decode()
