"""Checks of a course: each clause finds what it is for, and a course in order has no finding."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from perennial.core.approval import Body, Rule, bodies, check_course, library
from perennial.core.approval.checks import CHECKS
from perennial.core.courses import Author, Course, Objective, Option
from perennial.core.courses.builders import make_course

Change = Callable[[Course], Course]


def found(course: Course, slug: str) -> dict[str, str]:
    """The severities of the findings by place, for a body or for the library ("")."""
    return {finding.where: finding.severity for finding in check_course(course, bodies().get(slug))}


def credit(**changes: Any) -> Change:
    """Change what a course claims."""
    return lambda course: replace(course, credit=replace(course.credit, **changes))


def test_a_course_in_order_has_no_finding(tmp_path: Path) -> None:
    assert check_course(make_course(tmp_path)) == ()


@pytest.mark.parametrize(
    ("slug", "where", "severity", "change"),
    [
        ("", "credit.hours", "block", credit(hours=Decimal("1.25"))),
        ("", "credit.hours", "block", credit(hours=Decimal("0.9"))),
        ("", "credit.hours", "block", credit(method="mergener", difficulty=Decimal(1))),
        ("", "items", "block", lambda course: replace(course, items=course.items[:1])),
        ("", "disclosures", "block", lambda course: replace(course, disclosures="")),
        ("", "authors", "block", lambda course: replace(course, authors=())),
        ("", "authors", "block", lambda course: replace(course, authors=(Author("A", "author", ""),))),
        ("", "objectives", "block", lambda course: replace(course, objectives=())),
        ("", "references (sample2020)", "block", lambda course: replace(course, references=(replace(course.references[0], doi=""),))),
        ("NBCC_ACEP", "references", "block", lambda course: replace(course, references=())),
        ("NBCC_ACEP", "credit.minutes_per_hour", "block", credit(minutes_per_hour=50)),
        ("NBCC_ACEP", "summary", "block", lambda course: replace(course, summary="Earns 0.1 CEU.")),
        ("NBCC_ACEP", "test.pass_percent", "advice", lambda course: replace(course, test=replace(course.test, pass_percent=69))),
        ("APA", "credit.hours", "block", credit(hours=Decimal("0.75"))),
        ("APA", "credit.minutes_per_hour", "advice", credit(minutes_per_hour=50)),
        ("APA", "test.ask", "advice", lambda course: course),
        ("APA", "test.pass_percent", "advice", lambda course: replace(course, test=replace(course.test, pass_percent=74))),
        ("APA", "objectives", "advice", credit(hours=Decimal(4))),
        ("APA", "disclosures", "advice", lambda course: replace(course, disclosures="")),
        ("ASWB_ACE", "credit.hours", "block", credit(hours=Decimal("0.25"))),
        ("ASWB_ACE", "test.pass_percent", "advice", lambda course: replace(course, test=replace(course.test, pass_percent=79))),
    ],
)
def test_a_clause_finds_what_it_is_for(tmp_path: Path, slug: str, where: str, severity: str, change: Change) -> None:
    assert found(change(make_course(tmp_path)), slug).get(where) == severity


def test_nbcc_counts_by_words_even_where_the_course_claims_by_the_formula(tmp_path: Path) -> None:
    course = make_course(tmp_path, text="word " * 3000)
    course = credit(method="mergener", difficulty=Decimal(4))(replace(course, test=replace(course.test, ask=16)))
    assert "credit.hours" not in found(course, "")
    assert found(course, "NBCC_ACEP")["credit.hours"] == "block"


@pytest.mark.parametrize(
    ("text", "refused"),
    [
        ("Understand the law", True),
        ("To understand the law", True),
        ("Participants will be able to know the law", True),
        ("Become aware of the law", True),
        ("Increasing trust", True),
        ("1. Become more aware of bias", True),
        ("By the end of the course, you'll know the law", True),
        ("Attendees will gain knowledge and skills about sleep", True),
        ("Recognize and understand transference", True),
        ("Have a working knowledge of the law", True),
        ("Be aware of bias in referrals", True),
        ("Be fully familiar with the code", True),
        ("In this course you will learn about sleep", True),
        ("The participants understand transference", True),
        ("Come to understand the model", True),
        ("Will understand the model", True),
        ("Gain insight and understanding into grief", True),
        ("Apply knowledge of attachment to a plan", False),
        ("Apply learning theory to a case", False),
        ("Supply understandable reasons for a referral", False),
        ("Be prepared to list three signs", False),
        ("Utilize knowledge of attachment in a plan", False),
        ("Identify three ways to increase motivation", False),
        ("Describe what clients know", False),
        ("Knowledgeably argue a case", False),
        ("Distinguish warning signs from risk factors", False),
    ],
)
def test_an_objective_begins_with_a_verb_one_can_see(tmp_path: Path, text: str, refused: bool) -> None:
    course = make_course(tmp_path, objectives=(Objective("o1", text),))
    assert ("objectives (o1)" in found(course, "")) == refused


def test_an_option_without_a_rationale_is_found_by_its_item(tmp_path: Path) -> None:
    course = make_course(tmp_path)
    bare = replace(course.items[0], options=(Option("Yes", correct=True, rationale=""), course.items[0].options[1]))
    assert list(found(replace(course, items=(bare, course.items[1])), "")) == ["items (i01)"]


@pytest.mark.parametrize(
    ("qualifications", "named"),
    [
        ("Licensed psychologist, PhD.", True),
        ("Volunteers. No psychologist took part.", False),
        ("Not written by a psychologist", False),
        ("Volunteers", False),
    ],
)
def test_a_denied_qualification_is_none(tmp_path: Path, qualifications: str, named: bool) -> None:
    course = make_course(tmp_path, authors=(Author("A. Sample", "author", qualifications),))
    assert ("authors" not in found(course, "APA")) == named


def test_the_social_worker_of_ethics_courses_is_asked_of_ethics_courses_alone(tmp_path: Path) -> None:
    course = make_course(tmp_path)
    assert found(course, "ASWB_ACE")["authors"] == "block"
    assert "authors" not in found(credit(topics=(("clinical", Decimal(1)),))(course), "ASWB_ACE")


def test_blocking_findings_come_first_and_name_their_clause(tmp_path: Path) -> None:
    course = credit(hours=Decimal("0.75"))(make_course(tmp_path))
    findings = check_course(replace(course, test=replace(course.test, pass_percent=60)), bodies()["APA"])
    severities = [finding.severity for finding in findings]
    assert severities == sorted(severities, key=["block", "advice"].index)
    assert all(finding.clause and finding.source and finding.mend and finding.body == "APA" for finding in findings)


@pytest.mark.parametrize("check", sorted(CHECKS))
def test_every_check_is_asked_by_some_clause(check: str) -> None:
    every: list[Body] = [library(), *bodies().values()]
    rules: list[Rule] = [rule for body in every for rule in body.rules]
    assert check in {rule.check for rule in rules}


def test_a_claim_made_with_the_misprinted_sign_is_told_so(tmp_path: Path) -> None:
    course = make_course(tmp_path, text="word " * 3774)
    course = credit(method="mergener", difficulty=Decimal("2.5"), hours=Decimal("1.5"))(replace(course, test=replace(course.test, ask=16)))
    (finding,) = [each for each in check_course(course) if each.check == "hours_claimed"]
    assert "61.9 minutes" in finding.what
    assert "+22.3" in finding.what


def test_hours_of_sixty_minutes_are_enough_for_a_body_that_asks_for_fifty(tmp_path: Path) -> None:
    course = credit(topics=())(make_course(tmp_path))
    assert check_course(course, bodies()["FL_491"]) == ()
    assert "credit.hours" in found(credit(hours=Decimal("1.25"), minutes_per_hour=50)(course), "FL_491")
