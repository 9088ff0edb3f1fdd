"""Finds hours, the length of an hour, and prices in text."""

import re
from dataclasses import dataclass
from decimal import Decimal

_NUMBER = r"(?P<n>\d{1,3}(?:[.,]\d{1,2})?)"
_UNIT = r"(?:c\.?\s?e\.?s?\b|contact|clock|continuing\s+education|credit|training|ethics|homestudy)"
_HOURS = (
    re.compile(
        rf"{_NUMBER}\s*-?\s*{_UNIT}(?:\s*-?\s*(?:contact|clock|credit|ed(?:ucation)?))?\s*-?\s*(?:hours?|hrs?|credits?|units?)\b", re.I
    ),
    re.compile(rf"(?:{_UNIT}\s*){{1,3}}(?:hours?|hrs?|credits?|units?)?\s*(?:offered|available|earned)?\s*[:=]\s*{_NUMBER}\b", re.I),
    re.compile(rf"{_NUMBER}\s*-?\s*(?:CEs|CEHs?|CE)\b", re.I),
    re.compile(rf"\b(?:hours?|credits?)\s*[:=]\s*{_NUMBER}\b", re.I),
    re.compile(rf"{_NUMBER}\s*-?\s*(?:hours?|hrs?|credits?)\b", re.I),
)
_CEU = re.compile(rf"{_NUMBER}\s*(?:IACET\s*)?CEUs?\b", re.I)
_LENGTH = re.compile(r"\b(50|55|60)\s*-?\s*min(?:ute)?s?\s*(?:hours?|=|are|equals?|per|of instruction)|=\s*(50|55|60)\s*min", re.I)
_MONEY = re.compile(
    r"(?:US\s?)?\$\s?(?P<a>\d{1,3}(?:,\d{3})+|\d{1,5})(?P<ac>\.\d\d)?|\b(?P<b>\d{1,5})(?P<bc>\.\d\d)?\s?(?:USD|dollars)\b", re.I
)
_FREE = re.compile(
    r"\b(?:free of charge|at no (?:cost|charge)|no (?:cost|charge|fee)|(?:price|cost|fee|tuition)\s*:?\s*(?:is\s+)?free|free)\b", re.I
)
_NOT_FREE = re.compile(r"(?:-|\bsmoke |\bdrug |\btoll |\bfeel )free|\bfree (?:parking|lunch|shipping|to )", re.I)
_OTHER_PRICE = re.compile(r"\bmembers?\b|student|early|each additional|save|discount|was\b", re.I)
_ALL_COMERS = re.compile(r"non-?\s?members?|regular|general|standard|public", re.I)
IACET_HOURS = 10


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that a text names, the words that named it, and what is to be said about it."""

    value: Decimal
    words: str
    remark: str = ""


def hours_in(text: str) -> Figure | None:
    """The hours of credit that a text names; the surest wording wins, then the first."""
    ceu = _CEU.search(text)
    if ceu is not None:
        value = _number(ceu["n"])
        if value < 1:
            return Figure(value * IACET_HOURS, ceu.group(), "One CEU is ten hours, so this was read as ten times the figure.")
        return Figure(value, ceu.group(), "The text says CEUs and seems to mean hours. Look at the program.")
    for form in _HOURS:
        for match in form.finditer(text):
            if 0 < _number(match["n"]) <= 200:
                return Figure(_number(match["n"]), match.group())
    return None


def hour_length_in(text: str) -> Figure | None:
    """How many minutes the text's hours have, where it says so."""
    match = _LENGTH.search(text)
    return Figure(Decimal(match[1] or match[2]), match.group()) if match else None


def price_in(text: str) -> Figure | None:
    """The price in dollars: that for all comers where several are named; 0 where the text says that it is free."""
    found = [(m, Decimal((m["a"] or m["b"]).replace(",", "") + (m["ac"] or m["bc"] or ""))) for m in _MONEY.finditer(text)]
    if not found:
        free = next((m for m in _FREE.finditer(text) if not _NOT_FREE.search(text[max(0, m.start() - 6) : m.end() + 10])), None)
        return Figure(Decimal(0), free.group()) if free else None
    ends = [0, *(match.end() for match, _ in found)]
    ranked = [
        (_standing(text, before, match), -place, match, value)
        for place, (before, (match, value)) in enumerate(zip(ends, found, strict=False))
    ]
    _, _, match, value = max(ranked, key=lambda one: one[:2])
    others = sorted({price for _, price in found} - {value})
    remark = f"The text also names {', '.join(f'${price}' for price in others[:4])}. Enter what you would pay." if others else ""
    return Figure(value, match.group(), remark)


def _standing(text: str, before: int, match: re.Match[str]) -> int:
    """How likely a price is the one for all comers, by the words before it on its line, else by those right after it."""
    line = max(text.rfind("\n", 0, match.start()) + 1, before, match.start() - 40)
    after = re.match(r"[^$,;\n]{0,24}", text[match.end() :])
    for words in (re.split(r"[,;)]", text[line : match.start()])[-1], after.group() if after else ""):
        if _ALL_COMERS.search(words):
            return 2
        if _OTHER_PRICE.search(words):
            return 0
    return 1


def _number(text: str) -> Decimal:
    return Decimal(text.replace(",", "."))
