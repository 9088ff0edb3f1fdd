"""The vocabulary of QTI 2.1, 2.2 and 3.0 as one: names in small letters with hyphens, without the prefix qti-."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache

from perennial.core.questions.numbers import number
from perennial.core.questions.safe_xml import Element, escaped, name_of

STANDARD = re.compile(r"(?:match_correct|map_response|cc2_match|cc2_match_basic|cc2_map_response)(?:\.xml)?$", re.IGNORECASE)
LINES = frozenset(
    ["prompt", "rubric-block", "template-block", "content-body", "div", "stimulus", "feedback-block", "assessment-stimulus-ref"]
)


@lru_cache(maxsize=4096)
def _hyphened(tag: str) -> str:
    """Files repeat few tags many times."""
    name = tag.rpartition("}")[2].removeprefix("qti-")
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", name).lower()


def part(element: Element) -> str:
    """The name of an element, the same in every version: assessment-item, simple-choice."""
    return _hyphened(element.tag)


def attribute(element: Element, name: str, standard: str = "") -> str:
    """An attribute by its name with hyphens, in either spelling."""
    value = element.get(name)
    if value is None:
        head, *rest = name.split("-")
        value = element.get(head + "".join(word.capitalize() for word in rest))
    return standard if value is None else value.strip()


def parts(element: Element, *names: str) -> list[Element]:
    """Elements of these names at any depth."""
    return [found for found in element.iter() if _hyphened(found.tag) in names]


def direct(element: Element, *names: str) -> list[Element]:
    """Elements of these names directly inside."""
    return [found for found in element if part(found) in names]


def interactions(body: Element) -> list[Element]:
    """Everything in the body that is answered."""
    return [found for found in body.iter() if part(found).endswith("-interaction")]


def source(element: Element, instead: Callable[[Element], str | None]) -> str:
    """What is inside as HTML, QTI's own blocks as `div`; where `instead` gives a text, that stands for the element."""
    pieces = [escaped(element.text)]
    for one in element:
        text = instead(one)
        pieces.append(_element(one, instead) if text is None else text)
        pieces.append(escaped(one.tail))
    return "".join(pieces)


def _element(element: Element, instead: Callable[[Element], str | None]) -> str:
    name = name_of(element)
    own = name.startswith("qti-") or part(element) in LINES
    tag = "div" if own and part(element) in LINES else "span" if own else name
    attributes = "".join(f' {str(key).rpartition("}")[2]}="{escaped(str(value), quote=True)}"' for key, value in element.attrib.items())
    return f"<{tag}{attributes}>{source(element, instead)}</{tag}>"


def nothing(_: Element) -> str | None:
    """No element is replaced."""
    return None


@dataclass(frozen=True, slots=True)
class Key:
    """What an item says of the answers to one interaction: values that are right, and marks by value."""

    cardinality: str = "single"
    base: str = "identifier"
    right: tuple[str, ...] = ()
    marks: dict[str, Decimal] = field(default_factory=dict)
    mapped: bool = False


def key_of(item: Element, identifier: str) -> Key:
    """The key of the response with this identifier; an empty one where nothing declares it."""
    for declaration in direct(item, "response-declaration"):
        if attribute(declaration, "identifier") == identifier:
            right = tuple(_values(declaration))
            marks = {
                " ".join(attribute(entry, "map-key").split()): number(attribute(entry, "mapped-value")) or Decimal(0)
                for entry in parts(declaration, "map-entry")
            }
            cardinality, base = attribute(declaration, "cardinality", "single"), attribute(declaration, "base-type", "identifier")
            return Key(cardinality, base, right, marks, mapped=_mapped(item))
    return Key()


def _values(declaration: Element) -> Iterator[str]:
    for correct in direct(declaration, "correct-response"):
        for value in direct(correct, "value"):
            yield " ".join("".join(map(str, value.itertext())).split())


def _mapped(item: Element) -> bool:
    """Whether marks by value are what counts."""
    for processing in direct(item, "response-processing"):
        template = attribute(processing, "template")
        return "map_response" in template.lower() or bool(parts(processing, "map-response"))
    return False


def scores_by_itself(item: Element) -> bool:
    """Whether the item has a program of its own that marks answers otherwise than by its key."""
    for processing in direct(item, "response-processing"):
        if STANDARD.search(attribute(processing, "template")):
            return False
        own = {"member", "contains", "string-match", "pattern-match", "custom-operator", "lt", "gt", "lte", "gte", "inside", "random"}
        if any(part(found) in own for found in processing.iter()):
            return True
        return any(parts(match, "base-value") for match in parts(processing, "match"))
    return False


def tolerance_of(item: Element) -> Decimal:
    """What an `equal` of the item's own program lets be given or taken, where it is the same on both sides."""
    for equal in parts(item, "equal"):
        if attribute(equal, "tolerance-mode") == "absolute":
            ends = {number(end) for end in attribute(equal, "tolerance").split()}
            if len(ends) == 1 and (end := ends.pop()) is not None:
                return abs(end)
    return Decimal(0)
