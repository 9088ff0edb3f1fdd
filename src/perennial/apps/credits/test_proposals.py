"""What is proposed: a draft for the form, its basis, and what is there already."""

from datetime import date

import pytest
from django.core.files.base import ContentFile

from perennial.apps.accounts.builders import make_person
from perennial.apps.accounts.queries import Person
from perennial.apps.credits.builders import AT, make_credit
from perennial.apps.credits.proposals import Shoebox, draft_of, shoebox_of
from perennial.apps.credits.services import add_proof
from perennial.apps.credits.shoebox import drop_file, read_waiting
from perennial.core.proofs import Found
from perennial.core.proofs.builders import WORDS, sheets
from perennial.core.proofs.read import read_file

pytestmark = pytest.mark.django_db
HEADS = "Course Title,Date Completed,Hours,Provider,Format\n"


def box_with(person: Person, *rows: str) -> Shoebox:
    text = HEADS + "\n".join(rows)
    drop_file(person=person, upload=ContentFile(text.encode(), name="list.csv"), at=AT)
    read_waiting(person=person, at=AT, seconds=60)
    return shoebox_of(person)


@pytest.mark.parametrize(
    ("row", "same"),
    [
        ("Ethics across state lines,2026-09-20,3,X,Self-study", True),
        ("Ethics Across State-Lines.,2026-09-20,3,X,Self-study", True),
        ("Ethics across state lines,2026-09-20,,X,Self-study", True),
        ("Ethics across state lines,2026-09-21,3,X,Self-study", False),
        ("Ethics across state lines,2026-09-20,2,X,Self-study", False),
        ("Grief in families,2026-09-20,3,X,Self-study", False),
    ],
)
def test_what_is_in_the_record_already_is_told(row: str, same: bool) -> None:
    person = make_person()
    entry = make_credit(person=person)  # “Ethics across state lines”, 20 September 2026, 3 hours
    box = box_with(person, row)
    assert [one.entry_id for one in box.same.values()] == ([entry.pk] if same else [])


def test_two_of_the_same_in_the_shoebox_are_told_and_the_first_stands() -> None:
    box = box_with(make_person(), "Grief,2026-05-05,3,X,Self-study", "GRIEF,2026-05-05,3,Y,Self-study")
    assert {key: one.proposal_id for key, one in box.same.items()} == {box.open[1].id: box.open[0].id}


def test_the_file_that_shows_a_credit_already_is_told() -> None:
    person, pdf = make_person(), next(iter(sheets(1))).pdf()
    entry = make_credit(person=person, title="Quite another title")
    add_proof(entry=entry, upload=ContentFile(pdf, name="a.pdf"), at=AT)
    drop_file(person=person, upload=ContentFile(pdf, name="b.pdf"), at=AT)
    read_waiting(person=person, at=AT, seconds=60)
    (same,) = shoebox_of(person).same.values()
    assert same.says == "The same file shows this credit of your record"


def test_what_is_complete_and_what_is_missing_is_told() -> None:
    full, bare = box_with(make_person(), "Grief,2026-05-05,3,X,Self-study", "Rites,,1,,").open
    assert (full.missing, bare.missing) == ((), ("provider", "day", "format"))
    assert full.form(date(2026, 11, 25)).is_valid()
    assert not bare.form(date(2026, 11, 25)).is_valid()


def test_a_draft_holds_only_what_was_read() -> None:
    assert not any(draft_of(Found()).values())
    (found,) = read_file(list(sheets(1))[7].pdf(), "webinar.pdf", WORDS)
    draft = draft_of(found)
    assert draft["approvals"] == ["APA", "NBCC_ACEP", "NYSED"]
    assert "NBCC Approved Continuing Education Provider 1462" in draft["note"]


def test_a_seal_changes_with_what_it_seals() -> None:
    one, other = box_with(make_person(), "Grief,2026-05-05,3,X,Self-study", "Rites,2026-05-05,3,X,Self-study").open
    assert one.seal != other.seal
