"""Finds the CE hours among all amounts that a certificate names: in all, in part, in minutes, in CEUs."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from perennial.core.proofs.found import Place, Reading, Sure
from perennial.core.proofs.lines import Document

ONES = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
SPELLED = {**{word: number for number, word in enumerate(ONES.split(), start=1)}, "twenty": 20, "thirty": 30, "forty": 40}
NUMBER = (
    rf"(?<![\d.,/#$-])(?:(?:(?P<word>\b(?:{'|'.join(SPELLED)})\b)(?P<half>(?:\s+|"
    rf"-)and\s+(?:a|one)[ -]half)?\s*(?:\((?P<paren>\d{{1,3}}(?:\.\d{{1,2}})?)\)?)?)|\(?(?P<digits>\d{{1,3}}(?:\.\d{{1,2}})?|"
    rf"\.\d{{1,2}})\)?(?:\s*(?P<part>½|¼|¾))?)"
)
BETWEEN = (
    r"[\s-]*(?P<kind>(?:(?!minutes?\b|CEUs?\b|and\b|or\b|to\b|at\b|plus\b|the\b|hours?\b|credits?\b)[A-Za-z()/&'.]{2,}"
    r"[\s-]+(?:and\s+(?:legal|"
    r"ethics|law)\s+)?){0,5}?)"
)
UNIT = (
    r"(?P<unit>CEUs?\b|continuing[ -]education[ -]units?\b|minutes?\b|mins?\b|hours?\b|hrs?\b|"
    r"hour\(s\)|credits?\b|credit\(s\)|CEHs?\b|CECs?\b|CEs\b|CE\b(?=\s*(?:$|\n|[.,;)])))"
)
AMOUNT = re.compile(NUMBER + BETWEEN + UNIT + r"(?=(?P<after>[^\n.;,]{0,40}))", re.IGNORECASE)
SAID = r"(?:earned|awarded|completed|granted|claimed|received|approved|attended|value|for this (?:course|program|activity)|of credit)"
LABEL = re.compile(
    r"(?P<total>total\s+)?(?:number\s+of\s+|no\.\s+of\s+|#\s*of\s+)?(?P<kind>(?:[A-Za-z/&-]+\s+){0,4}?)"
    rf"(?P<unit>CEUs?|continuing education units?|minutes|hours?(?:\(s\))?|hrs|credits?(?:\(s\))?|"
    rf"CEHs?|CECs?|CEs|CE)(?:\s+(?:hours?|credits?))?(?:\s+{SAID})?\s*(?::|$|(?=\d))",
    re.IGNORECASE,
)
FIRST_NUMBER = re.compile(
    (
        r"\(?(?P<digits>\d{1,3}(?:\.\d{1,2})?|\.\d{1,2})\)?(?!\s*[:/%\d]|(?:st|nd|rd|th)\b)\s*(?P<unit>CEUs?|"
        r"minutes?|mins?)?"
    ),
    re.IGNORECASE,
)
PER_HOUR = re.compile(
    r"(?P<a>50|55|60)[ -]?min(?:ute)?s?[ -]+(?:clock |contact |credit |instructional |CE )*hours?\b"
    r"|(?:\b(?:1|one|each|a|per)\s+)(?:[A-Za-z]+\s+){0,3}?(?:hours?|credits?)\s*(?:=|equals|"
    r"is|represents|consists of|means)\s*(?P<b>50|55|60)\s*min\w*"
    r"|(?P<c>50|55|60)\s*min\w*\s*(?:=|equals?|per|is)\s*(?:1|one|an?|each)?\s*(?:[A-Za-z]+\s+){0,3}?(?:hours?|credits?)",
    re.IGNORECASE,
)
NOT_EARNED = re.compile(
    (
        r"(?:within|every|per|up to|maximum(?: of)?|minimum(?: of)?|at least|requires?|required|"
        r"offers|out of|of the|each|next|past|after|before|provid\w+ (?:a )?total)\s*$"
    ),
    re.IGNORECASE,
)
BEFORE = re.compile(r"([A-Za-z][A-Za-z /&-]{2,30}):\s*$")
TOTAL = re.compile(r"\btotal\b|\ball together\b|\bin all\b", re.IGNORECASE)
FORM_KIND = re.compile(
    (
        r"\blive\b|self[- ]?study|home[- ]?study|asynchronous|synchronous|in[- ]person|online|webinar|"
        r"distance|interactive|recorded|reading"
    ),
    re.IGNORECASE,
)
IACET = re.compile(r"\bIACET\b", re.IGNORECASE)
SIXTY, TEN = Decimal(60), Decimal(10)


class Role(StrEnum):
    """What an amount is: of the whole, of a part of it, or one of a certificate that names several."""

    TOTAL = "total"
    PLAIN = "plain"
    PART = "part"


class Unit(StrEnum):
    """What an amount is counted in."""

    HOURS = "hours"
    MINUTES = "minutes"
    CEU = "ceu"


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount as it stands there; `kind` are the words that say what it is of."""

    number: Decimal
    unit: Unit
    role: Role
    kind: str
    start: int
    end: int

    @property
    def hours(self) -> Decimal:
        """Hours of 60 minutes, where the unit is minutes."""
        return _tidy(self.number / SIXTY) if self.unit == Unit.MINUTES else _tidy(self.number)


