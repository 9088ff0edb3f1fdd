"""Tests of the pages for what went wrong."""

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import RequestDataTooBig
from django.db import OperationalError
from django.test import Client, RequestFactory

from perennial.ui import errors


@pytest.mark.parametrize(
    ("view", "status", "title"),
    [
        (errors.bad_request, 400, "We could not read that"),
        (errors.forbidden, 403, "This is not open to you"),
        (errors.not_found, 404, "There is no such page"),
    ],
)
def test_each_fault_has_its_page(rf: RequestFactory, view: errors.View, status: int, title: str) -> None:
    answer = view(rf.get("/x"), None)
    assert answer.status_code == status
    assert title in answer.content.decode()


@pytest.mark.parametrize(
    ("came_from", "back"),
    [
        ("http://testserver/clubs/hold/?work=1", "/clubs/hold/?work=1"),
        ("http://testserver/x", ""),
        ("http://testserver//example.org/", ""),
        ("https://example.org/clubs/hold/", ""),
        ("", ""),
    ],
)
def test_a_refusal_leads_back_to_the_page_of_this_site_it_came_from(rf: RequestFactory, came_from: str, back: str) -> None:
    text = errors.refused(rf.post("/x", headers={"Referer": came_from}), "Not yet.").content.decode()
    assert ("Go back</a>" in text) is bool(back)
    assert f'data-kind="main" href="{back or "/"}"' in text


def test_a_form_too_large_to_read_is_413(rf: RequestFactory) -> None:
    assert errors.bad_request(rf.post("/x"), RequestDataTooBig()).status_code == 413


@pytest.mark.django_db
def test_our_own_fault_shows_no_trace(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("secret detail")

    monkeypatch.setattr("perennial.ui.style.StylePage", broken)
    client.raise_request_exception = False
    answer = client.get("/style")
    assert answer.status_code == 500
    assert "The fault is ours" in answer.content.decode()
    assert "secret detail" not in answer.content.decode()


@pytest.mark.django_db
def test_our_own_fault_is_told_even_when_the_tables_are_gone(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    client.force_login(get_user_model().objects.create(email="sam@example.org"))

    def gone(*_: object, **__: object) -> None:
        raise OperationalError("disk I/O error")

    monkeypatch.setattr("django.db.backends.utils.CursorWrapper.execute", gone)
    client.raise_request_exception = False
    answer = client.get("/style")
    assert answer.status_code == 500
    assert "The fault is ours" in answer.content.decode()
