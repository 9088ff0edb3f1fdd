"""Changing a candidate."""

import pytest
from django.test import Client
from django.urls import reverse

from perennial.apps.plans.builders import make_candidate
from perennial.apps.plans.facts import facts_of
from perennial.apps.plans.forms import initial_of

pytestmark = pytest.mark.django_db


def test_a_changed_price_is_kept_and_the_rest_stays(client: Client) -> None:
    course = make_candidate()
    before = facts_of(course)
    client.force_login(course.owner)
    sent = {name: value for name, value in initial_of(before).items() if value not in (None, "")}
    client.post(reverse("plans:change", args=[course.pk]), {**sent, "price": "49.50"})
    course.refresh_from_db()
    assert course.price_cents == 4950
    assert facts_of(course).approvals == before.approvals
    assert course.topics == before.topics


def test_what_cannot_be_is_said_and_nothing_changes(client: Client) -> None:
    course = make_candidate()
    client.force_login(course.owner)
    page = client.post(reverse("plans:change", args=[course.pk]), {"title": "X", "hours": "x", "format": "live_online"})
    assert page.status_code == 400
    course.refresh_from_db()
    assert course.title == "Ethics across state lines"
