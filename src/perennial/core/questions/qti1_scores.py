"""What the items of QTI 1.2 say of answers: conditions with marks and comments, told apart from programs that only a player runs."""

from dataclasses import dataclass, field
from decimal import Decimal

from perennial.core.questions.found import RIGHT, WRONG, Marked
from perennial.core.questions.numbers import middle, number, percent
from perennial.core.questions.plain import joined
from perennial.core.questions.safe_xml import Element, child, children, name_of, text_of, within

HIGH, LOW = ("vargte", "vargt"), ("varlte", "varlt")


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition: the answers that it asks for and those that it forbids, as (response, value); its marks; comments it shows."""

    wanted: tuple[tuple[str, str], ...]
    forbidden: tuple[tuple[str, str], ...]
    marks: Decimal | None
    shows: tuple[str, ...]
    element: Element = field(repr=False)


def conditions(item: Element) -> list[Condition]:
    """The conditions of an item, in order."""
    return [_condition(one) for one in within(item, "respcondition")]


def _condition(element: Element) -> Condition:
    wanted, forbidden = list[tuple[str, str]](), list[tuple[str, str]]()
    for one in within(element, "varequal"):
        denied = any(name_of(above) == "not" for above in one.iterancestors())
        (forbidden if denied else wanted).append((one.get("respident") or "", text_of(one).strip()))
    marks = [number(text_of(one)) for one in children(element, "setvar")]
    shows = tuple(one.get("linkrefid") or "" for one in children(element, "displayfeedback"))
    given = next((mark for mark in reversed(marks) if mark is not None), None)
    return Condition(tuple(wanted), tuple(forbidden), given, shows, element)


def shares(said: list[Condition], identifiers: list[str], *, several: bool) -> list[Decimal]:
    """The share of the marks that each answer brings, in percent."""
    good = [one for one in said if one.marks is not None and one.marks > 0 and one.wanted]
    whole = [one for one in good if len(one.wanted) > 1 or one.forbidden]
    if several and (whole or len(good) == 1):
        best = max(whole or good, key=lambda one: one.marks or WRONG)
        right = {value for _, value in best.wanted}
        return [RIGHT if identifier in right else WRONG for identifier in identifiers]
    marks = dict[str, Decimal]()
    for one in said:
        for _, value in one.wanted if one.marks is not None else ():
            marks[value] = max(marks.get(value, one.marks or WRONG), one.marks or WRONG)
    positive = [mark for mark in marks.values() if mark > 0]
    total = sum(positive) if several else max(positive, default=WRONG)
    return [percent(marks.get(one, WRONG), Decimal(total)) if total else WRONG for one in identifiers]


def figure(condition: Condition) -> tuple[Decimal, Decimal] | None:
    """The number that a condition accepts and what may be given or taken; nothing where it names none."""
    low = [number(text_of(one)) for one in within(condition.element, *HIGH)]
    high = [number(text_of(one)) for one in within(condition.element, *LOW)]
    if low and high and low[0] is not None and high[0] is not None:
        return middle(low[0], high[0])
    exact = [number(value) for _, value in condition.wanted]
    return (exact[0], Decimal(0)) if exact and exact[0] is not None else None


def open_ends(condition: Condition) -> list[str]:
    """The ends of a range that do not belong to it."""
    return [text_of(one).strip() for one in within(condition.element, "vargt", "varlt")]


def parts_of(condition: Condition) -> list[str]:
    """Words that an answer has to hold, not to be."""
    return [
        text_of(one).strip()
        for one in within(condition.element, "varsubstring")
        if not any(name_of(a) == "not" for a in one.iterancestors())
    ]


def feedback(item: Element) -> dict[str, Marked]:
    """The comments of an item by their identifiers."""
    return {one.get("ident") or "": material(one) for one in within(item, "itemfeedback")}


def material(element: Element) -> Marked:
    """All words of the material inside, with pictures and media by their files."""
    return joined(*(_text(one) for one in within(element, "mattext", "matimage", "matvideo", "mataudio", "matemtext", "matbreak")))


def _text(element: Element) -> Marked:
    name = name_of(element)
    if name in {"matimage", "matvideo", "mataudio"}:
        tag = {"matimage": "img", "matvideo": "video", "mataudio": "audio"}[name]
        return Marked(f'<{tag} src="{(element.get("uri") or "").replace(chr(34), "")}">', "html")
    html = "html" in (element.get("texttype") or "") or len(children(element)) > 0
    if not html:
        return Marked(text_of(element).strip(), "auto")
    return Marked(_source(element), "html")


def _source(element: Element) -> str:
    """HTML, whether it stands there as text or as elements."""
    pieces = [element.text or ""]
    for one in element:
        source = "".join(f' {key!s}="{value!s}"' for key, value in one.attrib.items() if '"' not in str(value))
        pieces.append(f"<{name_of(one)}{source}>{_source(one)}</{name_of(one)}>")
        pieces.append(one.tail or "")
    return "".join(pieces)


def label(item: Element, *names: str) -> str:
    """The first metadata entry under one of these labels."""
    for one in within(item, "qtimetadatafield"):
        if text_of(child(one, "fieldlabel")).strip() in names:
            return text_of(child(one, "fieldentry")).strip()
    return ""
