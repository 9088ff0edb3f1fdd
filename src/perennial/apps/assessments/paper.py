"""A paper: an attempt's questions as it shows them, with what was answered so far; and answers on their way to the bank and back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from pydantic import TypeAdapter

from perennial.apps.assessments.drawing import key_of, order_of_options
from perennial.apps.assessments.models import Attempt
from perennial.core import courses, scoring
from perennial.core.values import Refusal

LONGEST_TEXT = 10_000
_ITEM = TypeAdapter(courses.Item)


def item_of(data: Mapping[str, Any]) -> courses.Item:
    """The question that the bank keeps as these data."""
    return _ITEM.validate_python(data)


@dataclass(frozen=True, slots=True)
class Choice:
    """An option as this attempt shows it; `place` is where it stands in the bank."""

    key: str
    place: int
    text: str
    correct: bool
    rationale: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A left side to match, or a step to put in order: what was given for it (a letter or a number), in words, and what is right."""

    place: int
    text: str
    given: str
    says: str
    answer: str

    @property
    def right(self) -> bool:
        """Whether what was given is right."""
        return bool(self.given) and self.says == self.answer


@dataclass(frozen=True)
class Question:
    """A question as this attempt asks it, with what was answered so far. `given` is as the bank keeps it, nothing where there is none."""

    number: int
    item: courses.Item
    seed: int
    given: Sequence[Any] | None
    everyone: bool = False
    corrected: bool = False

    @property
    def item_id(self) -> str:
        """The question's id in the bank."""
        return self.item.id

    @property
    def kind(self) -> str:
        """Its kind."""
        return self.item.kind

    @property
    def stem(self) -> str:
        """What is asked."""
        return self.item.stem

    @property
    def objective(self) -> str:
        """The id of the objective that it tests."""
        return self.item.objective

    @property
    def section(self) -> str:
        """The file that answers it."""
        return self.item.section

    @cached_property
    def choices(self) -> tuple[Choice, ...]:
        """The options in this attempt's order."""
        chosen, options = set(self.given or ()), self.item.options
        return tuple(
            Choice(key_of(shown), place, options[place].text, options[place].correct, options[place].rationale, place in chosen)
            for shown, place in enumerate(self._order(len(options)))
        )

    @cached_property
    def offers(self) -> tuple[tuple[str, str], ...]:
        """What can be given for a row: letters with right sides to match, or the numbers of positions."""
        if self.kind == "ordering":
            return tuple((str(number), str(number)) for number in range(1, len(self.item.steps) + 1))
        return tuple((key_of(shown), self.item.pairs[place].right) for shown, place in enumerate(self._offered))

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """Left sides in the bank's order, or steps in this attempt's order."""
        return self._pairs() if self.kind == "matching" else self._steps() if self.kind == "ordering" else ()

    @property
    def rows_in_order(self) -> list[Row]:
        """The rows as the bank has them: steps in their right order."""
        return sorted(self.rows, key=lambda row: row.place)

    @property
    def text(self) -> str:
        """What was written, for a number or a reflection."""
        return str(self.given[0]) if self.given and self.kind in {"numeric", "reflection"} else ""

    @property
    def unreadable(self) -> bool:
        """Whether a number was asked and something else was written."""
        return self.kind == "numeric" and bool(self.text) and scoring.number_of(self.text, self.unit) is None

    @property
    def unit(self) -> str:
        """The unit in which a number is asked."""
        return self.item.numeric.unit if self.item.numeric else ""

    @property
    def answer(self) -> str:
        """The right number in words."""
        if self.item.numeric is None:
            return ""
        numeric = self.item.numeric
        near = f", give or take {numeric.tolerance.normalize():f}" if numeric.tolerance else ""
        return f"{numeric.value:f} {numeric.unit}".strip() + near

    @property
    def answered(self) -> bool:
        """Whether there is an answer, wholly or in part."""
        return self.given is not None and (self.kind in scoring.CHOSEN or any(entry not in (None, "") for entry in self.given))

    @property
    def scored(self) -> bool:
        """Whether it counts towards passing."""
        return self.kind != "reflection"

    @cached_property
    def right(self) -> bool:
        """Whether the answer is wholly right; a reflection never is."""
        return self.scored and (self.everyone or scoring.is_right(self.item, self.given))

    def under(self, key: Mapping[str, Any]) -> "Question":
        """The same question under another key."""
        return replace(self, item=scoring.with_key(self.item, key), everyone=dict(key) == scoring.EVERYONE, corrected=True)

    @property
    def several(self) -> bool:
        """Whether more than one option may be chosen."""
        return self.kind == "multiple"

    @property
    def chosen_keys(self) -> list[str]:
        """The answer as it is sent: letters chosen, what was given for each row, or the text."""
        if self.rows:
            return [row.given for row in self.rows]
        return [choice.key for choice in self.choices if choice.chosen] if self.choices else [self.text]

    def kept(self, sent: Sequence[str]) -> list[Any]:
        """What the bank keeps of an answer as it is sent. Refused where it is none to this question."""
        if self.kind in scoring.CHOSEN:
            return self._places(sent)
        if self.rows:
            return self._given_rows(sent)
        if len(sent) != 1 or len(sent[0]) > LONGEST_TEXT:
            raise Refusal(f"An answer in words holds {LONGEST_TEXT:,} characters. Shorten it; it is kept on this page.")
        return [sent[0].replace("\r\n", "\n").replace("\x00", "").strip()]

    def _places(self, sent: Sequence[str]) -> list[int]:
        """The places in the bank of the options with these letters."""
        known = {choice.key: choice.place for choice in self.choices}
        if not set(sent) <= known.keys():
            raise Refusal(f"There is no such option. Choose from {', '.join(known)}.")
        if len(set(sent)) != 1 and not self.several:
            raise Refusal("Choose one option for this question.")
        return sorted({known[key] for key in sent})

    def _given_rows(self, sent: Sequence[str]) -> list[int | None]:
        """For each left side the place of the right one given, or for each step of the bank its position."""
        known = [key for key, _ in self.offers]
        if len(sent) != len(self.rows) or not set(sent) <= {"", *known}:
            raise Refusal(f"This question has {len(self.rows)} rows. Give each one of {', '.join(known)}, or leave it open.")
        if self.kind == "matching":
            return [self._offered[known.index(key)] if key else None for key in sent]
        by_place = {row.place: int(key) if key else None for row, key in zip(self.rows, sent, strict=True)}
        return [by_place[place] for place in range(len(sent))]

    @cached_property
    def _offered(self) -> tuple[int, ...]:
        """The places of pairs whose right sides are offered, each wording once, in this attempt's order."""
        first = {pair.right: place for place, pair in reversed(list(enumerate(self.item.pairs)))}
        places = sorted(first.values())
        return tuple(places[shown] for shown in self._order(len(places)))

    def _pairs(self) -> tuple[Row, ...]:
        pairs = self.item.pairs
        letters = {right: key for key, right in self.offers}
        lefts = [(place, pair) for place, pair in enumerate(pairs) if pair.left]
        given = list(self.given or [None] * len(lefts))
        says = ["" if chosen is None else pairs[chosen].right for chosen in given]
        return tuple(
            Row(place, pair.left, letters.get(word, ""), word, pair.right) for (place, pair), word in zip(lefts, says, strict=True)
        )

    def _steps(self) -> tuple[Row, ...]:
        steps = self.item.steps
        given = list(self.given or [None] * len(steps))
        said = ["" if position is None else str(position) for position in given]
        return tuple(Row(place, steps[place], said[place], said[place], str(place + 1)) for place in self._order(len(steps)))

    def _order(self, count: int) -> tuple[int, ...]:
        return order_of_options(self.seed, self.item.id, self.kind, count)


