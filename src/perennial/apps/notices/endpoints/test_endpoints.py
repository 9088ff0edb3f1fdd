"""Tests of what programs see of notices."""

import pytest
from django.test import Client

from perennial.apps.accounts.builders import make_person
from perennial.apps.notices.builders import make_mail, make_notice
from perennial.apps.notices.queries import Choice, choice_of, export_of

pytestmark = pytest.mark.django_db


def test_notices_are_listed_and_read(client: Client) -> None:
    notice = make_notice()
    make_notice()
    client.force_login(notice.person)
    assert [(one["id"], one["read_at"]) for one in client.get("/api/v1/notices").json()] == [(notice.pk, None)]
    first = client.post(f"/api/v1/notices/{notice.pk}/read").json()["read_at"]
    assert first
    assert client.post(f"/api/v1/notices/{notice.pk}/read").json()["read_at"] == first


def test_no_one_reads_the_notice_of_another(client: Client) -> None:
    notice = make_notice()
    client.force_login(make_person())
    assert client.post(f"/api/v1/notices/{notice.pk}/read").status_code == 404
    assert Client().get("/api/v1/notices").status_code == 401


def test_preferences_are_kept_and_unknown_days_turned_down(client: Client) -> None:
    person = make_person()
    client.force_login(person)
    assert client.get("/api/v1/notices/preferences").json() == {"steps": [180, 90, 60, 30, 7], "by_mail": True}
    kept = client.put("/api/v1/notices/preferences", {"steps": [7, 90], "by_mail": False}, content_type="application/json")
    assert kept.json() == {"steps": [90, 7], "by_mail": False}
    assert choice_of(person) == Choice((90, 7), by_mail=False)
    assert client.put("/api/v1/notices/preferences", {"steps": [8], "by_mail": True}, content_type="application/json").status_code == 422


def test_the_record_holds_what_one_was_told_and_no_secret() -> None:
    mail = make_mail()
    found = export_of(mail.person)
    assert [one["title"] for one in found["notices"]] == ["30 days left"]
    assert [(one["subject"], one["state"]) for one in found["mails"]] == [("30 days left", "waiting")]
    assert found["reminders"] == {"days_before": [180, 90, 60, 30, 7], "by_mail": True, "calendar_address": False}
