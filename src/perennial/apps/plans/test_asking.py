"""Whether an outside course counts."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from perennial.apps.accounts.builders import make_person
from perennial.apps.licenses.builders import make_license
from perennial.apps.plans.asking import Counts, asked_of
from perennial.apps.plans.builders import make_facts
from perennial.apps.plans.facts import ToldApproval

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 25)
ACE = (ToldApproval("ASWB_ACE"),)


def asked(license: dict[str, Any] | None = None, **facts: Any) -> Counts:
    """The answer for one license."""
    person = make_person()
    make_license(person=person, **(license or {}))
    (found,) = asked_of(person, make_facts(**{"approvals": ACE, "topics": {"law_ethics": 120}, **facts}), day=TODAY).verdicts
    return found


def test_a_course_that_serves_says_yes_with_the_line_and_its_source() -> None:
    found = asked()
    assert (found.verdict, found.counted) == ("yes", Decimal(6))
    assert "2 h of Law and ethics" in found.helps
    assert found.line is not None
    assert found.line.name == "Law and ethics"
    assert found.line.source is not None


def test_hours_over_a_limit_count_partly_and_the_limit_decides() -> None:
    found = asked({"jurisdiction": "TX"}, format="self_study", topics={})
    assert found.verdict == "partly"
    assert found.because.startswith("1 of 6 CE hours count.")
    assert (found.counted, found.of) == (Decimal(1), Decimal(6))
    assert found.line is not None
    assert found.line.kind == "limit"


def test_a_course_after_the_period_does_not_count() -> None:
    found = asked(starts_on=date(2027, 8, 1))
    assert found.verdict == "no"
    assert "30 June 2027" in found.because


def test_an_approver_that_the_rule_does_not_name_is_not_known() -> None:
    found = asked(approvals=(ToldApproval("A local guild"),))
    assert found.verdict == "not_known"
    assert "A local guild" in found.because


def test_an_approval_that_lapsed_before_the_day_is_said() -> None:
    found = asked(approvals=(ToldApproval("ASWB_ACE", "", None, date(2027, 1, 31)),))
    assert found.verdict != "yes"
    assert "lapsed on 31 January 2027" in found.lapsed


def test_a_license_without_a_rule_is_not_known() -> None:
    found = asked({"jurisdiction": "NJ", "profession": "other", "credential": "associate"})
    assert found.verdict == "not_known"
