"""Correcting a credit by its form."""

from typing import Any

import pytest
from django.test import Client

from perennial.apps.credits.builders import AT, FACTS, make_award, make_credit
from perennial.apps.credits.models import Entry
from perennial.apps.credits.queries import ledger_of
from perennial.apps.credits.services import correct_entry, withdraw_entry

pytestmark = pytest.mark.django_db


def shown(client: Client, pk: int) -> dict[str, Any]:
    form = client.get(f"/record/{pk}/correct").context["page"].form
    return {name: value for name, value in form.initial.items() if value}


def test_sending_the_form_as_it_is_changes_nothing(client: Client) -> None:
    topics = {"ethics": 50, "law": 20, "telehealth": 10, "supervision": 10, "veterans": 10}
    entry = make_credit(minutes=100, topics=topics, approvals=["APA", "NAADAC", "NASW_CA"], category="I", note="n", course_key="c")
    client.force_login(entry.person)
    client.post(f"/record/{entry.pk}/correct", shown(client, entry.pk))
    assert Entry.objects.count() == 1


def test_a_correction_is_added_by_its_form(client: Client) -> None:
    entry = make_credit()
    client.force_login(entry.person)
    client.post(f"/record/{entry.pk}/correct", {**shown(client, entry.pk), "hours": "2.5"})
    assert [credit.minutes for credit in ledger_of(entry.person)] == [150]
    assert Entry.objects.count() == 2


def test_a_second_tab_that_was_open_is_told(client: Client) -> None:
    entry = make_credit()
    client.force_login(entry.person)
    sent = shown(client, entry.pk)
    client.post(f"/record/{entry.pk}/correct", {**sent, "hours": "2.5"})
    answer = client.post(f"/record/{entry.pk}/correct", {**sent, "hours": "4"})
    assert answer.status_code == 409
    assert "another tab" in answer.content.decode()
    assert [credit.minutes for credit in ledger_of(entry.person)] == [150]


def test_an_older_entry_leads_to_the_latest_one(client: Client) -> None:
    entry = make_credit()
    later = correct_entry(entry=entry, at=AT, **{**FACTS, "minutes": 240})
    client.force_login(entry.person)
    assert client.get(f"/record/{entry.pk}/correct").headers["Location"] == f"/record/{later.pk}/correct"


def test_a_withdrawn_credit_is_brought_back_before_it_is_corrected(client: Client) -> None:
    gone = withdraw_entry(entry=make_credit(), reason="Twice", at=AT)
    client.force_login(gone.person)
    assert client.get(f"/record/{gone.pk}/correct").status_code == 409


def test_a_certificate_of_ours_cannot_be_corrected(client: Client) -> None:
    entry = make_award()
    client.force_login(entry.person)
    assert client.get(f"/record/{entry.pk}/correct").status_code == 409
