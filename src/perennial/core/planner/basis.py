"""One license before anything is planned: what it has, whether anything can be planned for it, what its days mean."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from perennial.core.planner.dates import DAY, Calendar, Copy
from perennial.core.planner.facts import Owed
from perennial.core.rules import Answer, Credit, CreditWindow, Rule, Standing, credit_window, evaluate
from perennial.core.rules.asked import asks, caps, units_of
from perennial.core.rules.count import grants_of
from perennial.core.rules.ledger import entries_of, sort_credits
from perennial.core.rules.periods import months_before, window_before
from perennial.core.rules.question import Question, renewal_number
from perennial.core.rules.rule import in_force
from perennial.core.rules.selection import Entry, Reading


@dataclass(frozen=True, slots=True)
class Basis:
    """A license with what is earned, as it stands today."""

    owed: Owed
    standing: Standing
    window: CreditWindow
    before: Answer
    calendar: Calendar

    @property
    def plannable(self) -> bool:
        """Whether hours could change its verdict: it is known what it asks, and something is owed."""
        return self.before.compliant is not None and self.before.owed

    def judged(self, chosen: Sequence[Credit]) -> Answer:
        """The answer with these credits earned as well."""
        last = max([self.standing.as_of, *(c.date for c in chosen)])
        return evaluate(self.owed.rule, replace(self.standing, as_of=last, credits=(*self.standing.credits, *chosen)))


def basis_of(owed: Owed) -> Basis:
    """A license as it stands on the day asked; credits of later days are left out."""
    given = owed.standing
    standing = replace(given, credits=tuple(c for c in given.credits if c.date <= given.as_of))
    window = credit_window(owed.rule.file, standing.license)
    return Basis(owed, standing, window, evaluate(owed.rule, standing), _calendar(owed.rule, standing, window))


def question_of(basis: Basis, more: tuple[Entry, ...]) -> tuple[Question, tuple[Entry, ...], int]:
    """The question with everything that could be earned inside, what could be earned early, and how many entries are held.

    Of repeats none is taken out yet. Entries held already come first.
    """
    rule, standing, window = basis.owed.rule, basis.standing, basis.window
    number = renewal_number(rule, standing.license, window)
    held = (*entries_of(standing.credits, rule.vocabulary), *grants_of(rule, standing, window, number))
    plain = replace_repeats(rule)
    mine = sort_credits(plain, standing.as_of, held, window).every
    offered = sort_credits(plain, date.max, more, window).every if more else ()
    inside = [e for e in mine if window.holds(e.day)]
    count = len(inside)
    inside += [e for e in offered if window.holds(e.day)]
    early = tuple(e for e in offered if e.day < window.start)
    return Question(rule, standing, window, mine, tuple(inside), Reading.AS_READ, number, ()), early, count


def replace_repeats(rule: Rule) -> Rule:
    """The rule as it measures and gates credits, without its rule on repeats."""
    counting = rule.file.counting
    if counting.repeats is None:
        return rule
    return replace(rule, file=rule.file.model_copy(update={"counting": counting.model_copy(update={"repeats": None})}))


def carry_most(question: Question) -> int:
    """The most units that may come from the window before."""
    if question.renewal == 1:
        return 0
    figure = in_force(question.rule.file.carry_over.at_most, question.window.end)
    return units_of(figure.hours) if figure and figure.hours is not None and not question.rule.file.carry_over.unknown else 0


def _calendar(rule: Rule, standing: Standing, window: CreditWindow) -> Calendar:
    number = renewal_number(rule, standing.license, window)
    entries = entries_of(standing.credits, rule.vocabulary)
    question = Question(rule, standing, window, entries, tuple(e for e in entries if window.holds(e.day)), Reading.AS_READ, number, ())
    asked = asks(question) if not window.needs else {}
    yearly = any(a.yearly for a in asked.values()) or any(rule.file.limits[c.id].each == "year" for c in caps(question, asked))
    repeats = rule.file.counting.repeats
    early = [CreditWindow(a.lookback.start, window.start - DAY) for a in asked.values() if a.lookback and a.lookback.start < window.start]
    if repeats == "not_consecutive" or carry_most(question):
        early.append(window_before(rule.file, window))
    years = tuple(_years(window)) if yearly else ()
    return Calendar(window, years, tuple(early), repeats is not None)


def _years(window: CreditWindow) -> Iterable[date]:
    """The first days of years of the window, counted back from its end."""
    number = 1
    while (turn := months_before(window.end, 12 * number) + DAY) > window.start:
        yield turn
        number += 1


def credits_of(copies: Iterable[Copy], taken: frozenset[str]) -> list[Credit]:
    """What chosen copies earn, under their offers' own ids where no credit held has the same."""
    found = []
    for copy in copies:
        name = copy.credit.id.split("\0")[0]
        found.append(replace(copy.credit, id=f"{name} (offered)" if name in taken else name))
    return found
