"""What a reminder says: what is missing for a license, by when, and what to ask the board."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from perennial.apps.standing.queries import LicenseStanding
from perennial.core.rules import Answer, Line
from perennial.core.rules.attributes import question
from perennial.core.rules.citing import board_address
from perennial.core.values.words import ce_hours, day_in_words, plain_hours

Kind = Literal["missing", "unknown", "ask"]
NEEDS = {
    "birth_month": "Tell us your month of birth; this rule counts from it.",
    "number": "Tell us the license number; this rule goes by its last digit.",
    "issued": "Tell us the day on which the license was first issued.",
    "renewal_number": "Tell us which renewal this is.",
    "months": "How long a renewal period lasts was not read. Ask the board.",
}


@dataclass(frozen=True, slots=True)
class Lack:
    """What a license lacks on a day, in words. `kind`: hours or duties are missing; we cannot tell; or only the board can."""

    kind: Kind
    name: str
    due: date
    days_left: int
    counted: str
    first: str
    missing: tuple[str, ...]
    ask: tuple[str, ...]
    board: str

    @property
    def due_words(self) -> str:
        """The due day: 28 February 2027."""
        return day_in_words(self.due)

    @property
    def left(self) -> str:
        """How long is left: 30 days; today."""
        return "today" if self.days_left == 0 else f"in {self.days_left} day{'' if self.days_left == 1 else 's'}"

    @property
    def title(self) -> str:
        """The reminder in one line."""
        if self.kind == "missing":
            return f"{self.name}: {self.headline}, due {self.left}"
        if self.kind == "unknown":
            return f"{self.name}: due {self.left}, and we cannot tell what is missing"
        return f"{self.name}: due {self.left}, one thing to ask the board"

    @property
    def headline(self) -> str:
        """The first thing that is missing, and how many more lines there are."""
        more = len(self.missing) - 1
        return f"{self.first} (and {more} more line{'' if more == 1 else 's'})" if more > 0 else self.first

    @property
    def text(self) -> str:
        """The reminder in a few sentences."""
        parts = [f"Hours are due on {self.due_words}."]
        parts += [f"Missing: {_ended('; '.join(self.missing))}"] if self.missing else []
        asks = "; ".join(point.rstrip(".") for point in self.ask)
        parts += [f"Ask the board: {_ended(asks)}"] if asks else []
        return " ".join(parts)


def lack_of(standing: LicenseStanding, *, day: date) -> Lack | None:
    """What a license lacks on a day; None where all is in place for sure, nothing is owed, or its day is past."""
    answer = standing.answer
    if answer is None:
        return _without_rule(standing, day)
    if not answer.owed or answer.due < day or (answer.compliant and answer.certain):
        return None
    unmet = _unmet(answer) if answer.compliant is not None else []
    missing = (*(_words(line) for line in unmet), *_needs(answer if answer.compliant is None else None), *_answers(standing, answer))
    unknown = answer.compliant is None or (answer.compliant and answer.unanswered)
    kind: Kind = "unknown" if unknown else "ask" if answer.compliant else "missing"
    return Lack(
        kind=kind,
        name=standing.name,
        due=answer.due,
        days_left=(answer.due - day).days,
        counted=_counted(answer),
        first=_first(unmet),
        missing=missing,
        ask=() if answer.certain and answer.compliant is not None else answer.unchecked[:5],
        board=_board(standing),
    )


def _ended(words: str) -> str:
    return words if words.endswith("?") else f"{words}."


def _without_rule(standing: LicenseStanding, day: date) -> Lack | None:
    due = standing.license.expires_on
    if due < day:
        return None
    ask = ("What it asks for. We have no rule for this license, so nothing could be counted",)
    return Lack("ask", standing.name, due, (due - day).days, "", "", (), ask, "")


def _unmet(answer: Answer) -> list[Line]:
    unmet = [line for line in answer.lines if line.kind != "limit" and line.verdict == "missing"]
    return sorted(unmet, key=lambda line: line.kind != "total")


def _words(line: Line) -> str:
    if line.missing is None:
        return f"{line.name}: to complete"
    return f"{ce_hours(line.missing)} more in all" if line.kind == "total" else f"{ce_hours(line.missing)} of {line.name}"


def _first(unmet: list[Line]) -> str:
    if not unmet:
        return "something is missing"
    line = unmet[0]
    return f"{_words(line).removesuffix(' more in all')} missing" if line.missing is not None else f"{line.name} to complete"


def _counted(answer: Answer) -> str:
    if not answer.asked_hours:
        return ""
    return f"{plain_hours(answer.counted_hours)} of {ce_hours(answer.asked_hours)} counted so far."


def _needs(answer: Answer | None) -> tuple[str, ...]:
    return tuple(NEEDS.get(need, need).rstrip(".") for need in answer.facts_needed) if answer else ()


def _answers(standing: LicenseStanding, answer: Answer) -> tuple[str, ...]:
    """The questions about the person that are not answered and make a difference."""
    return tuple(f"an answer: {question(standing.rule, slug)}" for slug in answer.unanswered) if standing.rule else ()


def _board(standing: LicenseStanding) -> str:
    rule = standing.rule
    if rule is None or standing.own:
        return ""
    return board_address(rule.file)
