"""Read QTI 1.2 as cartridges and Canvas write it: choices, typed answers, numbers, matching, essays."""

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from perennial.core.questions.found import NOTHING, RIGHT, WRONG, Answer, Aside, Figure, Found, Marked, Read, Unreadable
from perennial.core.questions.numbers import number, percent, written
from perennial.core.questions.plain import joined, plain
from perennial.core.questions.qti1_scores import Condition, conditions, feedback, figure, label, material, open_ends, parts_of, shares
from perennial.core.questions.safe_xml import Element, children, name_of, parsed, text_of, within

NOT_HAD = {
    "calculated_question": "draws its numbers at random",
    "fill_in_multiple_blanks_question": "has gaps in its text, each with answers of its own",
    "multiple_dropdowns_question": "has gaps in its text, each with answers of its own",
    "categorization_question": "sorts things into groups of several",
    "hot_spot_question": "is answered on a picture",
    "file_upload_question": "is answered with a file",
    "ordering_question": "gives its order in a way of its own",
}
TEXT_ONLY = ("text_only_question", "stimulus_question")
FOR_WRONG = re.compile(r"incorrect|wrong|hint", re.IGNORECASE)
AGAIN = "Write it anew as a question of the kinds that there are."
RESPONSES = ("response_lid", "response_str", "response_num", "response_grp", "response_xy")


def read_qti1(data: bytes, file: str, banks: frozenset[str] = frozenset()) -> Read:
    """The questions of a QTI 1.2 file; `banks` are those read beside it. Raises Unreadable where it is none."""
    root, asides = parsed(data, file)
    if name_of(root) != "questestinterop":
        raise Unreadable(file, f"begins with <{name_of(root)[:40]}>, not <questestinterop>", "Export the questions as QTI 1.2.")
    yield from asides
    for one in within(root, "selection_number"):
        section = next((above for above in one.iterancestors() if name_of(above) == "section"), root)
        if (number(text_of(one)) or 0) >= len(within(section, "item")):
            continue
        what = f"draws {text_of(one).strip()[:10]} of the questions of a group for each attempt"
        yield Aside(f"{file}, line {one.sourceline}", what, "All of them were read; how many a test asks is set in the draft.", "changed")
    yield from _drawn(root, file, banks)
    for place, item in enumerate(within(root, "item"), 1):
        yield _item(item, f"{file}, question {place}, line {item.sourceline}")


def _drawn(root: Element, file: str, banks: frozenset[str]) -> Iterator[Aside]:
    """Questions that a test draws from a bank, which stand in no file or in another one than the test."""
    here = {one.get("ident") or "" for one in within(root, "objectbank")} | banks
    for one in within(root, "sourcebank_ref"):
        bank = text_of(one).strip()
        what = f"draws questions from the bank '{bank[:60]}'"
        if bank in here:
            yield Aside(
                f"{file}, line {one.sourceline}",
                what,
                "They were read with that bank; how many a test asks is set in the draft.",
                "changed",
            )
        else:
            yield Aside(f"{file}, line {one.sourceline}", f"{what}, which is not among the files", "Export that bank too, and bring it in.")


def _item(item: Element, where: str) -> Found | Aside:
    kind = label(item, "question_type", "cc_profile")
    presentation = next(iter(within(item, "presentation")), None)
    if presentation is None:
        return Aside(where, "an item shows nothing", "Look at it in the program that it comes from.")
    asked = within(presentation, *RESPONSES)
    stem = _stem(presentation)
    title = f"'{' '.join((plain(stem)[0] or item.get('title') or '').split())[:60]}'"
    if kind in TEXT_ONLY or (not asked and kind not in NOT_HAD):
        return Aside(where, f"{title} is a text, not a question", "Put it into a section.")
    single = len(asked) == 1
    if kind in NOT_HAD and not (single and kind.startswith(("fill_in_multiple", "multiple_dropdowns"))):
        return Aside(where, f"{title} {NOT_HAD[kind]} ({kind})", AGAIN)
    found = Found(where, "essay", stem, name=item.get("ident") or "", notes=tuple(_notes(item)))
    said = conditions(item)
    if not single:
        return _matching(found, title, asked, said, feedback(item))
    return _single(found, title, item, asked[0], said)


def _single(found: Found, title: str, item: Element, asked: Element, said: list[Condition]) -> Found | Aside:
    """A question with one answer to give."""
    name, ordered = name_of(asked), (asked.get("rcardinality") or "").lower() == "ordered"
    if name == "response_lid" and label(item, "question_type") == "fill_in_multiple_blanks_question":
        return replace(found, kind="short", answers=tuple(Answer(material(one), RIGHT) for one in within(asked, "response_label")))
    if name == "response_lid" and not ordered:
        return _choice(found, asked, said, feedback(item))
    if ordered:
        return _ordering(found, title, asked, said, feedback(item))
    if name not in {"response_str", "response_num"}:
        return Aside(found.where, f"{title} {NOT_HAD['hot_spot_question']} ({name})", AGAIN)
    found = replace(found, comment=_general(said, feedback(item)))
    fib = " ".join((one.get("fibtype") or "").lower() for one in within(asked, "render_fib"))
    if name == "response_num" or "decimal" in fib or "integer" in fib or label(item, "question_type") == "numerical_question":
        return _numeric(found, title, said, feedback(item))
    return _typed(found, item, said, feedback(item))


def _stem(presentation: Element) -> Marked:
    """The words of the question: all material that does not stand in a response."""
    texts = [
        material(one) for one in within(presentation, "material") if not any(name_of(above) in RESPONSES for above in one.iterancestors())
    ]
    if not texts:
        texts = [material(one) for asked in within(presentation, *RESPONSES) for one in children(asked, "material")]
    return joined(*texts)


