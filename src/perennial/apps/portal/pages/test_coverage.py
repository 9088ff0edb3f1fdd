"""The index of all rules."""

import pytest
from django.test import Client
from django.urls import reverse

from perennial.apps.licenses.queries import rule_base

pytestmark = pytest.mark.django_db


def test_each_rule_is_linked_from_the_table(client: Client) -> None:
    page = client.get(reverse("portal:coverage")).content.decode()
    for jurisdiction, profession in rule_base().rules:
        assert reverse("portal:rule", args=[jurisdiction.lower(), profession]) in page
    assert f"{len(rule_base().rules)} rules" in page
