"""Tests of the frame by way of the style guide."""

import pytest
from django.test import Client


@pytest.mark.django_db
def test_style_guide_shows_every_component(client: Client) -> None:
    page = client.get("/style")
    assert page.status_code == 200
    for piece in ('class="dial"', 'class="bar"', 'class="tag"', 'class="notice"', 'class="empty"', 'class="label"', 'class="cite"'):
        assert piece in page.content.decode(), piece


@pytest.mark.django_db
def test_an_unknown_address_is_told_kindly(client: Client) -> None:
    page = client.get("/nothing-here")
    assert page.status_code == 404
    assert "There is no such page" in page.content.decode()
