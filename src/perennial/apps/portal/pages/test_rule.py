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


def test_duties_are_called_by_name_and_the_compact_stands_beside(client: Client) -> None:
    page = client.get(reverse("portal:rule", args=["co", "psychologist"])).content.decode()
    duties = page.partition("Duties without hours")[2].partition("</section>")[0]
    assert "<li>" in duties
    assert "_" not in duties.partition("<ul>")[2]
    assert "PSYPACT" in page
    assert "Counseling Compact" in client.get(reverse("portal:rule", args=["tx", "counselor"])).content.decode()


@pytest.mark.parametrize(("state", "profession"), [("zz", "counselor"), ("ca", "wizard")])
def test_what_is_not_there_is_a_kind_404(client: Client, state: str, profession: str) -> None:
    assert client.get(reverse("portal:rule", args=[state, profession])).status_code == 404


def test_a_rule_says_what_other_units_are_worth(client: Client) -> None:
    assert "Other units" in client.get("/requirements/nd/clinical_social_worker/").content.decode()
    assert "Other units" not in client.get("/requirements/ny/counselor/").content.decode()


def test_a_change_that_lies_ahead_stands_at_the_top(client: Client) -> None:
    page = client.get(reverse("portal:rule", args=["il", "clinical_social_worker"])).content.decode()
    assert 'This changes on <time datetime="2027-11-30">30 November 2027</time>' in page
    assert "For renewal periods that end on that day or later." in page
    assert "Comes into force on 30 November 2027." in page
    assert "In force since 30 November 2027" not in page
    assert "This changes on" not in client.get(reverse("portal:rule", args=["ca", "counselor"])).content.decode()