def minutes_per_hour(text: str) -> int | None:
    """How many minutes an hour has, where a text says so once and for all."""
    found = {int(match["a"] or match["b"] or match["c"]) for match in PER_HOUR.finditer(text)}
    return found.pop() if len(found) == 1 else None


def amounts(document: Document, topic_words: re.Pattern[str]) -> list[Amount]:
    """All amounts of hours, minutes and CEUs, in the order of the text."""
    blank = PER_HOUR.sub(lambda match: " " * len(match.group()), document.text)
    inline = list(_inline(blank, topic_words))
    spans = [(one.start, one.end) for one in inline]
    labelled = [one for one in _labelled(document, topic_words) if not any(s <= one.start < e for s, e in spans)]
    return sorted((*inline, *labelled), key=lambda one: one.start)


def _inline(text: str, topic_words: re.Pattern[str]) -> Iterator[Amount]:
    for match in AMOUNT.finditer(text):
        number = _number(match)
        before = text[max(0, match.start() - 40) : match.start()].rsplit("\n", 1)[-1]
        label = BEFORE.search(before)
        unit = _unit(match["unit"])
        if not number or NOT_EARNED.search(before) or (re.search(r"[:/]\s*$", before) and re.search(r"\d[:/]\s*$", before)):
            continue
        kind = f"{label[1] if label else ''} {match['kind']} {match['after']}"
        said = f"{label[1] if label else ''} {match['kind']}"
        part = bool(topic_words.search(kind) or FORM_KIND.search(said) or FORM_KIND.match(match["after"].strip(" of(in")))
        total = bool(TOTAL.search(before[-24:]) or TOTAL.search(match["kind"]) or TOTAL.match(match["after"].strip(" (")))
        role = Role.TOTAL if total else Role.PART if part else Role.PLAIN
        yield Amount(number, unit, role, kind, match.start(), match.end("unit"))


def _labelled(document: Document, topic_words: re.Pattern[str]) -> Iterator[Amount]:
    for label in document.labelled(LABEL):
        said, value = LABEL.match(label.said), FIRST_NUMBER.match(label.value)
        if said is None or value is None or re.match(r"(?i).*\b(?:minutes per|before|until|start|end|office|business)\b", label.said):
            continue
        unit = _unit(value["unit"] or said["unit"])
        kind = said["kind"] or ""
        part = bool(topic_words.search(kind) or FORM_KIND.search(kind))
        role = Role.TOTAL if said["total"] else Role.PART if part else Role.PLAIN
        number = Decimal(value["digits"])
        if 0 < number < 1000:
            yield Amount(number, unit, role, kind, label.start, label.start + value.end("digits"))


def _number(match: re.Match[str]) -> Decimal | None:
    digits = match["paren"] or match["digits"]
    if digits:
        return Decimal(digits) + {"½": Decimal("0.5"), "¼": Decimal("0.25"), "¾": Decimal("0.75")}.get(match["part"] or "", Decimal(0))
    return Decimal(SPELLED[match["word"].lower()]) + (Decimal("0.5") if match["half"] else 0)


def _unit(said: str) -> Unit:
    word = said.lower()
    if word.startswith("min"):
        return Unit.MINUTES
    return Unit.CEU if word.startswith("ceu") or "unit" in word else Unit.HOURS


