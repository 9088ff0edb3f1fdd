"""Reports of mistakes: kept as sent, decided once, and told to whoever sent them."""

from typing import Any

import pytest
from django.db import IntegrityError
from django.utils import timezone

from perennial.apps.accounts.builders import make_person
from perennial.apps.notices.queries import notices_of
from perennial.apps.requirements.builders import make_report
from perennial.apps.requirements.models import RuleProposal
from perennial.apps.requirements.queries import export_of, numbers_by_state, proposal_by_token, token_of
from perennial.apps.requirements.services import decide
from perennial.core.values import Refusal

pytestmark = pytest.mark.django_db


def test_the_same_report_twice_has_one_number() -> None:
    first = make_report()
    assert make_report() == first
    assert make_report(should_say="37 hours are asked.") != first
    assert make_report(reporter=make_person()) != first


def test_once_decided_the_same_report_may_come_again() -> None:
    first = make_report()
    decide(proposal=first, accept=False, reply="The rule says 36.", by=make_person(is_staff=True), at=timezone.now())
    assert make_report() != first


@pytest.mark.parametrize(
    ("facts", "says"),
    [
        ({"line": "requirements.nothing"}, "no such line"),
        ({"profession": "wizard"}, "no such line"),
        ({"should_say": "  "}, "missing"),
        ({"should_say": "x" * 2001}, "more than 2000"),
        ({"should_say": "bell \x07"}, "cannot be written"),
        ({"url": "javascript:alert(1)"}, "needs the web address"),
        ({"kind": "hearsay"}, "needs the web address"),
        ({"minutes": 60_001}, "between 0 and 1000"),
    ],
)
def test_what_cannot_be_is_refused_and_not_kept(facts: dict[str, Any], says: str) -> None:
    with pytest.raises(Refusal, match=says):
        make_report(**facts)
    assert not RuleProposal.objects.exists()


def test_a_decision_is_made_once_and_with_a_reply() -> None:
    report, staff = make_report(), make_person(is_staff=True)
    with pytest.raises(Refusal, match="reply is missing"):
        decide(proposal=report, accept=True, reply=" ", by=staff, at=timezone.now())
    decide(proposal=report, accept=True, reply="Read again: 38.", by=staff, at=timezone.now())
    with pytest.raises(Refusal, match="decided already"):
        decide(proposal=report, accept=False, reply="No.", by=staff, at=timezone.now())
    report.refresh_from_db()
    assert (report.state, report.reply, report.decided_by) == ("accepted", "Read again: 38.", staff)
    assert numbers_by_state() == {"open": 0, "accepted": 1, "declined": 0}


def test_a_person_with_an_account_gets_a_notice_with_the_reply() -> None:
    person = make_person()
    report = make_report(reporter=person)
    decide(proposal=report, accept=False, reply="The rule says 36.", by=make_person(is_staff=True), at=timezone.now())
    (notice,) = notices_of(person)
    assert notice.title == f"Your report {report.pk} on a rule was declined"
    assert "The rule says 36." in notice.text
    assert token_of(report) in notice.link


@pytest.mark.parametrize("change", [{"reply": "Yes"}, {"state": "accepted"}, {"state": "lost"}, {"url": "ftp://example.org"}])
def test_the_table_keeps_its_promises(change: dict[str, str]) -> None:
    report = make_report()
    with pytest.raises(IntegrityError):
        RuleProposal.objects.filter(pk=report.pk).update(**change)


def test_only_a_token_of_this_site_opens_a_report() -> None:
    report = make_report()
    assert proposal_by_token(token_of(report)) == report
    number, _, seal = token_of(report).partition("~")
    for other in (f"{int(number) + 1}~{seal}", number, "", "1:2", f"{number}~x", token_of(report)[:-1]):
        assert proposal_by_token(other) is None


def test_ones_own_record_holds_ones_reports_and_no_one_elses() -> None:
    person = make_person()
    mine, _ = make_report(reporter=person), make_report()
    (row,) = export_of(person)["rule_reports"]
    assert (row["number"], row["minutes"], row["state"]) == (mine.pk, 2280, "open")
