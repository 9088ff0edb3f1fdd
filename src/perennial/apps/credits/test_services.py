"""What enters the ledger, once, and what is refused with a sentence."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from perennial.apps.accounts.builders import make_person
from perennial.apps.credits.builders import AT, FACTS, make_award, make_credit
from perennial.apps.credits.models import Entry, Kind, Proof
from perennial.apps.credits.queries import entry_by_certificate, history_of, ledger_of
from perennial.apps.credits.services import add_proof, award_credit, correct_entry, enter_credit, restore_entry, withdraw_entry
from perennial.core.values import Refusal

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\nproof"


def test_awarding_twice_with_one_key_awards_once() -> None:
    person = make_person()
    first, second = (award_credit(person=person, certificate_number="PER-2026-000001", at=AT, key="course-1", **FACTS) for _ in range(2))
    assert first == second
    assert Entry.objects.count() == 1


def test_one_key_may_serve_two_people() -> None:
    assert make_credit(key="same") != make_credit(key="same")


def test_a_credit_is_read_back_in_hours() -> None:
    person = make_person()
    make_credit(person=person, minutes=90, topics={"ethics": 60, "law": 0})
    (credit,) = ledger_of(person)
    assert credit.hours == Decimal("1.5")
    assert credit.topics == {"ethics": 60}
    assert credit.category is None


def test_a_correction_takes_the_place_and_leaves_the_old_entry_visible() -> None:
    entry = make_credit()
    correct_entry(entry=entry, at=AT, **{**FACTS, "minutes": 240})
    (history,) = history_of(entry.person)
    assert (history.current.minutes, history.current.first_id, history.current.corrected) == (240, entry.pk, True)
    assert [e.minutes for e in history.entries] == [180, 240]


def test_correcting_twice_with_the_same_facts_adds_one_entry() -> None:
    entry = make_credit()
    facts = {**FACTS, "minutes": 240}
    assert correct_entry(entry=entry, at=AT, **facts) == correct_entry(entry=entry, at=AT, **facts)
    assert Entry.objects.count() == 2


def test_a_correction_that_changes_nothing_adds_nothing() -> None:
    entry = make_credit()
    assert correct_entry(entry=entry, at=AT, **FACTS) == entry


def test_the_second_of_two_tabs_is_told_and_nothing_is_lost() -> None:
    entry = make_credit()
    correct_entry(entry=entry, at=AT, **{**FACTS, "minutes": 240})
    with pytest.raises(Refusal, match="another tab"):
        correct_entry(entry=entry, at=AT, **{**FACTS, "minutes": 300})
    assert ledger_of(entry.person)[0].minutes == 240


def test_a_withdrawn_credit_does_not_count_until_it_is_brought_back() -> None:
    entry = make_credit(note="Evening course")
    gone = withdraw_entry(entry=entry, reason="Entered twice", at=AT)
    assert withdraw_entry(entry=gone, reason="again", at=AT) == gone
    assert ledger_of(entry.person) == []
    assert history_of(entry.person)[0].withdrawn
    restore_entry(entry=gone, at=AT)
    (credit,) = ledger_of(entry.person)
    assert (credit.minutes, credit.note, credit.first_id) == (180, "Evening course", entry.pk)
    assert [e.kind for e in history_of(entry.person)[0].entries] == [Kind.EARNED, Kind.WITHDRAWAL, Kind.CORRECTION]


def test_the_facts_of_our_own_certificates_are_fixed() -> None:
    entry = make_award()
    with pytest.raises(Refusal, match="fixed"):
        correct_entry(entry=entry, at=AT, **{**FACTS, "minutes": 6000})


def test_what_the_issuer_revoked_stays_out() -> None:
    gone = withdraw_entry(entry=make_award(), reason="Revoked", at=AT, final=True)
    with pytest.raises(Refusal, match="revoked"):
        restore_entry(entry=gone, at=AT)


def test_what_its_owner_withdrew_before_stays_out_once_the_issuer_revokes() -> None:
    own = withdraw_entry(entry=make_award(), reason="Not needed", at=AT)
    gone = withdraw_entry(entry=own, reason="Revoked", at=AT, final=True)
    assert gone != own
    with pytest.raises(Refusal, match="revoked"):
        restore_entry(entry=gone, at=AT)
    with pytest.raises(Refusal, match="meanwhile"):
        restore_entry(entry=own, at=AT)


def test_the_entry_of_a_certificate_is_found_at_the_end_of_its_chain() -> None:
    gone = withdraw_entry(entry=make_award(number="PER-2026-000009"), reason="Wrong course", at=AT)
    assert entry_by_certificate("PER-2026-000009") == gone
    assert entry_by_certificate("") is None


@pytest.mark.parametrize(
    ("facts", "says"),
    [
        ({"minutes": 0}, "more than 0"),
        ({"minutes": -60}, "more than 0"),
        ({"minutes": 60_000_000_000}, "at most 1000 hours"),
        ({"completed_on": date(2026, 11, 26)}, "lies ahead"),
        ({"title": "  "}, "title is missing"),
        ({"title": "x" * 301}, "more than 300"),
        ({"topics": {"ethics": 181}}, "inside the hours"),
        ({"topics": {"ethics": -1}}, "inside the hours"),
    ],
)
def test_facts_that_cannot_be_are_refused_and_nothing_is_kept(facts: dict[str, Any], says: str) -> None:
    with pytest.raises(Refusal, match=says):
        make_credit(**facts)
    assert not Entry.objects.exists()


def test_a_proof_is_kept_with_its_entry_under_a_name_that_tells_nothing() -> None:
    entry = make_credit(proof_file=ContentFile(PDF, name="Zoë's certificate.pdf"))
    (proof,) = ledger_of(entry.person)[0].proofs
    assert proof.name == "Zoë's certificate.pdf"
    assert "Zo" not in proof.path
    assert default_storage.open(proof.path).read() == PDF


def test_the_same_proof_twice_is_kept_once() -> None:
    entry = make_credit()
    assert add_proof(entry=entry, upload=ContentFile(PDF, name="a.pdf"), at=AT) == add_proof(
        entry=entry, upload=ContentFile(PDF, name="a.pdf"), at=AT
    )


def test_a_bad_proof_leaves_neither_row_nor_file() -> None:
    with pytest.raises(Refusal, match="empty"):
        make_credit(proof_file=ContentFile(b"", name="a.pdf"))
    assert not Entry.objects.exists()
    assert not list(settings.MEDIA_ROOT.rglob("*"))


def test_a_fault_while_rows_are_written_takes_the_file_away_again(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(self: Proof, **kwargs: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(Proof, "save", fail)
    with pytest.raises(OSError, match="disk full"):
        make_credit(proof_file=ContentFile(PDF, name="a.pdf"))
    assert not Entry.objects.exists()
    assert not [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()]


def test_entering_twice_with_one_key_keeps_one_row_and_one_file() -> None:
    person = make_person()
    for _ in range(2):
        enter_credit(person=person, at=AT, key="form-1", proof_file=ContentFile(PDF, name="a.pdf"), **FACTS)
    assert Entry.objects.count() == Proof.objects.count() == 1
    assert len([path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()]) == 1
