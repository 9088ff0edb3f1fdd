"""The shoebox: files are taken once, read apart, entered once and only as confirmed, and let go."""

import io
import zipfile
from datetime import date
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from pytest_django import Settings

from perennial.apps.accounts.builders import make_person
from perennial.apps.accounts.queries import Person
from perennial.apps.credits.builders import AT, make_credit
from perennial.apps.credits.models import Dropped, Entry, Proof, Proposal, ProposalState
from perennial.apps.credits.queries import files_bytes_of, ledger_of
from perennial.apps.credits.services import CreditFacts, add_proof
from perennial.apps.credits.shoebox import (
    drop_file,
    empty_shoebox,
    enter_proposal,
    keep_edits,
    read_waiting,
    skip_proposal,
    unskip_proposal,
)
from perennial.core.proofs.builders import sheets
from perennial.core.values import Refusal

pytestmark = pytest.mark.django_db
SAID: CreditFacts = {
    "title": "Ethics across state lines",
    "provider_name": "Sample Seminar",
    "completed_on": date(2026, 9, 20),
    "minutes": 180,
    "format": "live_online",
    "topics": {"ethics": 60},
}
CSV = b"Course Title,Date Completed,Hours\nGrief in Families,2026-05-13,3\nEthics at Work,2026-06-01,1.5\n"
PDF = next(iter(sheets(1))).pdf()


@pytest.fixture
def person() -> Person:
    return make_person()


def drop(person: Person, data: bytes = PDF, name: str = "certificate.pdf") -> int:
    return drop_file(person=person, upload=ContentFile(data, name=name), at=AT).taken


def read(person: Person) -> list[Proposal]:
    assert read_waiting(person=person, at=AT, seconds=60) == 0
    return list(Proposal.objects.filter(person=person))


def files() -> int:
    return len(default_storage.listdir("shoebox")[1]) if default_storage.exists("shoebox") else 0


def test_a_certificate_is_proposed_and_nothing_is_entered(person: Person) -> None:
    drop(person)
    (proposal,) = read(person)
    assert proposal.read["title"]["value"] == "Ethics in Telehealth Practice"
    assert not Entry.objects.exists()


def test_the_same_file_twice_is_taken_once(person: Person) -> None:
    assert drop(person) == 1
    told = drop_file(person=person, upload=ContentFile(PDF, name="again.pdf"), at=AT)
    assert told.taken == 0
    assert "already" in told.says[0]
    assert drop(make_person()) == 1


def test_each_file_of_an_archive_is_kept_by_itself(person: Person) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.pdf", PDF)
        archive.writestr("list.csv", CSV)
    assert drop(person, out.getvalue(), "all.zip") == 2
    assert [one.dropped.part for one in read(person)] == ["all.zip > a.pdf", "all.zip > list.csv", "all.zip > list.csv"]


def test_what_is_confirmed_is_entered_once_with_its_file_which_leaves_the_shoebox(
    person: Person, django_capture_on_commit_callbacks: Any
) -> None:
    drop(person)
    (proposal,) = read(person)
    name = str(proposal.dropped.file.name)
    with django_capture_on_commit_callbacks(execute=True):
        first = enter_proposal(proposal=proposal, facts=SAID, at=AT)
    assert enter_proposal(proposal=proposal, facts=SAID, at=AT) == first
    (credit,) = ledger_of(person)
    assert (credit.title, credit.proofs[0].name, credit.proofs[0].size_bytes) == (SAID["title"], "certificate.pdf", len(PDF))
    assert not default_storage.exists(name)
    assert files_bytes_of(person) == len(PDF)


def test_a_list_is_no_proof_and_is_kept_until_its_last_row_is_decided(person: Person) -> None:
    drop(person, CSV, "list.csv")
    one, other = read(person)
    enter_proposal(proposal=one, facts=SAID, at=AT)
    assert not Proof.objects.exists()
    assert Dropped.objects.get().size_bytes == len(CSV)
    enter_proposal(proposal=other, facts={**SAID, "title": "Another"}, at=AT)
    assert Dropped.objects.get().size_bytes == 0


