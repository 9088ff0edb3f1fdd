"""Numbers that can be written out."""

from decimal import Decimal

import pytest

from perennial.core.values.numbers import is_short


@pytest.mark.parametrize("number", ["0", "2.5", "-1e12", "0.00", "1E+3", "12345678901234567890", "0.12345678901234567890"])
def test_what_people_write_is_short(number: str) -> None:
    assert is_short(Decimal(number))


@pytest.mark.parametrize("number", ["1e-999999999", "0e-999999999", "0e999999", "1e999999", "1e20", "NaN", "-Infinity", "sNaN"])
def test_what_fills_the_memory_is_not(number: str) -> None:
    assert not is_short(Decimal(number))
