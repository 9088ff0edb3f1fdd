"""A trial database explored."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from perennial.apps.accounts.builders import make_person
from perennial.apps.trials.builders import CREDIT, make_dataset
from perennial.apps.trials.services import open_link
from perennial.core.synthesis.builders import csv_of, trials

pytestmark = pytest.mark.django_db


def test_the_page_says_in_words_what_the_trials_come_to_and_whose_they_are(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    dataset = make_dataset()
    with django_assert_max_num_queries(3):
        text = client.get(reverse("trials:dataset", args=[dataset.slug]), {"base": "40", "by": "format", "on": "year"}).content.decode()
    for told in (
        "Over 14 studies",
        "What it cannot say",
        CREDIT,
        "If 40 of 100",
        "How the evidence moved",
        "test between the groups",
        "For each 1 more in year of publication",
    ):
        assert told in text
    assert text.count('class="chart pooled"') == 7


def test_a_choice_that_leaves_nothing_says_so_and_keeps_the_form(client: Client) -> None:
    dataset = make_dataset()
    text = client.get(reverse("trials:dataset", args=[dataset.slug]), {"rho": "seven", "method": "DL", "w.format": "grp"}).content.decode()
    assert 'value="DL" selected' in text
    assert 'value="grp" checked' in text
    assert "figure from 0 to 0.99" in text
    assert "Pool these" in text


def test_ones_own_dataset_shows_to_oneself_and_to_whoever_has_its_link(client: Client) -> None:
    person = make_person()
    dataset = make_dataset(owner=person)
    address = reverse("trials:dataset", args=[dataset.slug])
    assert client.get(address).status_code == 404
    assert client.get(address, {"key": ""}).status_code == 404
    assert client.get(address, {"key": open_link(dataset=dataset)}).status_code == 200
    client.force_login(person)
    assert "This dataset is yours" in client.get(address).content.decode()


def test_an_older_version_stays_and_leads_to_the_newer_one(client: Client, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    older, newer = (make_dataset(body=csv_of(trials(studies)), title=f"Depression {studies}") for studies in (12, 14))
    with django_assert_max_num_queries(3):
        text = client.get(reverse("trials:dataset", args=[older.slug])).content.decode()
    assert "There is a newer version" in text
    assert reverse("trials:dataset", args=[newer.slug]) in text
    assert "newer version" not in client.get(reverse("trials:dataset", args=[newer.slug])).content.decode()
    assert client.get(reverse("trials:datasets")).content.decode().count("Older version") == 1
