"""What a license needs, for a page: due, days, lines, what is open, and where it was read."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.safestring import SafeString

from perennial.apps.licenses.queries import questions_for
from perennial.apps.portal.drawn import address
from perennial.apps.portal.label import label
from perennial.apps.portal.lines import Lines, LineView, lines_of, unmet
from perennial.apps.portal.words import NEEDS, board_address, days
from perennial.core.rules import Answer, Rule
from perennial.core.rules.attributes import question
from perennial.core.values.words import ce_hours, day_in_words, plain_hours


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """A question about the person that is not answered and makes a difference; `address` is where it is answered."""

    slug: str
    words: str
    address: str


@dataclass(frozen=True, slots=True)
class Finding:
    """An answer made ready for a page."""

    name: str
    answer: Answer
    rule: Rule
    lines: Lines
    days_left: int
    days_total: int
    ended: bool

    @property
    def jurisdiction(self) -> str:
        """The state's code, as addresses write it."""
        return self.rule.jurisdiction.lower()

    @property
    def title(self) -> str:
        """The answer in one line."""
        answer = self.answer
        if any(need in ("birth_month", "number") for need in answer.needs):
            return "One more answer, please"
        if not answer.owed:
            return "No CE hours are owed at this renewal"
        if answer.asked_hours:
            return f"{ce_hours(answer.asked_hours)} by {day_in_words(answer.due)}"
        lines = sum(line.asked != "0" for line in self.lines.asked)
        if not lines:
            return "This rule asks for no CE hours"
        return f"{lines} line{'' if lines == 1 else 's'} to complete by {day_in_words(answer.due)}"

    @property
    def time(self) -> str:
        """How long is left."""
        return f"This period ended on {day_in_words(self.answer.due)}." if self.ended else f"{days(self.days_left)} left."

    @property
    def window(self) -> str:
        """Between which days hours count."""
        if "months" in self.answer.needs:
            return f"Due on {day_in_words(self.answer.due)}; from which day on was not read."
        return f"Hours count from {day_in_words(self.answer.start)} to {day_in_words(self.answer.due)}."

    @property
    def blocked(self) -> bool:
        """Whether nothing can be shown before one more answer."""
        return self.answer.compliant is None and bool({"birth_month", "number"} & set(self.answer.needs))

    @property
    def needs(self) -> tuple[str, ...]:
        """What the person could still tell, as sentences."""
        counts = questions_for(self.rule.jurisdiction, self.rule.profession).renewal_number
        return tuple(NEEDS.get(need, need) for need in self.answer.facts_needed if counts or need != "renewal_number")

    @property
    def questions(self) -> tuple[OpenQuestion, ...]:
        """What the person has not answered and the answer depends on."""
        page = address("licenses:questions")
        return tuple(OpenQuestion(slug, question(self.rule, slug), f"{page}#q-{slug}") for slug in self.answer.unanswered)

    @property
    def waits(self) -> bool:
        """Whether the verdict itself waits for such an answer."""
        return self.answer.compliant is None and bool(self.answer.unanswered) and not self.blocked

    @property
    def sure(self) -> bool:
        """Whether nothing is open in what was read."""
        return not self.answer.unchecked and self.rule.file.confidence == "high"

    @property
    def board_url(self) -> str:
        """The board's own page, where one was read."""
        return board_address(self.rule.file)

    @property
    def label(self) -> SafeString:
        """The label that says which rule was used, and how well it is known."""
        return label(self.rule.jurisdiction, self.rule.profession, len(self.answer.unchecked))

    @property
    def unmet(self) -> tuple[LineView, ...]:
        """The lines for which something is still to be done, the hours in all first."""
        return unmet(self.lines.asked)

    @property
    def to_find(self) -> Decimal:
        """CE hours still missing: those in all, or where fewer, those that topics alone still need."""
        total = self.lines.total
        topics = max((line.left or Decimal(0) for line in self.lines.topics), default=Decimal(0))
        return max(total.left or Decimal(0) if total else Decimal(0), topics)

    @property
    def verdict(self) -> tuple[str, str]:
        """The state and the words of the mark beside the license's name."""
        answer = self.answer
        if self.blocked:
            return "part", "One answer missing"
        if not answer.owed:
            return "met", "Nothing owed now"
        if self.waits:
            count = len(answer.unanswered)
            return "part", "One answer missing" if count == 1 else f"{count} answers missing"
        if answer.compliant is None:
            return "part", "Ask the board"
        if answer.compliant:
            return ("met", "All in place") if answer.certain else ("part", "In place, by what we have read")
        state = "part" if answer.counted_hours else "missing"
        if self.to_find:
            return state, f"{plain_hours(self.to_find)} h to find"
        count = len(self.unmet)
        return ("part", f"{count} line{'s' if count > 1 else ''} to complete") if count else ("part", "Ask the board")

    @property
    def doubt(self) -> str:
        """What to say beside a verdict that open points could change; empty where none could."""
        if self.answer.certain or self.blocked or self.answer.compliant is None:
            return ""
        if self.questions:
            return "An answer that is missing could change this."
        return "By what we have read: a point that is open could change this."

    @property
    def asked_hours(self) -> Decimal:
        """The hours in all, 0 where none are asked."""
        return self.answer.asked_hours or Decimal(0)


def finding_of(name: str, rule: Rule, answer: Answer, day: date, entries: Mapping[str, tuple[int, date]] | None = None) -> Finding:
    """An answer made ready for a page on a day."""
    return Finding(
        name=name,
        answer=answer,
        rule=rule,
        lines=lines_of(answer, entries),
        days_left=max((answer.due - day).days, 0),
        days_total=max((answer.due - answer.start).days + 1, 1),
        ended=answer.due < day,
    )
