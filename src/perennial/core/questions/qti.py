"""Read items of QTI 2.1, 2.2 and 3.0 that have one interaction with a key that can be told from its declaration."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal

from perennial.core.questions.found import NOTHING, RIGHT, WRONG, Answer, Aside, Figure, Found, Marked, Read, Unreadable
from perennial.core.questions.numbers import number, percent
from perennial.core.questions.plain import joined, plain
from perennial.core.questions.qti_parts import (
    Key,
    attribute,
    direct,
    interactions,
    key_of,
    nothing,
    part,
    parts,
    scores_by_itself,
    source,
    tolerance_of,
)
from perennial.core.questions.safe_xml import Element, parsed

GAP = "_____"
INLINE = ("inline-choice-interaction", "text-entry-interaction")
NOT_ANSWERED = ("media-interaction", "end-attempt-interaction")
FOR_WRONG = re.compile(r"incorrect|wrong|false|hint|not[-_ ]?correct", re.IGNORECASE)
NAMES = {
    "associate-interaction": "by joining things to pairs in any order",
    "gap-match-interaction": "by dragging words into gaps",
    "graphic-gap-match-interaction": "by dragging onto a picture",
    "hotspot-interaction": "on a picture",
    "select-point-interaction": "on a picture",
    "graphic-order-interaction": "on a picture",
    "graphic-associate-interaction": "on a picture",
    "position-object-interaction": "on a picture",
    "position-object-stage": "on a picture",
    "hottext-interaction": "by choosing words in a text",
    "drawing-interaction": "by drawing",
    "upload-interaction": "with a file",
    "custom-interaction": "by a program of its own",
    "portable-custom-interaction": "by a program of its own",
}
AGAIN = "Write it anew as a question of the kinds that there are."
TOOL = "Perennial"
ANSWER_LINE = "answer-line"
"""In files of ours: the tool that they name, and the class of the line with the field to type into."""


def read_qti(data: bytes, file: str) -> Read:
    """The items of a QTI 2 or 3 file. Raises Unreadable where it holds none."""
    root, asides = parsed(data, file)
    items = parts(root, "assessment-item")
    if not items:
        what = "is a test that names its items in other files" if part(root) == "assessment-test" else "holds no QTI item"
        raise Unreadable(file, what, "Choose the ZIP that has the items in it.")
    yield from asides
    for item in items:
        yield read_item(item, file if len(items) == 1 else f"{file}, line {item.sourceline}")


def read_item(item: Element, where: str) -> Found | Aside:
    """One item, or why it is none of ours."""
    title = attribute(item, "title") or attribute(item, "identifier") or "an item"
    said = f"'{title[:60]}'"
    if attribute(item, "adaptive").lower() == "true":
        return Aside(where, f"{said} changes with the answers given (adaptive)", AGAIN)
    present = frozenset(part(one) for one in item.iter())
    if "template-declaration" in present or "template-processing" in present:
        return Aside(where, f"{said} draws its content at random (template)", AGAIN)
    bodies = direct(item, "item-body")
    asked = [one for one in interactions(bodies[0]) if part(one) not in NOT_ANSWERED] if bodies else []
    if len(asked) != 1:
        what = f"has {len(asked)} answers to give in one item" if asked else "has nothing to answer"
        return Aside(where, f"{said} {what}", "Make one question of each." if asked else "Put it into a section.")
    kind = part(asked[0])
    if kind not in READERS:
        return Aside(where, f"{said} is answered {NAMES.get(kind, 'in a way that there is not here')} ({kind})", AGAIN)
    found = _common(item, bodies[0], where, present)
    return READERS[kind](found, item, asked[0], key_of(item, attribute(asked[0], "response-identifier")))


def _common(item: Element, body: Element, where: str, present: frozenset[str]) -> Found:
    """What all kinds have: the words of the item, its comments, and what is left out."""
    own = attribute(item, "tool-name") == TOOL
    labels = tuple(filter(None, attribute(item, "label").split(";"))) if own else ()
    name = attribute(item, "identifier").removeprefix("_")
    stem = Marked(source(body, _asked_in_ours if own else _asked), "html")
    notes = [] if own or not scores_by_itself(item) else ["is marked by a program of its own; here the answer that it calls correct counts"]
    for what, names in LEFT_OUT.items():
        notes += [f"{what} left out"] if present.intersection(names) and not own else []
    blocks = parts(body, "feedback-block") if "feedback-block" in present else []
    shown = [one for one in (*direct(item, "modal-feedback"), *blocks) if not _is_choice(item, one)]
    kept = [one for one in shown if not FOR_WRONG.search(attribute(one, "identifier"))]
    if len(kept) < len(shown):
        notes.append("comments for wrong answers as a whole left out")
    comment = joined(*(Marked(source(one, nothing), "html") for one in kept))
    return Found(where, "essay", stem, name=name, comment=comment, tags=labels, notes=tuple(notes))


LEFT_OUT = {
    "supports for reading (catalog)": ("catalog-info", "apip-accessibility"),
    "a text in another file (stimulus)": ("assessment-stimulus-ref",),
    "tools beside the item": ("companion-materials-info",),
    "notes for markers": ("scorer-rubric",),
    "media to play": ("media-interaction",),
    "the button to end the attempt": ("end-attempt-interaction",),
}


def _asked(element: Element) -> str | None:
    """What stands in the stem for an interaction: a gap, or its prompt; comments and words for markers do not stand there."""
    name = part(element)
    if name in INLINE:
        return GAP
    if name.endswith("-interaction"):
        return "".join(f"<p>{source(prompt, _asked)}</p>" for prompt in direct(element, "prompt"))
    if name in {"feedback-block", "feedback-inline", "stylesheet"}:
        return ""
    if name == "rubric-block":
        return None if "candidate" in attribute(element, "view", "candidate") else ""
    return None


def _asked_in_ours(element: Element) -> str | None:
    """The same in a file of ours, where the line to type into is no part of the question's words."""
    return "" if element.get("class") == ANSWER_LINE else _asked(element)


