"""What a reminder says of an answer."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from perennial.apps.licenses.builders import make_license
from perennial.apps.standing.queries import LicenseStanding, standing_of_license
from perennial.apps.standing.reminding_words import Lack, lack_of
from perennial.core.rules import Answer

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 25)


@pytest.fixture
def standing() -> LicenseStanding:
    return standing_of_license(make_license(), day=DAY)


def answered(standing: LicenseStanding, **values: object) -> LicenseStanding:
    """The same license with another answer."""
    assert isinstance(standing.answer, Answer)
    return replace(standing, answer=replace(standing.answer, **values))  # type: ignore[arg-type]  # names of an answer's fields


def lack(standing: LicenseStanding, day: date = DAY) -> Lack:
    found = lack_of(standing, day=day)
    assert found is not None
    return found


def test_what_is_missing_begins_with_the_hours_in_all(standing: LicenseStanding) -> None:
    found = lack(standing)
    assert found.kind == "missing"
    assert found.missing[0] == "36 CE hours more in all"
    assert "6 CE hours of Law and ethics" in found.missing
    assert found.title.startswith("California LCSW: 36 CE hours missing (and ")
    assert found.title.endswith(f"more lines), due in {found.days_left} days")
    assert found.text.startswith(f"Hours are due on {found.due_words}. Missing: 36 CE hours more in all;")


def test_compliant_for_sure_says_nothing(standing: LicenseStanding) -> None:
    assert lack_of(answered(standing, compliant=True, certain=True), day=DAY) is None


def test_nothing_owed_and_a_day_that_is_past_say_nothing(standing: LicenseStanding) -> None:
    assert lack_of(answered(standing, owed=False), day=DAY) is None
    assert standing.answer is not None
    assert lack_of(standing, day=standing.answer.due + timedelta(days=1)) is None


def test_compliant_by_what_was_read_says_what_to_ask(standing: LicenseStanding) -> None:
    found = lack(answered(standing, compliant=True, certain=False, unchecked=("Do repeated hours count twice?",), lines=()))
    assert (found.kind, found.missing, found.ask) == ("ask", (), ("Do repeated hours count twice?",))
    assert found.text.endswith(" Ask the board: Do repeated hours count twice?")


def test_an_answer_that_needs_more_says_what_it_needs(standing: LicenseStanding) -> None:
    found = lack(answered(standing, compliant=None, certain=False, needs=("birth_month",)))
    assert found.kind == "unknown"
    assert found.missing == ("Tell us your month of birth; this rule counts from it",)


def test_the_last_day_is_today(standing: LicenseStanding) -> None:
    assert standing.answer is not None
    assert "due today" in lack(standing, standing.answer.due).title
    assert "due in 1 day" in lack(standing, standing.answer.due - timedelta(days=1)).title


def test_hours_are_said_without_trailing_zeros(standing: LicenseStanding) -> None:
    assert standing.answer is not None
    lines = tuple(replace(line, missing=Decimal("1.50")) if line.kind == "total" else line for line in standing.answer.lines)
    assert lack(answered(standing, lines=lines)).missing[0] == "1.5 CE hours more in all"


def test_a_question_that_is_not_answered_is_put_and_never_taken_for_granted(standing: LicenseStanding) -> None:
    question = "Do you supervise licensees, associates or trainees toward licensure?"
    for compliant in (None, True):
        found = lack(answered(standing, compliant=compliant, certain=False, needs=("attribute:supervisor",), lines=(), unchecked=()))
        assert (found.kind, found.missing) == ("unknown", (f"an answer: {question}",))
        assert found.text.endswith(f"Missing: an answer: {question}")
    short = lack(answered(standing, needs=("attribute:supervisor",)))
    assert (short.kind, short.missing[0], short.missing[-1]) == ("missing", "36 CE hours more in all", f"an answer: {question}")
