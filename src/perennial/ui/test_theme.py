"""Tests of choosing colors."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def test_a_chosen_theme_is_kept_and_shown(client: Client) -> None:
    answer = client.post("/theme", {"theme": "dark", "next": "/style"})
    assert answer.headers["Location"] == "/style"
    assert 'data-theme="dark"' in client.get("/style").content.decode()


def test_the_device_decides_again(client: Client) -> None:
    client.post("/theme", {"theme": "dark"})
    client.post("/theme", {"theme": "device"})
    assert "data-theme=" not in client.get("/style").content.decode().split("<body>")[0]


@pytest.mark.parametrize("elsewhere", ["https://example.org/", "//example.org/", "javascript:alert(1)"])
def test_the_way_back_never_leaves_the_site(client: Client, elsewhere: str) -> None:
    assert client.post("/theme", {"theme": "dark", "next": elsewhere}).headers["Location"] == "/"


def test_an_unknown_cookie_is_no_theme(client: Client) -> None:
    client.cookies["theme"] = '"><script>'
    assert "data-theme=" not in client.get("/style").content.decode().split("<body>")[0]