def _is_choice(item: Element, feedback: Element) -> bool:
    return attribute(feedback, "identifier") in {
        attribute(choice, "identifier") for choice in parts(item, "simple-choice", "inline-choice")
    }


def _comment(item: Element, choice: Element) -> Marked:
    """What is said on one answer: inside it, or in a dialog of its identifier."""
    inside = [Marked(source(one, nothing), "html") for one in parts(choice, "feedback-inline")]
    identifier = attribute(choice, "identifier")
    after = [Marked(source(one, nothing), "html") for one in direct(item, "modal-feedback") if attribute(one, "identifier") == identifier]
    return joined(*inside, *after)


def _words(choice: Element) -> Marked:
    return Marked(source(choice, lambda one: "" if part(one).startswith("feedback-") else None), "html")


def _choice(found: Found, item: Element, asked: Element, key: Key) -> Found | Aside:
    choices = parts(asked, "simple-choice", "inline-choice")
    shares = _shares(key, [attribute(choice, "identifier") for choice in choices])
    answers = tuple(Answer(_words(choice), share, _comment(item, choice)) for choice, share in zip(choices, shares, strict=True))
    several = key.cardinality == "multiple" and attribute(asked, "max-choices", "1") != "1"
    return replace(found, kind="multiple" if several else "single", answers=answers)


def _shares(key: Key, identifiers: Sequence[str]) -> list[Decimal]:
    """The share of the marks of each choice, in percent."""
    if key.right and not (key.mapped and key.cardinality == "multiple"):
        return [RIGHT if identifier in key.right else WRONG for identifier in identifiers]
    marks = key.marks if key.marks else dict.fromkeys(key.right, Decimal(1))
    positive = [mark for mark in marks.values() if mark > 0]
    whole = sum(positive) if key.cardinality == "multiple" else max(positive, default=Decimal(0))
    if not whole:
        return [WRONG] * len(identifiers)
    return [percent(marks.get(identifier, WRONG), Decimal(whole)) for identifier in identifiers]


