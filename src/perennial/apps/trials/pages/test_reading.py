"""What was read of a trial database."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from perennial.apps.accounts.builders import make_person
from perennial.apps.trials.builders import CREDIT, make_dataset
from perennial.apps.trials.services import open_link
from perennial.core.synthesis.builders import csv_of, trials

pytestmark = pytest.mark.django_db


def test_columns_rows_and_what_was_left_out_are_told_line_by_line(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    rows = trials()
    rows[0] = {**rows[0], ".g_se": None}
    rows[1] = {**rows[1], ".g": "much"}
    dataset = make_dataset(body=csv_of(rows))
    with django_assert_max_num_queries(2):
        text = client.get(reverse("trials:read", args=[dataset.slug])).content.decode()
    for told in (CREDIT, "Line 2, Trial 1, 1995: no standard error", "“much” stands where a number is due", ".g_se", "favors therapy"):
        assert told in text, told


def test_no_more_than_fifty_lines_are_told(client: Client) -> None:
    rows = [{**row, "time": "follow-up"} for row in trials(60)] + trials(3)
    text = client.get(reverse("trials:read", args=[make_dataset(body=csv_of(rows)).slug])).content.decode()
    assert text.count("measured at follow-up") == 51
    assert "more.</p>" in text


def test_ones_own_is_read_by_oneself_and_by_whoever_has_its_link(client: Client) -> None:
    person = make_person()
    dataset = make_dataset(owner=person)
    place = reverse("trials:read", args=[dataset.slug])
    figure = reverse("trials:figure", args=[dataset.slug, "forest", "svg"])
    for address in (place, figure):
        assert client.get(address).status_code == 404
    key = open_link(dataset=dataset)
    for address in (place, figure):
        assert client.get(address, {"key": "another"}).status_code == 404
        assert client.get(address, {"key": key}).status_code == 200
    client.force_login(make_person())
    assert client.get(place).status_code == 404
    client.force_login(person)
    assert "Delete it" in client.get(place).content.decode()
