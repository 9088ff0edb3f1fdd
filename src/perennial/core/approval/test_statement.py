"""The elements of a typed approval statement: met in any wording, and found missing one by one."""

from dataclasses import replace
from datetime import date

import pytest

from perennial.core.approval import HeldApproval, bodies, statement_elements
from perennial.core.approval.statement import days_in

HELD = HeldApproval("ASWB_ACE", "SW-0123", "", date(2026, 3, 1), date(2029, 3, 1))
WHOLE = (
    "Sample & Daughters Institute, no. SW-0123, holds ASWB's approval as an ACE provider from 3/1/2026 to 2/28/2029. "
    "Boards where one is licensed have the last word. The institute answers for this course: it is responsible for it."
)


def lacking(statement: str, body: str = "ASWB_ACE", **changes: object) -> list[str]:
    """What the statement lacks, in words."""
    held = replace(HELD, body=body, statement=statement, **changes)  # type: ignore[arg-type]  # fields of HeldApproval
    return [element.lack for element in statement_elements(held, "Sample and Daughters Institute", bodies()[body]) if element.lack]


def test_a_whole_statement_lacks_nothing() -> None:
    assert lacking(WHOLE) == []


@pytest.mark.parametrize(
    ("was", "becomes", "lack"),
    [
        ("Daughters", "Sons", "does not name Sample and Daughters Institute"),
        ("SW-0123", "SW-01234", "does not give the number SW-0123"),
        ("ASWB's", "the", "does not name the body"),
        ("Boards where one is licensed have the last word.", "", "does not say that the licensing boards"),
        ("3/1/2026", "last year", "does not give the first day"),
        ("2/28/2029", "2/28/2030", "does not give the last day"),
        ("holds ASWB's approval", "is not approved by ASWB, yet works", "denies the approval"),
        ("holds ASWB's approval", "is pending ASWB approval", "denies the approval"),
    ],
)
def test_each_missing_element_is_told(was: str, becomes: str, lack: str) -> None:
    statement = WHOLE.replace(was, becomes)
    if was == "ASWB's":
        statement = statement.replace("ACE ", "")
    assert any(lack in found for found in lacking(statement))


def test_the_names_of_body_and_provider_say_nothing_of_boards_or_psychologists() -> None:
    silent = WHOLE.replace("Boards where one is licensed have the last word.", "").replace(
        "ASWB's", "the Association of Social Work Boards'"
    )
    assert lacking(silent) == ["the statement does not say that the licensing boards have the final say"]
    named = "Sample and Daughters Institute, approved by the American Psychological Association to sponsor education{}, is responsible."
    assert lacking(named.format(" for psychologists"), "APA", number="") == []
    assert lacking(named.format(""), "APA", number="") == ["the statement does not say for whom: psychologists"]


def test_an_empty_statement_lacks_its_text_alone() -> None:
    assert lacking("  ") == ["no statement is typed"]


def test_the_statement_of_one_body_does_not_serve_another() -> None:
    assert any("National Board" in lack or "NBCC" in lack for lack in lacking(WHOLE, "NBCC_ACEP"))


def test_days_are_read_as_people_write_them() -> None:
    text = "1 March 2026, March 2nd, 2026; Mar. 3, 2026; 3/4/26; 03/05/2026; 2026-03-06; 31 February 2026; in 2026"
    assert sorted(days_in(text)) == [date(2026, 3, day) for day in range(1, 7)]
