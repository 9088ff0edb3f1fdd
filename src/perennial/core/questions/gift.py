"""Read GIFT, the text format of Moodle: blocks between empty lines, answers in braces."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from perennial.core.questions.decode import decoded
from perennial.core.questions.found import NOTHING, RIGHT, WRONG, Answer, Aside, Figure, Found, Marked, Read
from perennial.core.questions.numbers import middle, number
from perennial.core.questions.plain import joined, plain

# Escaped signs become noncharacters (which `decoded` takes out of texts), so that what is left of them is structure.
SIGNS = "~=#{}:n\\"
HIDDEN = {sign: chr(0xFDD0 + place) for place, sign in enumerate(SIGNS)}
SHOWN = {ord(hidden): "\n" if sign == "n" else sign for sign, hidden in HIDDEN.items()}
ESCAPE = re.compile(r"\\([~=#{}:n\\])")
NAME = re.compile(r"\s*::(.*?)::", re.DOTALL)
FORMAT = re.compile(r"\s*\[(html|moodle|plain|markdown)\]", re.IGNORECASE)
MARKUPS = {"html": "html", "moodle": "auto", "plain": "plain", "markdown": "markdown"}
CATEGORY = re.compile(r"\s*\$CATEGORY:\s*(.*)")
WEIGHT = re.compile(r"\s*%(-?\d{1,3}(?:\.\d{1,10})?)%")
LABEL = re.compile(r"\[(id|tag):([^\]\n]{0,200})\]")
TRUTH = {"T": True, "TRUE": True, "F": False, "FALSE": False}
ANSWER = re.compile(r"([=~])([^=~]*)")
GAP = "_____"


@dataclass(frozen=True, slots=True)
class Block:
    """The lines of one question, with escaped signs hidden, the number of its first line, and what comments before it say."""

    line: int
    text: str
    labels: tuple[tuple[str, str], ...] = ()

    @property
    def where(self) -> str:
        """The place as a person finds it."""
        return f"line {self.line}"


class Faulty(Exception):
    """A block that cannot be read: what is wrong, and how to mend it."""

    def __init__(self, what: str, mend: str) -> None:
        super().__init__(what)
        self.what, self.mend = what, mend


def read_gift(data: bytes, file: str) -> Read:
    """The questions of a GIFT file. Raises Unreadable where it is no text."""
    text, asides = decoded(data, file)
    yield from asides
    for block in _blocks(ESCAPE.sub(lambda sign: HIDDEN[sign[1]], text)):
        category = CATEGORY.fullmatch(block.text)
        if category:
            yield Aside(block.where, f"names the category '{_shown(category[1])}'", "There are none here; it was left out.", "changed")
            continue
        try:
            yield _question(block)
        except Faulty as fault:
            yield Aside(block.where, fault.what, fault.mend)


class _Lines:
    """Gathers lines into blocks. An open brace keeps a block together over empty lines, unless a new question plainly begins."""

    def __init__(self) -> None:
        self.held: list[str] = []
        self.labels: list[tuple[str, str]] = []
        self.began = self.depth = 0
        self.closed = False

    def flush(self) -> Iterator[Block]:
        """The block so far, if it holds anything."""
        if any(line.strip() for line in self.held):
            yield Block(self.began, "\n".join(self.held), tuple(self.labels))
            self.labels = []
        self.held, self.depth, self.closed = [], 0, False

    def add(self, place: int, line: str) -> None:
        """Hold a line, which is part of this block."""
        self.began = self.began if self.held else place
        self.held.append(line)
        self.depth += line.count("{") - line.count("}")
        self.closed = self.closed or "}" in line

    def begins_anew(self, line: str) -> bool:
        """Whether this line begins another question, though no empty line or a brace still open is before it."""
        if not self.held:
            return False
        named, after_empty = line.lstrip().startswith("::"), not self.held[-1].strip()
        if self.depth > 0:
            opens, closes = line.find("{"), line.find("}")
            return after_empty and (named or (opens >= 0 and (closes < 0 or opens < closes)))
        return named and (after_empty or self.closed)


def _blocks(text: str) -> Iterator[Block]:
    """The blocks of the text, each category line a block of its own; comments give their labels to the block after them."""
    lines = _Lines()
    for place, line in enumerate(text.split("\n"), 1):
        if line.lstrip().startswith("//"):
            if lines.held:
                lines.add(place, "")
            lines.labels += LABEL.findall(line) if lines.closed or not lines.held else []
        elif CATEGORY.fullmatch(line):
            yield from lines.flush()
            yield Block(place, line.strip())
        elif not line.strip():
            if lines.depth > 0:
                lines.add(place, "")
            else:
                yield from lines.flush()
        else:
            if lines.begins_anew(line):
                yield from lines.flush()
            lines.add(place, line)
    yield from lines.flush()


def _shown(text: str) -> str:
    """The text with its escaped signs as they are meant."""
    return text.translate(SHOWN)


def _marked(text: str, markup: str) -> Marked:
    """A text with the format that it names, else with that of its question."""
    named = FORMAT.match(text)
    if named:
        text, markup = text[named.end() :], MARKUPS[named[1].lower()]
    return Marked(_shown(text.strip()), markup)


def _question(block: Block) -> Found | Aside:
    """The question that a block holds, or what it is instead. Raises Faulty."""
    text, name, markup = block.text, "", "auto"
    named = NAME.match(text)
    if named:
        name, text = _shown(named[1].strip()), text[named.end() :]
    formatted = FORMAT.match(text)
    if formatted:
        markup, text = MARKUPS[formatted[1].lower()], text[formatted.end() :]
    ids = [value.strip() for key, value in block.labels if key == "id"]
    tags = tuple(value.strip() for key, value in block.labels if key == "tag")
    opened, closed = _braces(text)
    if opened < 0:
        return _description(block, text, name, markup)
    before, inside, after = text[:opened].rstrip(), text[opened + 1 : closed], text[closed + 1 :].strip()
    stem = f"{before} {GAP} {after}" if after else before
    stem = stem.replace(f"{GAP} .", f"{GAP}.").replace(f"{GAP} ,", f"{GAP},")
    found = Found(block.where, "essay", _marked(stem, markup), name=(ids or [name])[0] or name, tags=tags)
    return _answered(found, inside, markup)


def _description(block: Block, text: str, name: str, markup: str) -> Aside:
    words = " ".join((name or plain(_marked(text, markup))[0]).split())[:60]
    return Aside(block.where, f"'{words}' has no answers in braces: it is a text, not a question", "Put it into a section.")


def _braces(text: str) -> tuple[int, int]:
    """Where the answers begin and end; (-1, -1) where there are none. Raises Faulty."""
    opened, closed = text.find("{"), text.rfind("}")
    if opened < 0 and closed < 0:
        return -1, -1
    if opened < 0 or closed < opened:
        brace = "closed and never opened" if opened < 0 else "opened and never closed"
        raise Faulty(f"a brace is {brace}", r"Write { before the answers and } after them, \{ and \} in words.")
    if "{" in text[opened + 1 : closed] or "}" in text[opened + 1 : closed]:
        raise Faulty("has several blocks of answers in one question", r"Make one question of each; write \{ and \} in words.")
    return opened, closed


def _answered(found: Found, inside: str, markup: str) -> Found:
    """The question with its answers, the kind told from how they are written. Raises Faulty."""
    inside, _, general = inside.partition("####")
    found = replace(found, comment=_marked(general, markup) if general.strip() else NOTHING)
    body = inside.strip()
    if not body:
        return found
    if body.startswith("#"):
        return _numeric(found, body[1:], markup)
    head, *comments = body.split("#")
    if head.strip().upper() in TRUTH:
        return _true_false(found, TRUTH[head.strip().upper()], [_marked(comment, markup) for comment in comments])
    if body[0] not in "=~":
        if "=" in body or "~" in body:
            raise Faulty("its answers begin with neither = nor ~", "Write = before what is right, ~ before what is wrong.")
        return replace(found, kind="short", answers=tuple(_answers(f"={body}", markup)))
    if "~" not in body and all("->" in text for _, text in ANSWER.findall(body)):
        return _matching(found, body, markup)
    kind = "short" if "~" not in body else "single" if "=" in body else "multiple"
    return replace(found, kind=kind, answers=tuple(_answers(body, markup)))


def _weighed(text: str) -> tuple[Decimal | None, str]:
    """The percentage at the beginning, if there is one, and the rest."""
    weight = WEIGHT.match(text)
    return (Decimal(weight[1]), text[weight.end() :]) if weight else (None, text)


def _answers(body: str, markup: str) -> Iterator[Answer]:
    for sign, text in ANSWER.findall(body):
        share, text = _weighed(text)
        words, _, comment = text.partition("#")
        standard = RIGHT if sign == "=" else WRONG
        yield Answer(_marked(words, markup), standard if share is None else share, _marked(comment, markup) if comment.strip() else NOTHING)


def _true_false(found: Found, right: bool, comments: list[Marked]) -> Found:  # noqa: FBT001 (it is the answer)
    """The first comment is for who was wrong, the second for who was right."""
    wrong_says, right_says = [*comments, NOTHING, NOTHING][:2]
    answers = (
        Answer(Marked("True"), RIGHT if right else WRONG, right_says if right else wrong_says),
        Answer(Marked("False"), WRONG if right else RIGHT, wrong_says if right else right_says),
    )
    return replace(found, kind="true_false", answers=answers)


def _matching(found: Found, body: str, markup: str) -> Found:
    pairs, notes = [], []
    for _, text in ANSWER.findall(body):
        text, _, comment = text.partition("#")
        left, _, right = _weighed(text)[1].partition("->")
        pairs.append((_marked(left, markup), Marked(_shown(right.strip()))))
        notes += [f"a comment on one pair left out: {_shown(comment.strip())[:80]}"] if comment.strip() else []
    return replace(found, kind="matching", pairs=tuple(pairs), notes=(*found.notes, *notes))


def _numeric(found: Found, body: str, markup: str) -> Found:
    """The numbers of {#3:2} or {#=1822:0 =%50%1822:2 ~#wrong}. Raises Faulty where one is no number."""
    figures, otherwise = list[Figure](), list[Marked]()
    begun = body if body.lstrip()[:1] in {"=", "~"} else f"={body}"
    for sign, text in ANSWER.findall(begun):
        share, text = _weighed(text)
        words, _, comment = text.partition("#")
        said = _marked(comment, markup) if comment.strip() else NOTHING
        standard = RIGHT if sign == "=" else WRONG
        if words.strip() in {"", "*"}:
            otherwise.append(said)
        else:
            figures.append(Figure(*_range(_shown(words.strip())), standard if share is None else share, said))
    return replace(found, kind="numeric", figures=tuple(figures), comment=joined(*otherwise, found.comment))


def _range(words: str) -> tuple[Decimal, Decimal]:
    """3.141..3.142 or 1822:5 or 1822 as a number and what may be given or taken."""
    low, dots, high = words.partition("..")
    if dots:
        ends = number(low), number(high)
        if ends[0] is not None and ends[1] is not None:
            return middle(ends[0], ends[1])
    value, _, around = words.partition(":")
    center, tolerance = number(value), number(around or "0")
    if center is None or tolerance is None:
        raise Faulty(f"'{words[:60]}' is not a number", "Write it as 3.14, 3.14:0.01 or 3.13..3.15.")
    return center, abs(tolerance)
