"""A rule over time: the days on which figures changed, and two days compared."""

import pytest
from django.test import Client
from django.urls import reverse

pytestmark = pytest.mark.django_db
ADDRESS = ("portal:history", ["ca", "psychologist"])


def test_the_days_of_change_are_told_with_their_figures(client: Client) -> None:
    page = client.get(reverse(ADDRESS[0], args=ADDRESS[1])).content.decode()
    assert "1 January 2023" in page
    assert "Cultural diversity or social justice: added" in page


def test_two_days_are_compared_without_a_script(client: Client) -> None:
    address = reverse(ADDRESS[0], args=ADDRESS[1])
    same = client.get(address, {"first": "2024-01-01", "second": "2025-01-01"}).content.decode()
    assert "Nothing differs." in same
    other = client.get(address, {"first": "2023-01-01", "second": "2022-01-01"}).content.decode()
    assert "Cultural diversity or social justice: removed" in other


@pytest.mark.parametrize("day", ["soon", "0001-01-01", ""])
def test_a_day_that_is_none_is_a_fault_on_the_form(client: Client, day: str) -> None:
    answer = client.get(reverse(ADDRESS[0], args=ADDRESS[1]), {"first": day, "second": "2024-01-01"})
    assert (answer.status_code, "Nothing differs" in answer.content.decode()) == (200, False)


def test_a_rule_that_is_not_there_has_no_history(client: Client) -> None:
    assert client.get(reverse("portal:history", args=["zz", "counselor"])).status_code == 404


def test_the_rule_leads_to_its_history(client: Client) -> None:
    assert reverse(ADDRESS[0], args=ADDRESS[1]) in client.get(reverse("portal:rule", args=ADDRESS[1])).content.decode()
