"""One question put to a rule: this license, this window, these credits, this reading of what is open."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from perennial.core.rules.facts import License, Standing
from perennial.core.rules.periods import CreditWindow, months_after
from perennial.core.rules.rule import Rule
from perennial.core.rules.schema import Effect, FirstStep
from perennial.core.rules.selection import Entry, Picker, Reading, Settled, settled_by


@dataclass(frozen=True, slots=True)
class Question:
    """The inputs of one count, gathered once: `inside` are the entries in the window, `effects` what is open."""

    rule: Rule
    standing: Standing
    window: CreditWindow
    entries: tuple[Entry, ...]
    inside: tuple[Entry, ...]
    reading: Reading
    renewal: int | None
    effects: tuple[Effect, ...]
    memo: dict[tuple[int, Settled], list[int]] = field(default_factory=dict)
    """What selections picked out of `inside`, kept while one license is judged: the second count asks much the same."""

    @property
    def license(self) -> License:
        """The license asked about."""
        return self.standing.license

    def picked(self, picker: Picker) -> list[int]:
        """Units of each credit inside that a selection picks out in this reading."""
        settled = settled_by(self.reading, is_limit=picker.is_limit) if picker.has_doubt else None
        key = (id(picker), settled)
        found = self.memo.get(key)
        if found is None:
            found = self.memo[key] = picker.units_of_all(self.inside, self.reading)
        return found

    def done_on(self, names: frozenset[str], within: CreditWindow | None) -> bool:
        """Whether one of these duties is done, on a day inside the window where its day is known."""
        return any(d.what in names and (d.on is None or within is None or within.holds(d.on)) for d in self.standing.done)


def open_effects(rule: Rule, standing: Standing, window: CreditWindow, renewal: int | None) -> tuple[Effect, ...]:
    """What open points could do to this person in this period."""
    return tuple(
        effect
        for point in rule.file.open.values()
        for effect in point.could
        if not (effect.applies_to and not standing.attributes.intersection(effect.applies_to))
        and not (effect.only_first and renewal != 1)
        and not (effect.not_first and renewal == 1)
        and (effect.start or window.end) <= window.end <= (effect.until or window.end)
    )


def renewal_number(rule: Rule, license: License, window: CreditWindow) -> int | None:
    """The number of this renewal, as told or as the dates show it; None where neither does.

    Where hours are reported only in some years, the first is the first reported one.
    """
    months = rule.file.period.months
    reports = rule.file.window is not None and rule.file.window.reports is not None
    if reports and license.issued is not None and license.issued >= window.start:
        return 1
    if reports and license.renewal_number == 1:
        return 1 if license.issued is None else 2
    if license.renewal_number is not None or license.issued is None:
        return license.renewal_number
    if license.issued >= window.start:
        return 1
    held = (license.expires.year - license.issued.year) * 12 + license.expires.month - license.issued.month
    return -(-held // months) if months else None


def first_step(question: Question) -> FirstStep | None:
    """The first-renewal step that applies, at a first renewal."""
    if question.renewal != 1:
        return None
    for step in question.rule.file.first_renewal.steps:
        if _step_holds(question, step):
            return step
    return None


def _step_holds(question: Question, step: FirstStep) -> bool:
    end = question.window.end
    if not (step.start or end) <= end <= (step.until or end):
        return False
    if step.held_less_than_months is not None:
        issued = question.license.issued
        held_enough = issued is None or months_after(issued, step.held_less_than_months) <= day_after(question.license.expires)
        return not held_enough
    return step.issued_within_months is None or _issued_within(question.license, step.issued_within_months)


def _issued_within(license: License, months: int) -> bool:
    return license.issued is not None and license.issued > months_after(license.expires, -months)


def years_after(day: date, years: int) -> date:
    """The same day so many years later (February 29 falls on February 28)."""
    return months_after(day, 12 * years) if (day.month, day.day) != (2, 28) else date(day.year + years, 2, 28)


def day_after(day: date) -> date:
    """The next day."""
    return day + timedelta(days=1)