def test_a_refused_credit_leaves_the_proposal_as_it_was(person: Person) -> None:
    drop(person)
    (proposal,) = read(person)
    with pytest.raises(Refusal, match="lies ahead"):
        enter_proposal(proposal=proposal, facts={**SAID, "completed_on": date(2090, 1, 1)}, at=AT)
    proposal.refresh_from_db()
    assert proposal.state == ProposalState.OPEN
    assert proposal.dropped.file
    assert not Entry.objects.exists()


def test_what_was_put_aside_can_be_brought_back_and_what_was_entered_cannot_be_put_aside(person: Person) -> None:
    drop(person)
    (proposal,) = read(person)
    skip_proposal(proposal=proposal)
    proposal.refresh_from_db()
    assert proposal.state == ProposalState.SKIPPED
    unskip_proposal(proposal=proposal)
    enter_proposal(proposal=proposal, facts=SAID, at=AT)
    skip_proposal(proposal=proposal)
    proposal.refresh_from_db()
    assert proposal.state == ProposalState.ENTERED


def test_a_proof_that_cannot_be_read_is_proposed_empty_and_another_file_is_let_go(
    person: Person, django_capture_on_commit_callbacks: Any
) -> None:
    before = files()
    drop(person, b"%PDF-1.7 broken", "broken.pdf")
    drop(person, b"MZ\x90\0 program", "notes.bin")
    with django_capture_on_commit_callbacks(execute=True):
        (proposal,) = read(person)
    assert "damaged" in proposal.read["notes"][0]
    assert "of a kind" in Dropped.objects.get(name="notes.bin").says
    assert files() == before + 1


def test_reading_stops_after_its_time_and_goes_on_the_next_time(person: Person) -> None:
    drop(person)
    drop(person, CSV, "list.csv")
    assert read_waiting(person=person, at=AT, seconds=0) == 1
    assert len(read(person)) == 3


def test_no_one_keeps_more_files_than_there_is_room_for(person: Person, settings: Settings) -> None:
    settings.PERSON_FILES_BYTES = len(PDF) + 10
    drop(person)
    with pytest.raises(Refusal, match="each person may keep"):
        drop(person, CSV, "list.csv")
    with pytest.raises(Refusal, match="each person may keep"):
        add_proof(entry=make_credit(person=person), upload=ContentFile(PDF + b"%", name="a.pdf"), at=AT)
    (proposal,) = read(person)
    enter_proposal(proposal=proposal, facts=SAID, at=AT)  # its file moves: it does not count twice
    assert files_bytes_of(person) == len(PDF)


def test_emptying_deletes_files_and_proposals_and_leaves_the_record(person: Person, django_capture_on_commit_callbacks: Any) -> None:
    drop(person)
    drop(person, CSV, "list.csv")
    first, *_ = read(person)
    enter_proposal(proposal=first, facts=SAID, at=AT)
    other = make_person()
    drop(other)
    before = files()
    with django_capture_on_commit_callbacks(execute=True):
        assert empty_shoebox(person=person) == 2
    assert not Proposal.objects.filter(person=person).exists()
    assert len(ledger_of(person)) == 1
    assert Dropped.objects.filter(person=other).count() == 1
    assert files() < before


def test_characters_that_no_table_holds_become_blanks(person: Person) -> None:
    drop(person, b"Course title: Grief\0 in\x01 Families\nHours: 3\nDate completed: May 5, 2026\n", "odd\0name.txt")
    text = b"Course Title,Date Completed,Hours\nGrief\x0b\x7f,2026-05-13,3\n"
    drop(person, text, "list.csv")
    for proposal in read(person):
        keep_edits(proposal=proposal, edited={"title": "a\0b\ud800", "approvals": ["\0"]})
        proposal.refresh_from_db()
        assert proposal.edited == {"title": "a b ", "approvals": [" "]}
