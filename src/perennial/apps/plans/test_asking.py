"""Whether an outside course counts."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from perennial.apps.accounts.builders import make_person
from perennial.apps.licenses.builders import make_license
from perennial.apps.plans.asking import asked_of
from perennial.apps.plans.builders import make_facts
from perennial.apps.plans.facts import ToldApproval
from perennial.core.rules.would_count import WouldCount

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 25)
ACE = (ToldApproval("ASWB_ACE"),)


def asked(license: dict[str, Any] | None = None, **facts: Any) -> WouldCount:
    """The answer for one license."""
    person = make_person()
    make_license(person=person, **(license or {}))
    (one,) = asked_of(person, make_facts(**{"approvals": ACE, "topics": {"law_ethics": 120}, **facts}), day=TODAY).verdicts
    return one.found


def decider(found: WouldCount) -> tuple[str, str]:
    """What decides, and whether it is cited."""
    assert found.decider is not None
    return found.decider.kind, found.decider.name


def test_a_course_that_serves_says_yes_with_the_line_and_its_source() -> None:
    found = asked()
    assert (found.verdict, found.counted) == ("yes", Decimal(6))
    assert "2 h of Law and ethics" in found.helps
    assert decider(found) == ("line", "Law and ethics")
    assert found.decider is not None
    assert found.decider.source is not None


def test_hours_over_a_limit_count_partly_and_the_limit_decides() -> None:
    found = asked({"jurisdiction": "TX"}, format="self_study", topics={})
    assert found.verdict == "partly"
    assert found.because.startswith("1 of 6 CE hours count.")
    assert (found.counted, found.of) == (Decimal(1), Decimal(6))
    assert decider(found)[0] == "limit"


def test_a_course_after_the_period_does_not_count() -> None:
    found = asked(starts_on=date(2027, 8, 1))
    assert (found.verdict, decider(found)[0]) == ("no", "window")
    assert "30 June 2027" in found.because


def test_an_approver_that_the_rule_does_not_name_is_not_known() -> None:
    found = asked(approvals=(ToldApproval("A local guild"),))
    assert (found.verdict, found.as_read) == ("not_known", "yes")
    assert "A local guild" in found.doubt


def test_an_approval_that_lapsed_before_the_day_decides() -> None:
    found = asked(approvals=(ToldApproval("ASWB_ACE", "", None, date(2027, 1, 31)),))
    assert (found.verdict, decider(found)[0]) == ("not_known", "lapsed")
    assert "lapsed on 31 January 2027" in found.lapsed


def test_an_approval_told_twice_holds_where_one_of_its_spans_does() -> None:
    spans = (ToldApproval("ASWB_ACE", "", None, date(2027, 1, 31)), ToldApproval("ASWB_ACE", "", date(2027, 2, 1)))
    assert asked(approvals=spans).verdict == "yes"
    assert asked(approvals=(spans[0], ToldApproval("ASWB_ACE"))).verdict == "yes"


def test_a_license_without_a_rule_is_not_known() -> None:
    found = asked({"jurisdiction": "NJ", "profession": "other", "credential": "associate"})
    assert found.verdict == "not_known"
