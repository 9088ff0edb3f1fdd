"""Every rule has a page for everyone."""

import pytest
from django.test import Client
from django.urls import reverse

from perennial.apps.licenses.queries import rule_base

pytestmark = pytest.mark.django_db


def test_every_rule_has_a_page_with_its_sources(client: Client) -> None:
    for jurisdiction, profession in rule_base().rules:
        answer = client.get(reverse("portal:rule", args=[jurisdiction.lower(), profession]))
        assert answer.status_code == 200, (jurisdiction, profession)
        assert "Sources" in answer.content.decode()


def test_figures_show_since_when_they_are_in_force(client: Client) -> None:
    page = client.get(reverse("portal:rule", args=["ca", "clinical_social_worker"])).content.decode()
    assert "In force since 1 January 2021." in page
    assert "In force when read; its start is not known." in page
    assert "What is open" in page


def test_capitals_lead_to_the_one_address(client: Client) -> None:
    answer = client.get(reverse("portal:rule", args=["CA", "counselor"]))
    assert (answer.status_code, answer["Location"]) == (301, reverse("portal:rule", args=["ca", "counselor"]))


@pytest.mark.parametrize(("state", "profession"), [("zz", "counselor"), ("ca", "wizard")])
def test_what_is_not_there_is_a_kind_404(client: Client, state: str, profession: str) -> None:
    assert client.get(reverse("portal:rule", args=[state, profession])).status_code == 404


def test_a_rule_says_what_other_units_are_worth(client: Client) -> None:
    assert "Other units" in client.get("/requirements/nd/clinical_social_worker/").content.decode()
    assert "Other units" not in client.get("/requirements/ny/counselor/").content.decode()