def _order(found: Found, _: Element, asked: Element, key: Key) -> Found | Aside:
    texts = {attribute(choice, "identifier"): _words(choice) for choice in parts(asked, "simple-choice")}
    if sorted(key.right) != sorted(texts):
        return Aside(found.where, f"'{_title(found)}' gives no order for all of its steps", "Give the whole order in the file.")
    return replace(found, kind="ordering", steps=tuple(texts[identifier] for identifier in key.right))


def _title(found: Found) -> str:
    return " ".join(plain(found.stem)[0].split())[:60]


def _match(found: Found, _: Element, asked: Element, key: Key) -> Found | Aside:
    """Pairs where each thing on one side goes with one on the other; a table with several in a line is none."""
    sides = [
        {attribute(one, "identifier"): _words(one) for one in parts(side, "simple-associable-choice")}
        for side in direct(asked, "simple-match-set")
    ]
    pairs = [tuple(value.split()) for value in (key.right or [value for value, mark in key.marks.items() if mark > 0])]
    if len(sides) == 2 and all(len(pair) == 2 for pair in pairs):
        for lefts, rights, place in ((sides[0], sides[1], 0), (sides[1], sides[0], 1)):
            given = [(pair[place], pair[1 - place]) for pair in pairs]
            if sorted(left for left, _ in given) == sorted(lefts) and all(right in rights for _, right in given):
                used = {right for _, right in given}
                extras = [(NOTHING, text) for identifier, text in rights.items() if identifier not in used]
                ordered = sorted(given, key=lambda pair: list(lefts).index(pair[0]))
                return replace(found, kind="matching", pairs=(*((lefts[left], rights[right]) for left, right in ordered), *extras))
    return Aside(found.where, f"'{_title(found)}' does not match each thing with one other", "Make one question of each line.")


def _entry(found: Found, item: Element, _: Element, key: Key) -> Found | Aside:
    """A typed number or a typed word."""
    if key.base in {"integer", "float"}:
        figures = tuple(Figure(value, tolerance_of(item)) for text in key.right if (value := number(text)) is not None)
        if not figures and not key.marks:
            return Aside(found.where, f"'{_title(found)}' has no key", "Give the right number in the file.")
        return replace(found, kind="numeric", figures=figures or _mapped_figures(key))
    marks = key.marks or dict.fromkeys(key.right, Decimal(1))
    most = max((*marks.values(), Decimal(0))) or Decimal(1)
    answers = [Answer(Marked(text), percent(mark, most)) for text, mark in marks.items()]
    answers += [Answer(Marked(text), RIGHT) for text in key.right if text not in marks]
    return replace(found, kind="short", answers=tuple(answers))


def _mapped_figures(key: Key) -> tuple[Figure, ...]:
    most = max(*key.marks.values(), Decimal(0)) or Decimal(1)
    return tuple(Figure(value, Decimal(0), mark / most * 100) for text, mark in key.marks.items() if (value := number(text)) is not None)


def _slider(found: Found, item: Element, asked: Element, key: Key) -> Found | Aside:
    low, high = attribute(asked, "lower-bound"), attribute(asked, "upper-bound")
    note = f"was answered with a slider from {low} to {high}; here the number is typed"
    return _entry(replace(found, notes=(*found.notes, note)), item, asked, replace(key, base="float"))


def _essay(found: Found, _: Element, __: Element, key: Key) -> Found | Aside:
    """An answer in own words; one that the file calls correct says what a good answer holds."""
    texts = [Marked(f"A good answer: {text}") for text in key.right if text]
    return replace(found, comment=joined(*texts, found.comment))


READERS: dict[str, Callable[[Found, Element, Element, Key], Found | Aside]] = {
    "choice-interaction": _choice,
    "inline-choice-interaction": _choice,
    "order-interaction": _order,
    "match-interaction": _match,
    "text-entry-interaction": _entry,
    "slider-interaction": _slider,
    "extended-text-interaction": _essay,
}
