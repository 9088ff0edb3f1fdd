"""How figures are said to people."""

from decimal import Decimal

import pytest

from perennial.core.values.words import ce_hours, counted


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (1, "1 hour"),
        (Decimal("1.00"), "1 hour"),
        (Decimal("1.25"), "1.25 hours"),
        (Decimal("0.5"), "0.5 hours"),
        (0, "0 hours"),
        (1200, "1,200 hours"),
    ],
)
def test_one_is_said_otherwise_than_many(number: Decimal | int, said: str) -> None:
    assert counted(number, "hour") == said


def test_a_word_may_have_a_plural_of_its_own() -> None:
    assert (counted(1, "person", "people"), counted(5, "person", "people")) == ("1 person", "5 people")
    assert ce_hours(Decimal(1)) == "1 CE hour"
