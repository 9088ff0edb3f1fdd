"""Read Moodle XML: a quiz with questions, each of a type that Moodle names."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal

from perennial.core.questions.found import NOTHING, RIGHT, WRONG, Answer, Aside, Figure, Found, Marked, Read, Unreadable
from perennial.core.questions.numbers import number, written
from perennial.core.questions.plain import joined, plain
from perennial.core.questions.safe_xml import Element, child, children, name_of, parsed, text_of, within

MARKUPS = {"html": "html", "moodle_auto_format": "auto", "plain_text": "plain", "plain": "plain", "markdown": "markdown"}
KINDS = {
    "multichoice": "single",
    "multichoiceset": "multiple",
    "truefalse": "true_false",
    "matching": "matching",
    "match": "matching",
    "shortanswer": "short",
    "numerical": "numeric",
    "essay": "essay",
    "ordering": "ordering",
}
NOT_HAD = {
    "cloze": "has gaps in its text, each with answers of its own",
    "multianswer": "has gaps in its text, each with answers of its own",
    "gapselect": "has gaps in its text, each with answers of its own",
    "ddwtos": "is answered by dragging words into gaps",
    "ddimageortext": "is answered by dragging onto a picture",
    "ddmarker": "is answered by dragging onto a picture",
    "calculated": "draws its numbers at random",
    "calculatedsimple": "draws its numbers at random",
    "calculatedmulti": "draws its numbers at random",
    "random": "stands for a question drawn at random",
    "randomsamatch": "stands for questions drawn at random",
}
SPLIT = "Write it anew as questions of the kinds that there are."
SETTINGS = ("penalty", "shuffleanswers", "answernumbering", "usecase", "showunits", "unitgradingtype")
COMBINED = ("correctfeedback", "partiallycorrectfeedback", "incorrectfeedback")


def read_moodle(data: bytes, file: str) -> Read:
    """The questions of a Moodle XML file. Raises Unreadable where it is not one."""
    root, asides = parsed(data, file)
    if name_of(root) != "quiz":
        raise Unreadable(file, f"begins with <{name_of(root)[:40]}>, not <quiz>", "Export the questions as Moodle XML.")
    yield from asides
    questions = children(root, "question")
    if any(child(question, setting) is not None for question in questions for setting in SETTINGS):
        yield Aside(
            file, "sets penalties, shuffling or numbering", "Those are settings of the whole test here; they were left out.", "changed"
        )
    for place, question in enumerate(questions, 1):
        yield _question(question, f"question {place}, line {question.sourceline}")


def _question(question: Element, where: str) -> Found | Aside:
    kind = (question.get("type") or "").strip().lower()
    name, stem = _text(child(question, "name")).text, _text(child(question, "questiontext"))
    title = f"'{(name or plain(stem)[0])[:60].strip()}'"
    if kind == "category":
        category = text_of(child(child(question, "category"), "text")).strip()
        return Aside(where, f"names the category '{category}'", "There are none here; it was left out.", "changed")
    if kind == "description":
        return Aside(where, f"{title} is a text, not a question", "Put it into a section.")
    if kind not in KINDS:
        return Aside(where, f"{title} {NOT_HAD.get(kind, 'is of a kind that there is none of here')} ({kind or 'no type'})", SPLIT)
    found = Found(where, KINDS[kind], stem, name=_id(question) or name, comment=_text(child(question, "generalfeedback")))
    tags = child(question, "tags")
    texts = tuple(_text(tag).text.strip() for tag in children(tags, "tag")) if tags is not None else ()
    return READERS[kind](replace(found, tags=texts, notes=tuple(_notes(question))), question)


def _id(question: Element) -> str:
    return text_of(child(question, "idnumber")).strip()


def _text(element: Element | None) -> Marked:
    """The text of an element with its format; old files write it directly inside."""
    if element is None:
        return NOTHING
    inside = child(element, "text")
    words = text_of(inside) if inside is not None else (element.text or "")
    return Marked(words.strip(), MARKUPS.get((element.get("format") or "").lower(), "auto"))


def _notes(question: Element) -> Iterator[str]:
    """What of a question has no place here."""
    weight = number(text_of(child(question, "defaultgrade")))
    if weight is not None and weight != 1:
        yield f"its weight of {written(weight)} left out; every question counts alike"
    if any(_text(hint) for hint in children(question, "hint")):
        yield "hints between attempts left out"
    if any(_text(one) for one in children(question, *COMBINED)):
        yield "texts for right, partly right and wrong answers as a whole left out"
    said = text_of(question)
    for name in sorted({one.get("name") or "" for one in within(question, "file")}):
        yield from () if f"@@PLUGINFILE@@/{name}" in said else (f"the file {name[:80]} left out",)
    if _text(child(question, "responsetemplate")):
        yield "the template for the answer left out"


def _share(answer: Element) -> Decimal:
    """The share of the marks in percent."""
    return number(answer.get("fraction") or "") or WRONG


def _answers(question: Element) -> tuple[Answer, ...]:
    return tuple(Answer(_text(one), _share(one), _text(child(one, "feedback"))) for one in children(question, "answer"))


def _choice(found: Found, question: Element) -> Found:
    several = text_of(child(question, "single")).strip().lower() in {"false", "0"}
    return replace(found, kind="multiple" if several else found.kind, answers=_answers(question))


def _true_false(found: Found, question: Element) -> Found:
    """Moodle writes true and false in small letters, whatever the language."""
    answers = (replace(answer, text=Marked(answer.text.text.strip().capitalize())) for answer in _answers(question))
    return replace(found, answers=tuple(answers))


def _matching(found: Found, question: Element) -> Found:
    pairs = tuple((_text(one), _right(one)) for one in children(question, "subquestion"))
    return replace(found, pairs=pairs)


def _right(subquestion: Element) -> Marked:
    right = _text(child(subquestion, "answer"))
    return replace(right, markup="plain")


def _numeric(found: Found, question: Element) -> Found | Aside:
    """Numbers with what may be given or taken; a comment on all others is kept."""
    figures, otherwise = list[Figure](), list[Marked]()
    for one, answer in zip(children(question, "answer"), _answers(question), strict=True):
        value = number(answer.text.text)
        tolerance = number(text_of(child(one, "tolerance")) or "0")
        if answer.text.text.strip() == "*":
            otherwise.append(answer.comment)
        elif value is None or tolerance is None:
            return Aside(found.where, f"'{answer.text.text[:60]}' is not a number", "Write the number in the file.")
        else:
            figures.append(Figure(value, tolerance, answer.share, answer.comment))
    unit, notes = _unit(question)
    comment = joined(*otherwise, found.comment)
    return replace(found, figures=tuple(figures), unit=unit, comment=comment, notes=(*found.notes, *notes))


def _unit(question: Element) -> tuple[str, tuple[str, ...]]:
    """The unit that counts once, and what that leaves out."""
    units = [(number(text_of(child(unit, "multiplier"))), text_of(child(unit, "unit_name")).strip()) for unit in within(question, "unit")]
    once = [name for times, name in units if times == 1 and name]
    others = [name for times, name in units if name and name not in once[:1]]
    return (once[0] if once else ""), ((f"other units left out: {', '.join(others)[:80]}",) if others else ())


def _essay(found: Found, question: Element) -> Found:
    """What the marker is told says what a good answer holds."""
    return replace(found, comment=joined(_text(child(question, "graderinfo")), found.comment))


def _ordering(found: Found, question: Element) -> Found:
    return replace(found, steps=tuple(_text(one) for one in children(question, "answer")))


def _short(found: Found, question: Element) -> Found:
    answers = tuple(replace(one, share=min(one.share, RIGHT)) for one in _answers(question))
    return replace(found, answers=answers)


READERS: dict[str, Callable[[Found, Element], Found | Aside]] = {
    "multichoice": _choice,
    "multichoiceset": _choice,
    "truefalse": _true_false,
    "matching": _matching,
    "match": _matching,
    "shortanswer": _short,
    "numerical": _numeric,
    "essay": _essay,
    "ordering": _ordering,
}