def _notes(item: Element) -> Iterator[str]:
    weight = number(label(item, "points_possible", "cc_weighting"))
    if weight is not None and weight not in {Decimal(0), Decimal(1)}:
        yield f"its weight of {written(weight)} left out; every question counts alike"


def _general(said: list[Condition], comments: dict[str, Marked]) -> Marked:
    """The comments that are not for one answer, and not for wrong ones."""
    shown = [name for one in said for name in one.shows if not FOR_WRONG.search(name) and (not one.wanted or one.marks)]
    return joined(*(comments[name] for name in dict.fromkeys(shown) if name in comments))


def _choice(found: Found, asked: Element, said: list[Condition], comments: dict[str, Marked]) -> Found:
    """Answers to choose from, with what is said on each."""
    labels = within(asked, "response_label")
    identifiers = [one.get("ident") or "" for one in labels]
    several = (asked.get("rcardinality") or "").lower() == "multiple"
    own, used = dict[str, list[Marked]](), set[str]()
    for one in said:
        if len(one.wanted) == 1 and not one.forbidden:
            shown = [name for name in one.shows if name in comments]
            own.setdefault(one.wanted[0][1], []).extend(comments[name] for name in shown)
            used.update(shown)
    answers = tuple(
        Answer(material(one), share, joined(*own.get(identifier, ())))
        for one, identifier, share in zip(labels, identifiers, shares(said, identifiers, several=several), strict=True)
    )
    rest = {name: text for name, text in comments.items() if name not in used and text}
    kept = [text for name, text in rest.items() if not FOR_WRONG.search(name)]
    notes = ("comments for wrong answers as a whole left out",) if len(kept) < len(rest) else ()
    return replace(found, kind="multiple" if several else "single", answers=answers, comment=joined(*kept), notes=(*found.notes, *notes))


def _ordering(found: Found, title: str, asked: Element, said: list[Condition], comments: dict[str, Marked]) -> Found | Aside:
    """Steps in the order that the best condition asks for."""
    labels = {one.get("ident") or "": material(one) for one in within(asked, "response_label")}
    best = max((one for one in said if one.marks and one.marks > 0), key=lambda one: len(one.wanted), default=None)
    order = [value for _, value in best.wanted] if best else []
    if sorted(order) != sorted(labels):
        return Aside(found.where, f"{title} {NOT_HAD['ordering_question']}", AGAIN)
    return replace(found, kind="ordering", steps=tuple(labels[one] for one in order), comment=_general(said, comments))


def _numeric(found: Found, title: str, said: list[Condition], comments: dict[str, Marked]) -> Found | Aside:
    """The numbers that bring marks, with what is said on each."""
    figures = [(figure(one), one) for one in said if one.marks and one.marks > 0]
    most = max((one.marks or WRONG for _, one in figures), default=RIGHT)
    kept = tuple(
        Figure(*accepted, (one.marks or WRONG) / most * 100, joined(*(comments[name] for name in one.shows if name in comments)))
        for accepted, one in figures
        if accepted
    )
    if not kept:
        return Aside(found.where, f"{title} has no number as its key", "Give the right number in the file.")
    ends = [end for accepted, one in figures if accepted for end in open_ends(one)]
    notes = (f"{' and '.join(ends)} itself was wrong in that program and is right here",) if ends else ()
    comment = NOTHING if any(one.comment for one in kept) else found.comment
    return replace(found, kind="numeric", figures=kept, comment=comment, notes=(*found.notes, *notes))


def _typed(found: Found, item: Element, said: list[Condition], comments: dict[str, Marked]) -> Found:
    """Words with a key; without a key, an essay."""
    keyed = [(value, one) for one in said if one.marks and one.marks > 0 for value in (*(v for _, v in one.wanted), *parts_of(one))]
    if not keyed or "essay" in label(item, "question_type", "cc_profile"):
        return replace(found, kind="essay", comment=joined(*comments.values()))
    most = max(one.marks or WRONG for _, one in keyed)
    answers = tuple(Answer(Marked(value, "auto"), percent(one.marks or WRONG, most)) for value, one in keyed)
    return replace(found, kind="short", answers=answers)


def _matching(found: Found, title: str, asked: list[Element], said: list[Condition], comments: dict[str, Marked]) -> Found | Aside:
    """Several lists to choose from, each beside words of its own; without such words they are gaps in a text."""
    sides = [[material(one) for one in children(each, "material")] for each in asked]
    if not all(name_of(each) == "response_lid" and side and side[0] for each, side in zip(asked, sides, strict=True)):
        return Aside(found.where, f"{title} {NOT_HAD['fill_in_multiple_blanks_question']}", AGAIN)
    key = dict(wanted for one in said if one.marks and one.marks > 0 for wanted in one.wanted)
    labels = {one.get("ident") or "": material(one) for each in asked for one in within(each, "response_label")}
    rights = [key.get(each.get("ident") or "") for each in asked]
    if any(right not in labels for right in rights):
        return Aside(found.where, f"{title} does not say what goes with what", "Give the pairs in the file.")
    pairs = tuple((joined(*side), labels[right or ""]) for side, right in zip(sides, rights, strict=True))
    extras = tuple((NOTHING, text) for identifier, text in labels.items() if identifier not in rights)
    return replace(
        found, kind="matching", pairs=(*pairs, *extras), comment=joined(*(v for k, v in comments.items() if not FOR_WRONG.search(k)))
    )
