"""Whether an answer is right. An answer is kept as a list, whose meaning follows from the kind of its question.

Chosen options: their places in the bank. Matching: for each left side the place of the pair whose right side was given.
Ordering: for each step of the bank the position that it was given, from 1. A number or a reflection: the text as written.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from typing import Any

from perennial.core.courses import Item, Numeric

CHOSEN = frozenset({"single", "multiple", "true_false"})
EVERYONE: Mapping[str, Any] = {"everyone": True}  # a key under which every answer counts, and no answer too
DIGITS = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)")
LONGEST_NUMBER = 40


def is_right(item: Item, given: Sequence[Any] | None) -> bool:
    """Whether the answer is wholly right; none is not. A reflection is neither, and counts as not right."""
    if item.kind in CHOSEN:
        return set(given or ()) == {place for place, option in enumerate(item.options) if option.correct}
    if not given:
        return False
    if item.kind == "matching":
        rights = [pair.right for pair in item.pairs if pair.left]
        return [item.pairs[place].right if place is not None else None for place in given] == rights
    if item.kind == "ordering":
        return list(given) == list(range(1, len(item.steps) + 1))
    if item.kind == "numeric" and item.numeric:
        number = number_of(str(given[0]), item.numeric.unit)
        return number is not None and abs(number - item.numeric.value) <= item.numeric.tolerance
    return False


def number_of(text: str, unit: str = "") -> Decimal | None:
    """The number that a person wrote, with the unit or without; nothing where it is none.

    Where points and commas both stand, the last of them is the decimal sign. A comma alone is one too (2,5), unless it
    groups thousands as in 1,500 or 1,500,000. So 1,500 is read as fifteen hundred.
    """
    text = re.sub(r"[\s\u00a0\u2009\u202f'_]", "", text[:LONGEST_NUMBER]).replace("\u2212", "-")
    ending = re.sub(r"\s", "", unit)
    if ending and text.casefold().endswith(ending.casefold()):
        text = text[: -len(ending)]
    if text.rfind(",") > text.rfind(".") >= 0:
        text = text.replace(".", "").replace(",", ".")
    elif "." in text or re.fullmatch(r"[+-]?[1-9]\d{0,2}(?:,\d{3})+", text):
        text = text.replace(",", "")
    else:
        text = text.replace(",", ".", 1)
    try:
        return Decimal(text) if DIGITS.fullmatch(text) else None
    except InvalidOperation:
        return None


def key_of(item: Item) -> dict[str, Any]:
    """What is right, as JSON holds it: places, a number with its tolerance, or nothing for kinds whose key stands in the question."""
    if item.kind in CHOSEN:
        return {"places": [place for place, option in enumerate(item.options) if option.correct]}
    if item.numeric:
        return {"value": format(item.numeric.value, "f"), "tolerance": format(item.numeric.tolerance, "f")}
    return {}


def with_key(item: Item, key: Mapping[str, Any]) -> Item:
    """The question under another key. Under `EVERYONE`, and for kinds without a key of their own, it stays as it was."""
    if "places" in key:
        return replace(item, options=tuple(replace(option, correct=place in key["places"]) for place, option in enumerate(item.options)))
    if "value" in key and item.numeric:
        return replace(item, numeric=Numeric(Decimal(key["value"]), Decimal(key["tolerance"]), item.numeric.unit))
    return item
