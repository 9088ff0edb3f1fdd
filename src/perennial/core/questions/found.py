"""A question as a file holds it, before it is one of ours: every format is read into these values first."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

RIGHT = Decimal(100)
WRONG = Decimal(0)


@dataclass(frozen=True, slots=True)
class Marked:
    """Text with the way it is marked up: `plain`, `html`, `markdown`, or `auto` (plain text that may hold HTML)."""

    text: str
    markup: str = "plain"

    def __bool__(self) -> bool:
        return bool(self.text.strip())


NOTHING = Marked("")


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer that the file names, the share of the marks it brings in percent (100 is right), and the comment on it."""

    text: Marked
    share: Decimal = WRONG
    comment: Marked = NOTHING


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that is accepted, give or take `tolerance`, with its share of the marks in percent and the comment on it."""

    value: Decimal
    tolerance: Decimal
    share: Decimal = RIGHT
    comment: Marked = NOTHING


@dataclass(frozen=True, slots=True)
class Found:
    """A question as it stands in a file, at `where`.

    `kind` is `single`, `multiple`, `true_false`, `matching`, `ordering`, `numeric`, `short` (typed words with a key) or `essay`.
    `steps` are in the right order. `comment` is for every answer. `notes` say what the reader already had to leave out.
    """

    where: str
    kind: str
    stem: Marked
    name: str = ""
    answers: tuple[Answer, ...] = ()
    pairs: tuple[tuple[Marked, Marked], ...] = ()
    steps: tuple[Marked, ...] = ()
    figures: tuple[Figure, ...] = ()
    unit: str = ""
    comment: Marked = NOTHING
    tags: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Aside:
    """Something in a file that is no question of ours: left out (`changed`) or not to be had (`refused`), and what to do."""

    where: str
    what: str
    mend: str
    state: str = "refused"


class Unreadable(Exception):
    """The whole file cannot be taken: where, what, and how to mend it. Nothing of it is taken then."""

    def __init__(self, where: str, what: str, mend: str) -> None:
        super().__init__(f"{where}: {what}. {mend}")
        self.where, self.what, self.mend = where, what, mend


Read = Iterator[Found | Aside]
"""What a reader gives, in the order of the file."""


def chosen(found: Iterable[Found | Aside]) -> tuple[Found, ...]:
    """The questions alone."""
    return tuple(one for one in found if isinstance(one, Found))
