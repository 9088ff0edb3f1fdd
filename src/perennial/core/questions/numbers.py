"""Numbers as people type them into questions."""

import re
from decimal import Decimal

MOST_PERCENT = Decimal(100_000)
THOUSANDS = re.compile(r"[-+]?\d{1,3}(?:,\d{3})+(?:\.\d+)?")
PLAIN = re.compile(r"[-+]?(?:\d{1,20}(?:[.,]\d{0,20})?|[.,]\d{1,20})(?:[eE][-+]?\d{1,2})?")


def number(text: str) -> Decimal | None:
    """The number that the text is as a whole, else nothing: 1822, -3.14, 1e3, 2,5 (a decimal comma), 1,250 (a thousand and more)."""
    text = text.strip().replace("\u2212", "-")
    if THOUSANDS.fullmatch(text):
        return Decimal(text.replace(",", ""))
    if PLAIN.fullmatch(text):
        return Decimal(text.replace(",", "."))
    return None


def written(value: Decimal) -> str:
    """A number without zeros at its end, never with an exponent: 0.5, 1200."""
    return f"{value.normalize():f}" if value else "0"


def percent(mark: Decimal, whole: Decimal) -> Decimal:
    """The mark as a share of the whole (not 0) in percent, to two places; no further from 0 than a thousand times the whole."""
    return max(min(mark / whole * 100, MOST_PERCENT), -MOST_PERCENT).quantize(Decimal("0.01"))


def middle(low: Decimal, high: Decimal) -> tuple[Decimal, Decimal]:
    """A range as a value and what may be given or taken; exact, because halves of decimals are decimals."""
    low, high = min(low, high), max(low, high)
    return (low + high) / 2, (high - low) / 2
