"""Tests of refusals, of bodies too large, and of what every answer carries."""

import json
from http import HTTPStatus

import pytest
from django.contrib.auth import get_user_model
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from pytest_django import Settings

from perennial.core.values import Refusal
from perennial.ui.errors import too_large
from perennial.ui.middleware import RefusalMiddleware

pytestmark = pytest.mark.django_db


def fine(request: HttpRequest) -> HttpResponse:
    return HttpResponse("fine")


def test_a_refusal_is_a_page_with_its_sentence(rf: RequestFactory) -> None:
    answer = RefusalMiddleware(fine).process_exception(rf.post("/courses/1/finish"), Refusal("Pass the test first."))
    assert answer is not None
    assert answer.status_code == HTTPStatus.CONFLICT
    assert "Pass the test first." in answer.content.decode()


def test_a_refusal_is_json_for_programs(rf: RequestFactory) -> None:
    answer = RefusalMiddleware(fine).process_exception(rf.post("/api/v1/courses"), Refusal("Pass the test first."))
    assert answer is not None
    assert json.loads(answer.content) == {"detail": "Pass the test first."}


def test_other_exceptions_are_left_to_django(rf: RequestFactory) -> None:
    assert RefusalMiddleware(fine).process_exception(rf.get("/"), ValueError("our bug")) is None


def test_a_body_over_the_limit_is_told_kindly(client: Client, settings: Settings) -> None:
    settings.BODY_LIMIT_BYTES = 1000
    answer = client.post("/theme", {"theme": "x" * 2000})
    assert answer.status_code == HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    assert "too large" in answer.content.decode()


def test_what_is_too_large_is_read_to_its_end_so_that_a_browser_shows_the_answer(rf: RequestFactory) -> None:
    request = rf.post("/theme", {"theme": "x" * 200_000})
    assert too_large(request).status_code == HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    assert request.read() == b""


def test_pages_of_someone_who_is_signed_in_are_kept_by_no_cache_between(client: Client) -> None:
    assert "Cache-Control" not in client.get("/style").headers
    client.force_login(get_user_model().objects.create(email="sam@example.org"))
    assert client.get("/style").headers["Cache-Control"] == "private, no-cache"


def test_a_form_with_too_many_fields_is_told_kindly(settings: Settings) -> None:
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 3
    answer = Client().post("/theme", {f"f{number}": "x" for number in range(9)})
    assert answer.status_code == HTTPStatus.REQUEST_ENTITY_TOO_LARGE


def test_a_stale_form_is_told_what_to_do() -> None:
    answer = Client(enforce_csrf_checks=True).post("/theme", {"theme": "dark"})
    assert answer.status_code == HTTPStatus.FORBIDDEN
    assert "load the page again" in answer.content.decode()


def test_every_answer_forbids_inline_code_frames_and_guessing(client: Client) -> None:
    headers = client.get("/style").headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]


def test_faults_in_the_api_are_json(client: Client) -> None:
    answer = client.get("/api/v1/nothing")
    assert answer.status_code == HTTPStatus.NOT_FOUND
    assert "detail" in answer.json()


def test_an_address_that_takes_a_form_is_no_blank_page(client: Client) -> None:
    answer = client.get("/theme")
    assert answer.status_code == HTTPStatus.METHOD_NOT_ALLOWED
    assert answer.headers["Allow"] == "POST"
    assert "Go back to the page with the form" in answer.content.decode()


def test_what_a_page_of_someone_else_sends_is_not_taken(client: Client) -> None:
    mine, other = (get_user_model().objects.create_user(f"{name}@example.org") for name in ("mine", "other"))
    client.force_login(mine)
    mark = client.get("/courses/").headers["Perennial-Person"]
    assert client.post("/courses/reading/settings/", {}, headers={"Perennial-Person": mark}).status_code != HTTPStatus.UNAUTHORIZED
    client.force_login(other)
    reply = client.post("/courses/reading/settings/", {}, headers={"Perennial-Person": mark})
    assert reply.status_code == HTTPStatus.UNAUTHORIZED
    assert "somebody else" in reply.json()["detail"]
    assert client.get("/courses/", headers={"Perennial-Person": mark}).status_code == HTTPStatus.OK