def _tidy(number: Decimal) -> Decimal:
    return number.quantize(Decimal("0.01")).normalize() + 0


def ce_hours(document: Document, found: Sequence[Amount]) -> Reading[Decimal]:
    """The CE hours of the whole; MISSING with a note where the certificate gives several or only CEUs that may mean two things."""
    in_hours = [one for one in found if one.unit == Unit.HOURS]
    for of_role in ([one for one in in_hours if one.role == Role.TOTAL], [one for one in in_hours if one.role == Role.PLAIN]):
        if of_role:
            return _agreed(document, of_role, found)
    ceus = [one for one in found if one.unit == Unit.CEU]
    minutes = [one for one in found if one.unit == Unit.MINUTES and one.role != Role.PART]
    parts = [one for one in in_hours if one.role == Role.PART]
    if parts:
        return _from_parts(document, parts)
    if ceus:
        return _from_ceus(document, ceus)
    if len({one.number for one in minutes}) == 1:
        return Reading[Decimal](
            value=minutes[0].hours, sure=Sure.LIKELY, place=_at(document, minutes[0]), note="Reckoned from minutes, 60 to the hour."
        )
    return Reading[Decimal]()


def _at(document: Document, amount: Amount) -> Place:
    return document.place(amount.start, amount.end)


def _agreed(document: Document, named: Sequence[Amount], found: Sequence[Amount]) -> Reading[Decimal]:
    values = sorted({one.hours for one in named})
    largest = max(named, key=lambda one: one.hours)
    if len(values) == 1:
        return _checked(document, largest, found)
    if sum(values[:-1], Decimal(0)) == values[-1]:
        note = "The other numbers add up to this one."
        return Reading[Decimal](value=values[-1], sure=Sure.LIKELY, place=_at(document, largest), note=note)
    several = ", ".join(f"{value:f}" for value in values)
    note = f"Several numbers of hours stand here: {several}. Choose the one that is yours."
    return Reading[Decimal](place=_at(document, named[0]), note=note)


def _checked(document: Document, amount: Amount, found: Sequence[Amount]) -> Reading[Decimal]:
    value, place = amount.hours, _at(document, amount)
    long = [one for one in found if one.role == Role.PART and one.unit == Unit.HOURS and one.hours > value]
    if long:
        note = f"A part has {long[0].hours:f} hours, more than the {value:f} of the whole. Look which is right."
        return Reading[Decimal](place=place, note=note)
    per_hour = minutes_per_hour(document.text)
    if per_hour and per_hour != 60:
        real = f"{_tidy(value * per_hour / SIXTY):f}"
        note = f"An hour has {per_hour} minutes here: {value:f} of them are {real} hours of 60 minutes."
        return Reading[Decimal](value=value, sure=Sure.LIKELY, place=place, note=note)
    return Reading[Decimal](value=value, sure=Sure.CLEAR, place=place)


def _from_parts(document: Document, parts: Sequence[Amount]) -> Reading[Decimal]:
    if len({one.hours for one in parts}) == 1 and len({one.kind.strip().lower() for one in parts}) == 1:
        return Reading[Decimal](value=parts[0].hours, sure=Sure.LIKELY, place=_at(document, parts[0]))
    if all(FORM_KIND.search(one.kind) for one in parts):
        whole = sum((one.hours for one in parts), Decimal(0))
        return Reading[Decimal](value=whole, sure=Sure.UNSURE, place=_at(document, parts[0]), note="Added up from its parts.")
    return Reading[Decimal](place=_at(document, parts[0]), note="Only hours of parts stand here. Enter those of the whole.")


def _from_ceus(document: Document, ceus: Sequence[Amount]) -> Reading[Decimal]:
    first = ceus[0]
    if len({one.number for one in ceus}) == 1 and IACET.search(document.text):
        note = f"{first.number:f} CEU of IACET, ten hours each."
        return Reading[Decimal](value=_tidy(first.number * TEN), sure=Sure.CLEAR, place=_at(document, first), note=note)
    note = f"It says {first.number:f} CEU. A CEU is ten hours only with IACET, and many write CEU for an hour. Enter the hours."
    return Reading[Decimal](place=_at(document, first), note=note)
