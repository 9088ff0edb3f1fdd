"""How figures and days are said to people, the same everywhere."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip

WOULD_COUNT = {"yes": "Yes", "partly": "Partly", "no": "No", "not_known": "Not known"}
"""Whether a course would count, in a word."""


def plain_hours(value: Decimal) -> str:
    """Hours without trailing zeros, at most two places: 17.5."""
    return f"{value.quantize(Decimal('0.01')).normalize():f}"


def ce_hours(value: Decimal) -> str:
    """CE hours with their unit: 1 CE hour, 24 CE hours."""
    return counted(value, "CE hour")


def counted(number: Decimal | int, one: str, many: str = "") -> str:
    """A number with its word, as `one` or as `many` (that with an s, unless told): 1 question, 1,200 words, 1.25 hours."""
    said = plain_hours(number) if isinstance(number, Decimal) else f"{number:,}"
    return f"{said} {one if number == 1 else many or one + 's'}"


def day_in_words(value: date) -> str:
    """A day with its month in words: 28 February 2027."""
    return f"{value.day} {MONTHS[value.month - 1]} {value.year}"


def partial_day(text: str | None) -> str:
    """A date of which the day or the month may not be known, in words: 2024-03 becomes March 2024."""
    if not text:
        return ""
    parts = text.split("-")
    words = [parts[0]]
    if len(parts) > 1:
        words.insert(0, MONTHS[int(parts[1]) - 1])
    if len(parts) > 2:
        words.insert(0, str(int(parts[2])))
    return " ".join(words)


def dollars(cents: int) -> str:
    """A sum of money: $0, $49, $49.50, $1,200."""
    whole, rest = divmod(abs(cents), 100)
    sign = "-" if cents < 0 else ""
    return f"{sign}${whole:,}" + (f".{rest:02d}" if rest else "")


def time_in_words(minutes: int) -> str:
    """Time as a person says it: 45 minutes, 1 hour, 7 h 30 min."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{rest} minute{'' if rest == 1 else 's'}"
    return f"{hours} h {rest} min" if rest else f"{hours} hour{'' if hours == 1 else 's'}"


def listed(parts: Iterable[object]) -> str:
    """Parts as a list in a sentence: a, b and c."""
    *first, last = [str(part) for part in parts] or [""]
    return f"{', '.join(first)} and {last}" if first else last


# How well a rule is known, shortly; the same words stand in tables, on maps and in files.
KNOWN = {"high": "read in the rule", "medium": "summaries agree", "low": "one summary"}
# What kind of page something was read on.
SOURCE_KINDS = {
    "regulation": "The rule's own text",
    "statute": "A statute",
    "board_page": "The board's page",
    "summary": "A summary by someone else",
}
