"""What stands in a packet: which credits count, which proofs there are, and that nothing is made without a rule."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from perennial.apps.accounts.queries import Person
from perennial.apps.certificates.builders import make_certificate
from perennial.apps.credits.builders import make_award, make_credit
from perennial.apps.credits.services import add_proof
from perennial.apps.licenses.builders import make_license
from perennial.apps.licenses.queries import License
from perennial.apps.standing.auditing import audit_of
from perennial.apps.standing.packet.facts import NO_LINE, Packet
from perennial.apps.standing.packet.making import packet_for
from perennial.apps.standing.queries import standing_of_license
from perennial.core.values import Refusal

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 25, 12, tzinfo=UTC)
DAY = date(2026, 11, 25)
OWN: dict[str, Any] = {"profession": "other", "own_months": 24, "own_requirements": [{"name": "All", "hours": "6", "topic": ""}]}


def packet(license: License, day: date = DAY) -> Packet:
    return packet_for(audit_of(standing_of_license(license, day=day), today=DAY))


def shown(person: Person, name: str = "proof.pdf", data: bytes = b"%PDF-1.7 a", **facts: Any) -> int:
    entry = make_credit(person=person, **facts)
    add_proof(entry=entry, upload=SimpleUploadedFile(name, data), at=AT)
    return entry.pk


def test_credits_that_count_stand_with_their_hours_and_the_oldest_first() -> None:
    license = make_license(**OWN)
    later = shown(license.person, title="Later", completed_on=date(2026, 6, 1), minutes=120)
    earlier = shown(license.person, title="Earlier", completed_on=date(2026, 5, 1), minutes=90, data=b"%PDF-1.7 b")
    made = packet(license)
    assert [(one.credit.id, one.counted, one.proofs) for one in made.counted] == [
        (earlier, Decimal("1.5"), (1,)),
        (later, Decimal(2), (2,)),
    ]
    assert not made.unproved


def test_what_does_not_count_says_why_and_what_belongs_elsewhere_is_only_counted() -> None:
    license = make_license(**OWN)
    shown(license.person, title="Twice")
    shown(license.person, title="Twice")
    shown(license.person, title="Long ago", completed_on=date(2015, 1, 1))
    made = packet(license)
    assert [one.credit.title for one in made.counted] == ["Twice"]
    assert [one.credit.title for one in made.left_out] == ["Twice"]
    assert "same" in made.left_out[0].because or "twice" in made.left_out[0].because.lower()
    assert made.left_out[0].because != NO_LINE
    assert made.elsewhere == 1


def test_the_same_file_for_two_credits_stands_once() -> None:
    license = make_license(**OWN)
    first = shown(license.person, title="Morning", data=b"%PDF-1.7 both")
    second = shown(license.person, title="Afternoon", data=b"%PDF-1.7 both")
    (proof,) = packet(license).proofs
    assert proof.credits == (first, second)


def test_a_certificate_of_this_site_is_a_proof_and_one_that_is_gone_is_said_to_be() -> None:
    license = make_license(**OWN)
    mine = make_certificate(person=license.person)
    make_award(person=license.person, number=mine.number, title="Ours")
    make_award(person=license.person, number="PER-2026-999999", title="Gone")
    proofs = {proof.name: proof.certificate for proof in packet(license).proofs}
    assert proofs == {f"{mine.number}.pdf": mine, "PER-2026-999999.pdf": None}


def test_credits_without_proof_are_named() -> None:
    license = make_license(**OWN)
    make_credit(person=license.person, title="Nothing to show")
    assert [one.credit.title for one in packet(license).unproved] == ["Nothing to show"]


def test_a_packet_of_an_earlier_day_knows_nothing_of_what_came_later() -> None:
    license = make_license(**OWN)
    shown(license.person, completed_on=date(2026, 11, 20))
    assert packet(license).credits
    assert not packet(license, date(2026, 11, 19)).credits


def test_a_file_lies_in_the_zip_under_a_name_that_every_system_takes() -> None:
    license = make_license(**OWN)
    shown(license.person, name="../a: b?*.pdf")
    assert packet(license).proofs[0].file == "certificates/01 a- b-.pdf"


@pytest.mark.parametrize("fields", [{"profession": "other"}, {"jurisdiction": "LA", "profession": "psychologist", "number": ""}])
def test_without_a_rule_or_what_it_goes_by_there_is_none(fields: dict[str, Any]) -> None:
    with pytest.raises(Refusal, match="audit check"):
        packet(make_license(**fields))
