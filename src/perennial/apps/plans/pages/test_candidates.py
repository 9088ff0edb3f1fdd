"""The list of candidates."""

import pytest
from django.test import Client
from django.urls import reverse

from perennial.apps.accounts.builders import make_person
from perennial.apps.plans.builders import AT, make_candidate, make_facts
from perennial.apps.plans.pages.candidates import ON_A_PAGE
from perennial.apps.plans.queries import courses_kept
from perennial.apps.plans.services import keep_catalog

pytestmark = pytest.mark.django_db


def test_a_removed_candidate_can_be_brought_back_at_once(client: Client) -> None:
    course = make_candidate()
    client.force_login(course.owner)
    page = client.post(reverse("plans:remove", args=[course.pk]), follow=True)
    assert "is removed." in page.content.decode()
    assert not courses_kept(course.owner)
    client.post(reverse("plans:restore", args=[course.pk]))
    assert courses_kept(course.owner) == [course]


def test_an_empty_list_says_what_to_do(client: Client) -> None:
    client.force_login(make_person())
    assert "No candidate yet" in client.get(reverse("plans:candidates")).content.decode()


def test_many_candidates_take_pages(client: Client) -> None:
    person = make_person()
    keep_catalog(person=person, courses=[make_facts(title=f"Course {n:03}") for n in range(ON_A_PAGE + 1)], at=AT)
    client.force_login(person)
    text = client.get(reverse("plans:candidates")).content.decode()
    assert "Course 000" in text
    assert f"Course {ON_A_PAGE:03}" not in text
    assert f"Course {ON_A_PAGE:03}" in client.get(reverse("plans:candidates"), {"page": "2"}).content.decode()
    assert client.get(reverse("plans:candidates"), {"page": "x"}).status_code == 200


def test_somebody_elses_candidate_cannot_be_removed(client: Client) -> None:
    course = make_candidate()
    client.force_login(make_person())
    assert client.post(reverse("plans:remove", args=[course.pk])).status_code == 404
    assert courses_kept(course.owner) == [course]
