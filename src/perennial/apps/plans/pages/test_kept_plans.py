"""The list of kept plans."""

import pytest
from django.test import Client
from django.urls import reverse

from perennial.apps.accounts.builders import make_person
from perennial.apps.plans.builders import make_kept_plan

pytestmark = pytest.mark.django_db


def test_a_kept_plan_is_listed_with_its_sums(client: Client) -> None:
    plan = make_kept_plan()
    client.force_login(plan.owner)
    text = client.get(reverse("plans:kept_plans")).content.decode()
    assert "A plan for California LCSW" in text
    assert "6 CE hours, $99" in text


def test_without_one_it_says_what_to_do(client: Client) -> None:
    client.force_login(make_person())
    assert "No plan kept" in client.get(reverse("plans:kept_plans")).content.decode()
