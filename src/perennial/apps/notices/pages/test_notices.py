"""Tests of the notice center."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from perennial.apps.accounts.builders import make_person
from perennial.apps.notices.builders import make_notice

pytestmark = pytest.mark.django_db


def test_without_notices_the_page_says_so(client: Client) -> None:
    client.force_login(make_person())
    assert "Nothing to tell you" in client.get("/notices/").content.decode()


def test_opening_a_notice_marks_it_as_read_and_leads_on(client: Client) -> None:
    notice = make_notice(link="/dashboard/")
    client.force_login(notice.person)
    assert "1 unread" in client.get("/notices/").content.decode()
    client.head(f"/notices/{notice.pk}/open/")
    notice.refresh_from_db()
    assert notice.read_at is None
    assert client.get(f"/notices/{notice.pk}/open/")["Location"] == "/dashboard/"
    assert "All read" in client.get("/notices/").content.decode()


def test_one_or_all_can_be_marked_as_read(client: Client) -> None:
    person = make_person()
    first, _, _ = (make_notice(person=person) for _ in range(3))
    client.force_login(person)
    client.post(f"/notices/{first.pk}/read/")
    assert "2 unread" in client.get("/notices/").content.decode()
    client.post("/notices/read/")
    assert "All read" in client.get("/notices/").content.decode()


def test_no_one_reaches_the_notice_of_another(client: Client) -> None:
    notice = make_notice()
    client.force_login(make_person())
    assert client.get(f"/notices/{notice.pk}/open/").status_code == 404
    assert client.post(f"/notices/{notice.pk}/read/").status_code == 404
    assert notice.title not in client.get("/notices/").content.decode()
    notice.refresh_from_db()
    assert notice.read_at is None


def test_what_a_notice_says_is_shown_as_text(client: Client) -> None:
    notice = make_notice(title="<script>alert(1)</script>")
    client.force_login(notice.person)
    assert "<script>alert" not in client.get("/notices/").content.decode()


def test_the_page_needs_the_same_queries_for_many_notices(client: Client, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    person = make_person()
    make_notice(person=person)
    client.force_login(person)
    with django_assert_num_queries(3):
        client.get("/notices/")
    for _ in range(20):
        make_notice(person=person)
    with django_assert_num_queries(3):
        client.get("/notices/")
