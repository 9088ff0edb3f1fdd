"""A rule over time: the days on which figures changed or will, and two days compared."""

import re

import pytest
from django.test import Client
from django.urls import reverse

pytestmark = pytest.mark.django_db
ADDRESS = ("portal:history", ["ca", "psychologist"])


def test_the_days_of_change_are_told_with_their_figures(client: Client) -> None:
    page = client.get(reverse(ADDRESS[0], args=ADDRESS[1])).content.decode()
    assert "1 January 2023" in page
    assert "Cultural diversity or social justice: added" in plain(page)
    assert "Still ahead" not in page


def plain(page: str) -> str:
    return re.sub(r"</?b>", "", page)


def test_a_change_that_lies_ahead_is_told_beforehand(client: Client) -> None:
    page = plain(client.get(reverse("portal:history", args=["il", "clinical_social_worker"])).content.decode())
    assert page.index("Still ahead") < page.index("30 November 2027") < page.index("What changed in the law")
    assert "Supervision: added" in page


def test_what_we_corrected_stands_apart_from_what_the_law_changed(client: Client) -> None:
    page = client.get(reverse("portal:history", args=["mi", "clinical_social_worker"])).content.decode()
    law, _, ours = page.partition("What we corrected")
    assert "Every first renewal is exempt" in ours
    assert "Every first renewal is exempt" not in law
    assert "First reading. Written down" in ours
    assert reverse("requirements:mistake", args=["mi", "clinical_social_worker"]) in ours


def test_two_days_are_compared_without_a_script(client: Client) -> None:
    address = reverse(ADDRESS[0], args=ADDRESS[1])
    same = client.get(address, {"first": "2024-01-01", "second": "2025-01-01"}).content.decode()
    assert "Nothing differs." in same
    other = client.get(address, {"first": "2023-01-01", "second": "2022-01-01"}).content.decode()
    assert "Cultural diversity or social justice: removed" in plain(other)


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("soon", "“soon” is not a date. Write it as 2027-02-28 or 02/28/2027."),
        ("2027-02-30", "There is no such day as 2027-02-30."),
        ("0001-01-01", "The year 1 cannot be right here. Enter one from 1900 to 2199."),
        ("", "Enter the last day of the one period."),
    ],
)
def test_a_day_that_is_none_is_a_fault_on_the_form(client: Client, day: str, said: str) -> None:
    answer = client.get(reverse(ADDRESS[0], args=ADDRESS[1]), {"first": day, "second": "2024-01-01"})
    page = answer.content.decode()
    assert (answer.status_code, said in page, "Nothing differs" in page) == (422, True, False)


def test_days_are_read_in_the_american_way_too(client: Client) -> None:
    page = client.get(reverse(ADDRESS[0], args=ADDRESS[1]), {"first": "01/01/2024", "second": "2025-01-01"}).content.decode()
    assert "Periods that end on 1 January 2024 and 1 January 2025" in page


def test_a_rule_that_is_not_there_has_no_history(client: Client) -> None:
    assert client.get(reverse("portal:history", args=["zz", "counselor"])).status_code == 404


def test_the_rule_leads_to_its_history(client: Client) -> None:
    assert reverse(ADDRESS[0], args=ADDRESS[1]) in client.get(reverse("portal:rule", args=ADDRESS[1])).content.decode()