@dataclass(frozen=True)
class Paper:
    """An attempt with its questions in order."""

    attempt: Attempt
    questions: tuple[Question, ...]

    @property
    def asked(self) -> int:
        """How many questions there are, reflections among them."""
        return len(self.questions)

    @property
    def scored(self) -> int:
        """How many of them count."""
        return sum(question.scored for question in self.questions)

    @property
    def answered(self) -> int:
        """How many have an answer."""
        return sum(question.answered for question in self.questions)

    @property
    def right(self) -> int:
        """How many are answered rightly."""
        return sum(question.right for question in self.questions)

    @property
    def percent(self) -> int:
        """The score, rounded down; all of it where nothing counts."""
        return 100 * self.right // self.scored if self.scored else 100

    @property
    def passes(self) -> bool:
        """Whether that is enough; compared before rounding."""
        return 100 * self.right >= self.attempt.pass_percent * self.scored

    def under(self, item_id: str, key: Mapping[str, Any]) -> "Paper":
        """The same paper with another key for one question."""
        return replace(self, questions=tuple(one.under(key) if one.item_id == item_id else one for one in self.questions))

    @property
    def saved(self) -> Mapping[str, list[str]]:
        """The answers as they are sent, by question, for those that were ever given."""
        return {question.item_id: question.chosen_keys for question in self.questions if question.given is not None}
