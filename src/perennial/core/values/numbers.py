"""Which exact numbers can be written out: a few signs such as 1e-999999999 would take as many digits as no page holds."""

from decimal import Decimal

MOST_PLACES = 20  # before the point, and after it


def is_short(value: Decimal) -> bool:
    """Whether the number has at most 20 digits before the point and 20 after it; nothing that is no number has."""
    exponent = value.as_tuple().exponent
    if not isinstance(exponent, int) or not -MOST_PLACES <= exponent < MOST_PLACES:
        return False
    return not value or value.adjusted() < MOST_PLACES
