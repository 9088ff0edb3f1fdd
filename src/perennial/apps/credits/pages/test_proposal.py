"""The page of one proposal: the field beside its text, enter, keep, put aside."""

from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from perennial.apps.accounts.builders import make_person
from perennial.apps.accounts.queries import Person
from perennial.apps.credits.builders import AT
from perennial.apps.credits.models import Entry, Proposal, ProposalState
from perennial.apps.credits.shoebox import drop_file, read_waiting
from perennial.core.proofs.builders import sheets

pytestmark = pytest.mark.django_db
SENT = {"title": "Ethics", "provider_name": "Acme", "completed_on": "2026-05-05", "hours": "2", "format": "self_study", "do": "enter"}


@pytest.fixture
def person(client: Client) -> Person:
    someone = make_person()
    client.force_login(someone)
    for number, sheet in enumerate(list(sheets(1))[:2]):
        drop_file(person=someone, upload=ContentFile(sheet.pdf(), name=f"{number}.pdf"), at=AT)
    read_waiting(person=someone, at=AT, seconds=60)
    return someone


def numbers() -> list[int]:
    return list(Proposal.objects.values_list("pk", flat=True))


def test_each_field_stands_beside_the_text_it_was_read_from(client: Client, person: Person) -> None:
    page = client.get(f"/record/shoebox/{numbers()[1]}").content.decode()
    assert "page 1, line" in page
    assert "<mark>Suicide Risk Assessment: From Screening to Safety Planning</mark>" in page
    assert "Read clearly" in page
    assert "2 of 2" in page


def test_a_topic_that_the_file_names_stands_with_the_topics(client: Client, person: Person) -> None:
    page = client.get(f"/record/shoebox/{numbers()[0]}").content.decode()
    topics = page.partition(">Topics<")[2].partition("</fieldset>")[0]
    assert "<b>Suicide prevention</b>" in topics or "<b>Ethics</b>" in topics
    assert "Likely: look" in topics
    assert "Topic:" not in page


def test_entering_goes_on_to_the_next_and_at_the_end_to_the_list(client: Client, person: Person) -> None:
    first, second = numbers()
    assert client.post(f"/record/shoebox/{first}", SENT).headers["Location"] == f"/record/shoebox/{second}"
    assert client.post(f"/record/shoebox/{second}", {**SENT, "title": "Law"}).headers["Location"] == "/record/shoebox/"
    assert sorted(Entry.objects.values_list("title", flat=True)) == ["Ethics", "Law"]
    page = client.get("/record/shoebox/").content.decode()
    assert "Nothing left to look at" in page
    assert client.get(f"/record/shoebox/{first}").headers["Location"] == f"/record/{Entry.objects.get(title='Ethics').pk}"


def test_entering_twice_enters_once(client: Client, person: Person) -> None:
    for _ in range(2):
        client.post(f"/record/shoebox/{numbers()[0]}", SENT)
    assert Entry.objects.count() == 1


@pytest.mark.parametrize(("field", "value", "says"), [("hours", "", "Enter the hours"), ("completed_on", "2090-01-01", "lies ahead")])
def test_what_cannot_be_is_told_and_what_was_typed_stays(client: Client, person: Person, field: str, value: str, says: str) -> None:
    answer = client.post(f"/record/shoebox/{numbers()[0]}", {**SENT, field: value})
    assert answer.status_code == 400
    assert says in answer.content.decode()
    assert 'value="Acme"' in answer.content.decode()
    assert not Entry.objects.exists()


def test_what_was_changed_and_kept_is_there_the_next_time(client: Client, person: Person) -> None:
    first = numbers()[0]
    client.post(f"/record/shoebox/{first}", {**SENT, "hours": "", "approvals": ["APA"], "do": "keep"})
    page = client.get(f"/record/shoebox/{first}")
    assert 'value="Ethics"' in page.content.decode()
    assert page.context["page"].form["approvals"].value() == ["APA"]
    assert page.context["page"].view.missing == ("hours",)


def test_what_is_put_aside_leaves_the_list_and_comes_back(client: Client, person: Person) -> None:
    first = numbers()[0]
    client.post(f"/record/shoebox/{first}/skip")
    assert "Put aside (1)" in client.get("/record/shoebox/").content.decode()
    assert client.get(f"/record/shoebox/{first}").status_code == 200
    client.post(f"/record/shoebox/{first}/back")
    assert Proposal.objects.get(pk=first).state == ProposalState.OPEN


def test_the_file_is_handed_out_to_keep_and_never_to_open_here(client: Client, person: Person) -> None:
    answer: Any = client.get(f"/record/shoebox/{numbers()[0]}/file")
    assert b"".join(answer.streaming_content).startswith(b"%PDF-")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert "sandbox" in answer.headers["Content-Security-Policy"]


def test_the_number_of_queries_does_not_grow(client: Client, person: Person) -> None:
    with CaptureQueriesContext(connection) as few:
        client.get(f"/record/shoebox/{numbers()[0]}")
    rows = "".join(f"Course {number},2026-05-05,3,Acme,Self-study\n" for number in range(20))
    heads = "Course Title,Date Completed,Hours,Provider,Format\n"
    drop_file(person=person, upload=ContentFile(f"{heads}{rows}".encode(), name="list.csv"), at=AT)
    read_waiting(person=person, at=AT, seconds=60)
    with CaptureQueriesContext(connection) as many:
        client.get(f"/record/shoebox/{numbers()[0]}")
    assert Proposal.objects.count() == 22
    assert len(many) == len(few)


@pytest.mark.parametrize("path", ["", "/file", "/skip", "/back"])
def test_another_persons_proposal_is_not_there(client: Client, person: Person, path: str) -> None:
    client.force_login(make_person())
    address = f"/record/shoebox/{numbers()[0]}{path}"
    answers = {client.get(address).status_code, client.post(address, SENT).status_code}
    assert answers <= {404, 405}
    assert not Entry.objects.exists()
    assert not Proposal.objects.exclude(state=ProposalState.OPEN).exists()
