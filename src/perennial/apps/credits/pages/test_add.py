"""Adding a credit by hand."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from perennial.apps.accounts.builders import make_person
from perennial.apps.credits.models import Entry, Proof
from perennial.apps.credits.queries import ledger_of

pytestmark = pytest.mark.django_db
SENT = {
    "key": "k1",
    "title": "Ethics across state lines",
    "provider_name": "Sample Seminar",
    "completed_on": "2026-09-20",
    "hours": "1.5",
    "format": "live_online",
    "topic_1": "ethics",
    "topic_hours_1": "1",
}


def send(client: Client, **changes: Any) -> Any:
    client.force_login(make_person())
    return client.post("/record/add", {**SENT, **changes})


def pdf(content: bytes = b"%PDF-1.7\nx", name: str = "certificate.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="application/pdf")


def test_a_credit_and_its_file_are_entered_in_one_go(client: Client) -> None:
    answer = send(client, proof_file=pdf(), approvals=["APA"], other_approvers="NAADAC; Hall of Sages", category="II", note="n")
    entry = Entry.objects.get()
    assert answer.headers["Location"] == f"/record/{entry.pk}"
    (credit,) = ledger_of(entry.person)
    assert (credit.minutes, credit.topics, credit.category) == (90, {"ethics": 60}, "II")
    assert set(credit.approvals) == {"APA", "NAADAC", "Hall of Sages"}
    assert credit.proofs[0].name == "certificate.pdf"


def test_sending_the_form_twice_enters_it_once(client: Client) -> None:
    client.force_login(make_person())
    for _ in range(2):
        client.post("/record/add", {**SENT, "proof_file": pdf()})
    assert Entry.objects.count() == Proof.objects.count() == 1


def test_a_second_credit_from_the_page_one_went_back_to_is_not_taken_for_the_first(client: Client) -> None:
    client.force_login(make_person())
    client.post("/record/add", SENT)
    other = {**SENT, "title": "Another course"}
    told = client.post("/record/add", other)
    assert told.status_code == 400
    assert "“Ethics across state lines”" in told.content.decode()
    again = {**other, "key": told.context["page"].form["key"].value()}
    assert client.post("/record/add", again).status_code == 302
    assert sorted(Entry.objects.values_list("title", flat=True)) == ["Another course", "Ethics across state lines"]


def test_a_third_of_an_hour_is_kept_to_the_minute(client: Client) -> None:
    send(client, hours="1.33", topic_1="", topic_hours_1="")
    assert Entry.objects.get().minutes == 80


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("hours", "abc", "Enter the hours as a number"),
        ("hours", "0", "more than 0"),
        ("hours", "-1", "Enter the hours as a number"),
        ("hours", "1e9", "Enter the hours as a number"),
        ("hours", "1000000000", "Enter the hours as a number"),
        ("hours", "9999", "at most 1000"),
        ("hours", "0.001", "more than 0"),
        ("hours", "", "Enter the hours"),
        ("completed_on", "2026-02-30", "no such day"),
        ("completed_on", "soon", "no such day"),
        ("completed_on", "0001-01-01", "too long ago"),
        ("title", "", "Enter the title"),
        ("format", "hologram", "not one of the available choices"),
        ("topic_1", "", "Choose the topic"),
        ("topic_hours_1", "", "how many of the hours"),
        ("topic_hours_1", "2", "inside the hours"),
        ("proof_file", SimpleUploadedFile("a.pdf", b""), "is empty"),
        ("proof_file", SimpleUploadedFile("a.pdf", b"not a pdf"), "not a PDF"),
    ],
)
def test_what_cannot_be_is_told_beside_its_field_and_nothing_is_kept(client: Client, field: str, value: Any, says: str) -> None:
    answer = send(client, **{field: value})
    assert answer.status_code == 400
    assert says in answer.content.decode()
    assert not Entry.objects.exists()
    assert not Proof.objects.exists()


def test_a_credit_dated_tomorrow_is_told(client: Client) -> None:
    answer = send(client, completed_on=(timezone.now() + timedelta(days=1)).date().isoformat())
    assert "lies ahead" in answer.content.decode()
    assert not Entry.objects.exists()


def test_a_topic_named_twice_is_told(client: Client) -> None:
    answer = send(client, topic_2="ethics", topic_hours_2="0.5")
    assert "stands twice" in answer.content.decode()


def test_the_form_warns_of_clients(client: Client) -> None:
    client.force_login(make_person())
    assert client.get("/record/add").content.decode().count("Nothing about clients.") == 2
