"""Tests of what search engines are told."""

from django.test import Client
from django.urls import resolve

from perennial.ui.robots import PRIVATE


def test_no_ones_own_pages_are_for_search_engines(client: Client) -> None:
    answer = client.get("/robots.txt")
    assert answer.status_code == 200
    assert "Disallow: /record/" in answer.content.decode()


def test_certificate_checks_can_be_opened_to_read_that_they_are_not_for_the_index(client: Client) -> None:
    assert "/verify" not in client.get("/robots.txt").content.decode()


def test_each_place_named_is_one_of_the_site() -> None:
    for place in set(PRIVATE) - {"api", "certificates"}:
        assert resolve(f"/{place}/").func is not None
