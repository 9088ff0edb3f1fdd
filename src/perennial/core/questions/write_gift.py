"""Write items as GIFT. What GIFT has no place for is said by reading the file back: see `write`."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from perennial.core.courses import Item
from perennial.core.questions.gift import FORMAT, SIGNS, WEIGHT
from perennial.core.questions.numbers import written
from perennial.core.questions.plain import TAG

KINDS = ("single", "multiple", "true_false", "matching", "numeric", "reflection")
SIGN = re.compile(f"[{re.escape(SIGNS.replace('n', ''))}]")


def gift_of(items: Sequence[Item]) -> bytes:
    """The items that GIFT can hold, one block each; their ids, objectives and sections stand in comments, as Moodle writes them."""
    return "\n\n".join(_block(item) for item in items if item.kind in KINDS).encode() + b"\n"


def _escaped(text: str) -> str:
    """The text with every sign that means something in GIFT escaped, line ends too."""
    return SIGN.sub(lambda sign: f"\\{sign[0]}", text.strip()).replace("\n", "\\n")


def _text(text: str) -> str:
    """The same, said to be plain where it would be read as marked up or as a weight."""
    escaped = _escaped(text)
    return f"[plain]{escaped}" if TAG.search(text) or FORMAT.match(text) or WEIGHT.match(text) else escaped


def _block(item: Item) -> str:
    units = [f"unit:{item.numeric.unit}"] if item.numeric and item.numeric.unit else []
    labels = [f"[id:{item.id}]", *(f"[tag:{tag}]" for tag in (*tags_of(item), *units))]
    return f"// {' '.join(labels)}\n::{_escaped(item.id)}::[plain]{_escaped(item.stem)} {{{''.join(_inside(item))}}}"


def tags_of(item: Item) -> Iterator[str]:
    """What only our own reader understands, as tags."""
    if item.objective:
        yield f"objective:{item.objective}"
    if item.section:
        yield f"section:{item.section}"
    if item.pretest:
        yield "pretest"


def _inside(item: Item) -> Iterator[str]:
    """What stands between the braces."""
    if item.kind == "true_false":
        yield _truth(item)
        return
    if item.kind in {"single", "multiple"}:
        yield from _options(item)
    elif item.kind == "matching":
        for pair in item.pairs:
            yield f"\n\t={_text(pair.left)} -> {_escaped(pair.right)}"
    elif item.kind == "numeric" and item.numeric:
        around = f":{written(item.numeric.tolerance)}" if item.numeric.tolerance else ""
        yield f"#\n\t={written(item.numeric.value)}{around}"
    general = f"\n\t####{_text(item.rationale)}" if item.rationale else ""
    yield f"{general}\n" if general or item.kind != "reflection" else ""


def _options(item: Item) -> Iterator[str]:
    right = sum(option.correct for option in item.options)
    share = (Decimal(100) / max(right, 1)).quantize(Decimal("0.00001"))
    for option in item.options:
        mark = "=" if option.correct else "~"
        if item.kind == "multiple":
            mark = f"~%{written(share)}%" if option.correct else "~%-100%"
        comment = f"#{_text(option.rationale)}" if option.rationale else ""
        yield f"\n\t{mark}{_text(option.text)}{comment}"


def _truth(item: Item) -> str:
    """The word, then the comment for who was wrong, then that for who was right."""
    right = next((option for option in item.options if option.correct), item.options[0])
    wrong = next((option for option in item.options if not option.correct), item.options[-1])
    word = "FALSE" if right.text.casefold() == "false" else "TRUE"
    if right.rationale:
        return f"{word}#{_text(wrong.rationale)}#{_text(right.rationale)}"
    return f"{word}#{_text(wrong.rationale)}" if wrong.rationale else word
