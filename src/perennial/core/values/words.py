"""How figures and days are said to people, the same everywhere."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def plain_hours(value: Decimal) -> str:
    """Hours without trailing zeros, at most two places: 17.5."""
    return f"{value.quantize(Decimal('0.01')).normalize():f}"


def ce_hours(value: Decimal) -> str:
    """CE hours with their unit: 1 CE hour, 24 CE hours."""
    return f"{plain_hours(value)} CE {'hour' if value == 1 else 'hours'}"


def day_in_words(value: date) -> str:
    """A day with its month in words: 28 February 2027."""
    return f"{value.day} {MONTHS[value.month - 1]} {value.year}"


def dollars(cents: int) -> str:
    """A sum of money: $0, $49, $49.50, $1,200."""
    whole, rest = divmod(abs(cents), 100)
    sign = "-" if cents < 0 else ""
    return f"{sign}${whole:,}" + (f".{rest:02d}" if rest else "")


def listed(parts: Iterable[object]) -> str:
    """Parts as a list in a sentence: a, b and c."""
    *first, last = [str(part) for part in parts] or [""]
    return f"{', '.join(first)} and {last}" if first else last
