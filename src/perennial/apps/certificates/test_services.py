"""Issuing, once, with frozen facts; revoking, for good."""

from datetime import UTC, date, datetime

import pytest

from perennial.apps.accounts.builders import make_person
from perennial.apps.certificates.builders import AT, SAMPLE_NOTE, make_certificate, make_facts
from perennial.apps.certificates.facts import NO_APPROVAL, digest
from perennial.apps.certificates.models import Certificate
from perennial.apps.certificates.queries import certificate_by_number, certificate_by_token, certificates_of
from perennial.apps.certificates.services import approval_notes, issue_certificate, revoke_certificate
from perennial.apps.credits.builders import make_award
from perennial.apps.credits.queries import history_of, ledger_of
from perennial.apps.credits.services import restore_entry
from perennial.apps.providers.builders import make_approval
from perennial.apps.providers.queries import approvals_on
from perennial.core.values import Refusal

pytestmark = pytest.mark.django_db


def test_issuing_twice_with_one_key_issues_once() -> None:
    person = make_person()
    assert make_certificate(person=person, key="enrolment-1") == make_certificate(person=person, key="enrolment-1")
    assert Certificate.objects.count() == 1


def test_a_second_occurrence_gives_a_new_certificate_and_keeps_the_old() -> None:
    person = make_person()
    old = make_certificate(person=person, key="enrolment-1")
    new = make_certificate(person=person, key="enrolment-2")
    assert certificates_of(person) == [new, old]


def test_numbers_follow_one_another_and_start_anew_each_year() -> None:
    later = datetime(2027, 1, 2, tzinfo=UTC)
    numbers = [make_certificate().number, make_certificate().number, make_certificate(at=later).number]
    assert numbers == ["PER-2026-000001", "PER-2026-000002", "PER-2027-000001"]


def test_tokens_cannot_be_guessed_from_one_another() -> None:
    first, second = make_certificate().token, make_certificate().token
    assert first != second
    assert len(first) >= 43


def test_a_later_change_of_name_changes_nothing() -> None:
    person = make_person(name="Zofia Old")
    certificate = make_certificate(person=person, holder_name=person.name)
    person.name = "Zofia New"
    person.save()
    certificate.refresh_from_db()
    assert certificate.facts["holder_name"] == "Zofia Old"
    assert digest(certificate.facts) == certificate.facts_sha256


def test_a_certificate_without_approval_says_where_alone_it_counts() -> None:
    assert make_certificate(no_approval_sentence=" ").facts["no_approval_sentence"] == NO_APPROVAL
    assert make_certificate(approvals=[SAMPLE_NOTE]).facts["no_approval_sentence"] == ""


def test_a_sample_approval_makes_the_certificate_a_sample() -> None:
    assert make_certificate(approvals=[SAMPLE_NOTE]).facts["is_sample"] is True
    assert make_certificate().facts["is_sample"] is False


def test_approvals_are_taken_over_with_their_last_day() -> None:
    approval = make_approval(starts_on=date(2026, 1, 1), ends_on=date(2029, 1, 1))
    (note,) = approval_notes(approvals_on(approval.provider, date(2026, 6, 1)))
    assert (note["from"], note["until"], note["sample"]) == (date(2026, 1, 1), date(2028, 12, 31), True)


@pytest.mark.parametrize(
    ("facts", "says"),
    [
        ({"holder_name": "  "}, "no name"),
        ({"hours": []}, "hours"),
        ({"hours": [{"category": "General", "minutes": 0, "minutes_per_hour": 60}]}, "hours"),
        ({"hours": [{"category": "General", "minutes": 60, "minutes_per_hour": 30}]}, "hours"),
        ({"completed_on": date(2026, 11, 26)}, "lies ahead"),
        ({"course_title": ""}, "title"),
    ],
)
def test_no_certificate_without_what_it_must_say(facts: dict[str, object], says: str) -> None:
    with pytest.raises(Refusal, match=says):
        issue_certificate(person=make_person(), facts=make_facts(**facts), at=AT, key="k")
    assert not Certificate.objects.exists()


def test_revoking_takes_the_credit_out_of_the_count_for_good() -> None:
    person = make_person()
    certificate = make_certificate(person=person)
    make_award(person=person, number=certificate.number)
    first = revoke_certificate(certificate=certificate, reason="Issued in error", at=AT)
    again = revoke_certificate(certificate=certificate, reason="another", at=AT)
    assert first.revocation_reason == again.revocation_reason == "Issued in error"
    assert ledger_of(person) == []
    with pytest.raises(Refusal, match="revoked"):
        restore_entry(entry=history_of(person)[0].latest, at=AT)


def test_a_revocation_needs_a_reason() -> None:
    with pytest.raises(Refusal, match="why"):
        revoke_certificate(certificate=make_certificate(), reason=" ", at=AT)


def test_certificates_are_found_by_token_and_by_number() -> None:
    certificate = make_certificate()
    assert certificate_by_token(certificate.token) == certificate_by_number(certificate.number) == certificate
    assert certificate_by_token(certificate.number) is None
    assert certificate_by_number(certificate.token) is None
