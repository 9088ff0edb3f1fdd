"""What a check looks at: a course, whose it is, and the day; and what it gives back."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from perennial.core.approval.bodies import Body, Rule
from perennial.core.approval.provider import HeldApproval, Provider
from perennial.core.courses import Course

DENIAL = re.compile(r"\b(no|not|none|nobody|neither|nor|without|never)\b|n't\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Subject:
    """A course under a body's clauses. Without `provider` its papers are not judged, without `on` no dates."""

    course: Course
    body: Body
    provider: Provider | None
    on: date | None

    def held(self) -> HeldApproval | None:
        """The body's approval in force on the day; without a day, the one that starts last."""
        held = self.provider.approvals_of(self.body.slug) if self.provider else ()
        if self.on is not None:
            held = tuple(each for each in held if each.holds_on(self.on))
        return held[-1] if held else None


@dataclass(frozen=True, slots=True)
class Fault:
    """What a check found: where, what, and how to mend it."""

    where: str
    what: str
    mend: str


Check = Callable[[Subject, Rule], Iterator[Fault]]


def mentions(text: str, words: Iterable[str]) -> bool:
    """Whether one of the words stands in the text as a word, capitals or not."""
    return any(re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text, re.IGNORECASE) for word in words)


def states(text: str, words: Iterable[str]) -> bool:
    """Whether a sentence of the text mentions one of the words and does not deny it: a denial comes before the word, or says none."""
    listed = tuple(words)
    for sentence in re.split(r"[.;]\s|[()]", text):
        found = _first(sentence, listed)
        if found is not None and not DENIAL.search(sentence[:found]) and not re.search(r"\bnone\b", sentence[found:], re.IGNORECASE):
            return True
    return False


def _first(text: str, words: Iterable[str]) -> int | None:
    """Where the first of the words stands, capitals or not."""
    places = [found.start() for word in words if (found := re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text, re.IGNORECASE))]
    return min(places, default=None)


def plain(number: Decimal) -> str:
    """A number as people write it: 1, 1.25, 0.5."""
    return format(number.normalize(), "f") if number else "0"
