"""Marking, kind by kind, and what people write for a number."""

from decimal import Decimal
from typing import Any

import pytest

from perennial.core.courses import Item, Numeric, Option, Pair
from perennial.core.scoring import is_right, key_of, number_of, with_key


def item(kind: str, **more: Any) -> Item:
    return Item("i1", kind, "o1", "01-a.md", "?", **more)


OPTIONS = (Option("a", correct=True, rationale=""), Option("b", correct=True, rationale=""), Option("c", correct=False, rationale=""))
PAIRS = (Pair("x", "1"), Pair("y", "2"), Pair("z", "1"), Pair("", "3"))


@pytest.mark.parametrize(
    ("question", "given", "right"),
    [
        (item("multiple", options=OPTIONS), [0, 1], True),
        (item("multiple", options=OPTIONS), [0], False),
        (item("multiple", options=OPTIONS), [0, 1, 2], False),
        (item("multiple", options=OPTIONS), None, False),
        (item("matching", pairs=PAIRS), [0, 1, 2], True),
        (item("matching", pairs=PAIRS), [2, 1, 0], True),  # the same words on the right are the same answer
        (item("matching", pairs=PAIRS), [0, 3, 2], False),
        (item("matching", pairs=PAIRS), [0, 1, None], False),
        (item("ordering", steps=("a", "b", "c")), [1, 2, 3], True),
        (item("ordering", steps=("a", "b", "c")), [2, 1, 3], False),
        (item("ordering", steps=("a", "b", "c")), [1, None, 3], False),
        (item("numeric", numeric=Numeric(Decimal("2.5"), Decimal("0.1"), "mg")), ["2,6 mg"], True),
        (item("numeric", numeric=Numeric(Decimal("2.5"), Decimal("0.1"), "mg")), ["2.61"], False),
        (item("numeric", numeric=Numeric(Decimal("0.1"), Decimal(0), "")), ["0.10"], True),
        (item("numeric", numeric=Numeric(Decimal(2), Decimal(0), "")), ["two"], False),
        (item("reflection"), ["Words."], False),
    ],
)
def test_an_answer_is_right_when_wholly_right(question: Item, given: list[Any] | None, right: bool) -> None:
    assert is_right(question, given) is right


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("2.5", "2.5"), ("2,5", "2.5"), ("1,500", "1500"), ("1,500.25", "1500.25"), ("1.500,25", "1500.25"), ("1,500,000", "1500000"),
        ("0,500", "0.5"), (" 12 % ", "12"), ("\u22123", "-3"), ("+4", "4"), (".5", "0.5"), ("1 000", "1000"),
        ("", None), ("NaN", None), ("1e5", None), ("1/2", None), ("1,2,3", None), ("Infinity", None), ("9" * 500, "9" * 40),
    ],
)  # fmt: skip
def test_a_number_is_read_as_people_write_it(text: str, number: str | None) -> None:
    assert number_of(text, "%") == (None if number is None else Decimal(number))


def test_another_key_changes_what_is_right_and_nothing_else() -> None:
    question = item("multiple", options=OPTIONS)
    changed = with_key(question, {"places": [2]})
    assert key_of(changed) == {"places": [2]}
    assert is_right(changed, [2])
    assert not is_right(changed, [0, 1])
    assert with_key(changed, key_of(question)) == question
