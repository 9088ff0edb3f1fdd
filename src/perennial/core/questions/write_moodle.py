"""Write items as Moodle XML. What it has no place for is said by reading the file back: see `write`."""

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from perennial.core.courses import Item
from perennial.core.questions.build import shortened
from perennial.core.questions.decode import UNWRITABLE
from perennial.core.questions.numbers import written
from perennial.core.questions.safe_xml import Element
from perennial.core.questions.write_gift import tags_of
from perennial.core.values.late import late

if TYPE_CHECKING:
    from lxml import etree
else:
    etree = late("lxml.etree")

TYPES = {
    "single": "multichoice",
    "multiple": "multichoice",
    "true_false": "truefalse",
    "matching": "matching",
    "ordering": "ordering",
    "numeric": "numerical",
    "reflection": "essay",
}


def moodle_of(items: Sequence[Item]) -> bytes:
    """A quiz of all items, as plain text; `ordering` is a type that Moodle has since 4.4."""
    quiz = etree.Element("quiz")
    for item in items:
        _question(quiz, item)
    etree.indent(quiz)
    return bytes(etree.tostring(quiz, xml_declaration=True, encoding="UTF-8"))


def _add(parent: Element, name: str, text: str = "", **attributes: str) -> Element:
    element = etree.SubElement(parent, name, attributes)
    if text:
        element.text = UNWRITABLE.sub("", text)
    return element


def _said(parent: Element, name: str, text: str) -> Element:
    """An element with its words in `text`, as Moodle has them."""
    element = _add(parent, name, format="plain_text")
    _add(element, "text", text)
    return element


def _question(quiz: Element, item: Item) -> None:
    question = _add(quiz, "question", type=TYPES[item.kind])
    _add(_add(question, "name"), "text", shortened(item.stem, 80))
    _said(question, "questiontext", item.stem)
    if item.rationale:
        _said(question, "generalfeedback", item.rationale)
    _add(question, "idnumber", item.id)
    _answers(question, item)
    tags = list(tags_of(item))
    if tags:
        inside = _add(question, "tags")
        for tag in tags:
            _add(_add(inside, "tag"), "text", tag)


def _answers(question: Element, item: Item) -> None:
    """The answers, as each type has them."""
    if item.kind in {"single", "multiple"}:
        _add(question, "single", "true" if item.kind == "single" else "false")
    right = sum(option.correct for option in item.options) if item.kind == "multiple" else 1
    for option in item.options:
        share = (Decimal(100) / max(right, 1)).quantize(Decimal("0.00001")) if option.correct else Decimal(-100 if right > 1 else 0)
        _answer(question, option.text.lower() if item.kind == "true_false" else option.text, share, option.rationale)
    for pair in item.pairs:
        _add(_add(_said(question, "subquestion", pair.left), "answer"), "text", pair.right)
    for step in item.steps:
        _answer(question, step, Decimal(1), "")
    if item.numeric:
        _add(_answer(question, written(item.numeric.value), Decimal(100), ""), "tolerance", written(item.numeric.tolerance))
        if item.numeric.unit:
            unit = _add(_add(question, "units"), "unit")
            _add(unit, "multiplier", "1")
            _add(unit, "unit_name", item.numeric.unit)


def _answer(question: Element, text: str, share: Decimal, comment: str) -> Element:
    answer = _said(question, "answer", text)
    answer.set("fraction", written(share))
    if comment:
        _said(answer, "feedback", comment)
    return answer
