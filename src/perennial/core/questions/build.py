"""Make items of ours from what a file holds; what an item cannot hold is said, with what to do about it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from perennial.core.courses import Item, Numeric, Option, Pair
from perennial.core.questions.found import RIGHT, Answer, Figure, Found, Marked
from perennial.core.questions.limits import LARGEST_NUMBER, LONGEST_TEXT, MOST_ANSWERS, MOST_STEPS
from perennial.core.questions.numbers import number, written
from perennial.core.questions.plain import joined, plain
from perennial.core.values.words import listed

LOOK = "Look at it in the draft."


class Impossible(Exception):
    """This question cannot be one of ours: what is wrong, and how to mend it."""

    def __init__(self, what: str, mend: str) -> None:
        super().__init__(what)
        self.what, self.mend = what, mend


@dataclass
class Notes:
    """What happened to one question: sentences with what to do, and what its texts lost."""

    said: list[tuple[str, str]] = field(default_factory=list)
    lost: set[str] = field(default_factory=set)
    part_marks: bool = False

    def say(self, what: str, mend: str = LOOK) -> None:
        """Note a change."""
        self.said.append((what, mend))

    def text(self, marked: Marked, name: str = "text") -> str:
        """The plain text. Raises Impossible where it is too long."""
        text, lost = plain(marked)
        self.lost.update(lost)
        if len(text) > LONGEST_TEXT:
            raise Impossible(f"the {name} has {len(text):,} characters", f"Shorten it to {LONGEST_TEXT:,}.")
        return text

    def changes(self) -> tuple[tuple[str, str], ...]:
        """All that was noted, each once."""
        shown = sorted(one for one in self.lost if one.startswith(("the picture", "the sound", "the video", "the file", "the embedded")))
        marks = sorted(self.lost.difference(shown))
        media = [(f"lost {listed(shown)}", "Put it into a section, and say in the question what it showed.")] if shown else []
        words = [(f"lost {listed(marks)}", "Its words are all here; look whether they can be understood alone.")] if marks else []
        return tuple(dict.fromkeys(self.said + media + words))


def item_of(found: Found, name: str, notes: Notes, *, short_as_reflection: bool = False) -> Item:
    """The item. Raises Impossible where none can be made; what is lost goes into `notes`."""
    for note in found.notes:
        notes.say(note)
    if len(found.answers) + len(found.pairs) + len(found.steps) > MOST_ANSWERS:
        raise Impossible(f"has more than {MOST_ANSWERS} answers", "Split it into several questions.")
    stem = notes.text(found.stem, "question")
    if not stem:
        raise Impossible("has no words to ask, only pictures or nothing", "Write the question in words.")
    item = Item(id=name, kind=found.kind, objective="", section="", stem=stem, options=())
    if found.kind == "short":
        found = _keyed(found, notes, as_reflection=short_as_reflection)
        item = replace(item, kind=found.kind)
    return _tagged(MAKERS[found.kind](found, item, notes), found.tags, notes)


def _keyed(found: Found, notes: Notes, *, as_reflection: bool) -> Found:
    """A question to be answered by typing: numeric where its key is a number, else what the person chose."""
    right = [answer for answer in found.answers if answer.share >= RIGHT] or [answer for answer in found.answers if answer.share > 0]
    words = [notes.text(answer.text, "answer") for answer in right]
    numbers = {value for word in words if (value := number(word)) is not None}
    accepted = listed(f"'{shortened(word)}'" for word in words if word)
    if len(numbers) == 1:
        return _as_number(found, notes)
    if not as_reflection:
        what = f"is answered by typing words ({accepted or 'no key'}), which no question here marks"
        raise Impossible(what, "Write answers to choose from, or take such questions as reflections, which are not scored.")
    notes.say(
        f"became a reflection, which is not scored; the file accepts {accepted or 'anything'}", "Write answers to choose from to score it."
    )
    key = Marked(f"Accepted: {', '.join(word for word in words if word)}." if any(words) else "")
    comments = [answer.comment for answer in found.answers if answer.comment]
    return replace(found, kind="essay", answers=(), comment=joined(key, *comments, found.comment))


def _as_number(found: Found, notes: Notes) -> Found:
    """The same as a numeric question; typed words beside the number are no longer accepted, and it says so."""
    figures, others = [], []
    for answer in found.answers:
        text = plain(answer.text)[0]
        value = number(text)
        if value is not None:
            figures.append(Figure(value, type(value)(0), answer.share, answer.comment))
        elif answer.comment or text not in {"*", ""}:
            others.append((text, answer))
    for text, answer in others:
        if answer.share > 0:
            notes.say(f"no longer accepts '{text}', only the number")
    comments = [joined(Marked(f"{text}:"), answer.comment) for text, answer in others if answer.comment and text != "*"]
    comments += [answer.comment for text, answer in others if answer.comment and text == "*"]
    return replace(found, kind="numeric", answers=(), figures=tuple(figures), comment=joined(*comments, found.comment))


def _choice(found: Found, item: Item, notes: Notes) -> Item:
    """Answers to choose from: one right, or every one that brings marks."""
    answers = _with_words(found.answers, notes)
    right = _right(found, answers, notes)
    if not right:
        raise Impossible("marks no answer as right", "Mark the right one in the file.")
    options = tuple(Option(notes.text(answer.text, "answer"), answer in right, notes.text(answer.comment, "comment")) for answer in answers)
    options = _with_comment(options, notes.text(found.comment, "comment"), notes)
    _distinct([option.text for option in options], "answers", notes)
    kind = "multiple" if found.kind == "multiple" or len(right) > 1 else "single"
    if kind == "single" and sorted(option.text.casefold() for option in options) == ["false", "true"]:
        kind = "true_false"
    return replace(item, kind=kind, options=options)


def _with_words(answers: Sequence[Answer], notes: Notes) -> list[Answer]:
    """The answers that have words; an empty one cannot be chosen here."""
    kept = [answer for answer in answers if plain(answer.text)[0]]
    empty = [answer for answer in answers if answer not in kept]
    for answer in empty:
        notes.lost.update(plain(answer.text)[1])
    if any(answer.share > 0 for answer in empty):
        raise Impossible("its right answer has no words, only pictures or nothing", "Write the answer in words.")
    if empty:
        notes.say(f"{len(empty)} {'answer' if len(empty) == 1 else 'answers'} without words left out")
    return kept


def _right(found: Found, answers: Sequence[Answer], notes: Notes) -> list[Answer]:
    """The answers that are right here, and what that changes about the marks."""
    positive = [answer for answer in answers if answer.share > 0]
    if found.kind == "multiple":
        notes.part_marks = notes.part_marks or any(answer.share < RIGHT for answer in positive)
        if max((a.share for a in positive), default=RIGHT) - min((a.share for a in positive), default=RIGHT) > 1:
            notes.say(f"its weights ({listed(f'{written(a.share)} %' for a in positive)}) left out; all right answers count alike")
        return positive
    most = max((answer.share for answer in positive), default=RIGHT)
    right = [answer for answer in positive if answer.share == most]
    for answer in positive:
        if answer.share < most:
            text = notes.text(answer.text, "answer")
            notes.say(f"'{shortened(text)}' brought {written(answer.share)} % of the marks and counts as wrong here")
    if any(answer.share < 0 for answer in answers):
        notes.say("marks taken off for wrong answers left out")
    if len(right) > 1:
        notes.say(
            f"any one of {len(right)} answers was right; here all of them must be chosen", "Make one question of each, or keep one right."
        )
    return right


def _with_comment(options: tuple[Option, ...], comment: str, notes: Notes) -> tuple[Option, ...]:
    """The comment for every answer, put beside the right ones."""
    if not comment:
        return options
    notes.say("the comment for all answers stands beside the right one now")
    return tuple(replace(option, rationale=f"{option.rationale}\n{comment}".strip()) if option.correct else option for option in options)


def _distinct(texts: Sequence[str], name: str, notes: Notes) -> None:
    """Raises Impossible unless there are two or more, each once."""
    if len(texts) < 2:
        raise Impossible(f"has {'one' if texts else 'no'} {name.rstrip('s')} only", f"Write at least two {name}.")
    seen: set[str] = set()
    for text in texts:
        if text.casefold() in seen:
            hint = " once pictures and marks are left out" if notes.lost else ""
            raise Impossible(f"has '{shortened(text)}' twice among its {name}{hint}", "Write each once, in words that differ.")
        seen.add(text.casefold())


def shortened(text: str, length: int = 60) -> str:
    """The beginning of a text on one line."""
    line = " ".join(text.split())
    return line if len(line) <= length else f"{line[: length - 1].rstrip()}…"


def _matching(found: Found, item: Item, notes: Notes) -> Item:
    """Pairs, then wrong extras on the right."""
    pairs = [Pair(notes.text(left, "left side"), notes.text(right, "right side")) for left, right in found.pairs]
    if any(not pair.right for pair in pairs):
        raise Impossible("has a pair without words on its right", "Write both sides in words.")
    real = [pair for pair in pairs if pair.left]
    rights = {pair.right for pair in real}
    extras = [pair for pair in dict.fromkeys(pairs) if not pair.left and pair.right not in rights]
    _distinct([pair.left for pair in real], "pairs", notes)
    if len({pair.right for pair in pairs}) < 2:
        raise Impossible("has the same right side everywhere, which leaves no choice", "Write right sides that differ.")
    return replace(item, kind="matching", pairs=(*real, *extras), rationale=notes.text(found.comment, "comment"))


def _ordering(found: Found, item: Item, notes: Notes) -> Item:
    steps = tuple(notes.text(step, "step") for step in found.steps)
    if len(steps) > MOST_STEPS:
        raise Impossible(f"has {len(steps)} steps to put in order", f"Write at most {MOST_STEPS}.")
    if not all(steps):
        raise Impossible("has a step without words", "Write each step in words.")
    _distinct(steps, "steps", notes)
    return replace(item, kind="ordering", steps=steps, rationale=notes.text(found.comment, "comment"))


def _numeric(found: Found, item: Item, notes: Notes) -> Item:
    """The number with most marks; what was said about others goes into the rationale."""
    most = max((figure.share for figure in found.figures), default=RIGHT)
    right = [figure for figure in found.figures if figure.share == most and figure.share > 0]
    if not right:
        raise Impossible("marks no number as right", "Mark the right one in the file.")
    if len({(figure.value, figure.tolerance) for figure in right}) > 1:
        what = f"accepts {listed(written(figure.value) for figure in right)}, and a numeric question here has one answer"
        raise Impossible(what, "Make one question of each, or answers to choose from.")
    for figure in found.figures:
        if 0 < figure.share < most:
            around = f" ± {written(figure.tolerance)}" if figure.tolerance else ""
            notes.say(f"{written(figure.value)}{around} brought {written(figure.share)} % of the marks and counts as wrong here")
    others = [joined(Marked(f"{written(f.value)}:"), f.comment) for f in found.figures if f not in right and f.comment]
    if others:
        notes.say("comments on other answers stand in the rationale now")
    rationale = joined(right[0].comment, *others, found.comment)
    if max(abs(right[0].value), right[0].tolerance) > LARGEST_NUMBER:
        raise Impossible("asks for a number beyond all measure", f"Write one of at most {LARGEST_NUMBER:,}.")
    accepted = Numeric(value=right[0].value, tolerance=abs(right[0].tolerance), unit=" ".join(found.unit.split())[:40])
    return replace(item, kind="numeric", numeric=accepted, rationale=notes.text(rationale, "comment"))


def _reflection(found: Found, item: Item, notes: Notes) -> Item:
    return replace(item, kind="reflection", rationale=notes.text(found.comment, "comment"))


def _tagged(item: Item, tags: Iterable[str], notes: Notes) -> Item:
    """What our own files say in tags goes back to its place; other tags are left out."""
    others = []
    for tag in tags:
        key, _, value = tag.partition(":")
        if key in {"objective", "section"} and value:
            item = replace(item, objective=value) if key == "objective" else replace(item, section=value)
        elif key == "unit" and value and item.numeric and not item.numeric.unit:
            item = replace(item, numeric=replace(item.numeric, unit=value[:40]))
        elif tag == "pretest":
            item = replace(item, pretest=True)
        elif tag.strip():
            others.append(tag.strip())
    if others:
        notes.say(f"tags left out: {shortened(', '.join(others), 100)}", "Choose the objective and the section in the draft.")
    return item


MAKERS = {
    "single": _choice,
    "multiple": _choice,
    "true_false": _choice,
    "matching": _matching,
    "ordering": _ordering,
    "numeric": _numeric,
    "essay": _reflection,
}
