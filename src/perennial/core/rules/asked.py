"""What is asked of one license now: each requirement and limit with its figure, or why it does not bind."""

import math
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from perennial.core.rules.periods import CreditWindow, months_after
from perennial.core.rules.question import Question, day_after, first_step
from perennial.core.rules.recurrence import due_now
from perennial.core.rules.rule import in_force
from perennial.core.rules.schema import Effect, Figure, FirstStep, Limit, Proration, Recurrence, Requirement
from perennial.core.rules.selection import UNITS, Reading

NEVER = 10**12
"""More units than anyone can earn: what is asked when an open point may ask an unknown amount."""

State = Literal["asked", "not_due", "not_in_force", "not_applicable", "exempt"]


@dataclass(frozen=True, slots=True)
class Ask:
    """One requirement as it binds this license: units asked (None: only completion), or why it does not."""

    id: str
    state: State
    because: str
    units: int | None = 0
    yearly: int = 0
    figure: Figure | None = None
    lookback: CreditWindow | None = None
    needs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cap:
    """One limit as it binds this license: at most so many units."""

    id: str
    units: int
    figure: Figure | None = None
    of_earned: Fraction | None = None
    """Where the base is the hours earned: the share of them, instead of `units`."""


def units_of(hours: Decimal) -> int:
    """Hours as whole units."""
    return int(hours * UNITS)


def asks(question: Question) -> dict[str, Ask]:
    """Every requirement of the rule as it binds this license, the total first."""
    step = first_step(question)
    if question.reading is Reading.STRICT and any(e.full_first for e in question.effects):
        step = None
    found = {key: ask_of(question, key, r) for key, r in question.rule.file.requirements.items()}
    if step is not None:
        found = {key: _at_first(question, step, ask) for key, ask in found.items()}
        found = _not_above_total(question, step, found)
    found = {key: _share(ask, found.get("total")) for key, ask in found.items()}
    return _opened(question, step, found)


def ask_of(question: Question, key: str, requirement: Requirement) -> Ask:
    """One requirement as its own words bind this license; first-renewal steps and open points left aside."""
    window = question.window
    day = window.start if requirement.judged_by == "period_start" else window.end
    attributes = question.standing.attributes
    figure = in_force(requirement.at_least, day, attributes)
    yearly = in_force(requirement.each_year, day, attributes)
    if requirement.applies_to and not attributes.intersection(requirement.applies_to):
        return Ask(key, "not_applicable", "Asked only of some licensees, not of this one.", figure=figure or yearly)
    if figure is None and yearly is None and requirement.kinds is None:
        return Ask(key, "not_in_force", _not_in_force(requirement, day))
    basis = figure or yearly
    due = due_now(question, requirement, basis.start if basis else None)
    if not due.now or (due.doubtful and question.reading is Reading.LOOSE):
        return Ask(key, "not_due", due.because, figure=basis, lookback=due.lookback, needs=due.needs)
    return Ask(
        key,
        "asked",
        due.because,
        units=_figure_units(figure, requirement),
        yearly=units_of(yearly.hours) if yearly and yearly.hours else 0,
        figure=basis,
        lookback=due.lookback,
        needs=due.needs,
    )


def _figure_units(figure: Figure | None, requirement: Requirement) -> int | None:
    if figure is None:
        return 0
    if figure.hours is not None:
        return units_of(figure.hours)
    return 0 if figure.percent is not None or requirement.kinds else None


def _not_in_force(requirement: Requirement, day: date) -> str:
    coming = [f.start for f in requirement.at_least if f.start and f.start > day]
    if coming:
        return f"Comes into force on {min(coming):%-d %B %Y}, after this period."
    return "No longer in force for this period."


def _share(ask: Ask, total: Ask | None) -> Ask:
    """A requirement that is a percentage of the hours asked."""
    if ask.state != "asked" or ask.figure is None or ask.figure.percent is None:
        return ask
    base = total.units if total is not None and total.units else 0
    return replace(ask, units=int(base * ask.figure.percent / 100))


def _at_first(question: Question, step: FirstStep, ask: Ask) -> Ask:
    file = question.rule.file
    says = file.first_renewal.says
    if step.prorate is not None and ask.id == "total" and ask.state == "asked":
        return replace(ask, units=_prorated(question, step.prorate), yearly=0, because=says)
    if step.prorate is not None and ask.id in step.prorate.per_six_months and question.license.issued is not None:
        blocks = whole_months(question) // 6
        return replace(ask, units=units_of(step.prorate.per_six_months[ask.id]) * blocks, because=says)
    if ask.id in step.asks and ask.state in ("asked", "not_due"):
        hours = step.asks[ask.id]
        state: State = "asked" if hours else "exempt"
        return replace(ask, state=state, units=units_of(hours), yearly=0, because=says)
    if step.others == "none" and ask.state == "asked":
        return replace(ask, state="exempt", units=0, yearly=0, because=says)
    return ask


def _not_above_total(question: Question, step: FirstStep, found: dict[str, Ask]) -> dict[str, Ask]:
    """A share of the hours cannot exceed the hours: topics shrink with a reduced first total."""
    total = found.get("total")
    if total is None or total.state not in ("asked", "exempt") or not (step.asks or step.prorate):
        return found
    most = total.units or 0
    inside = question.rule.file.requirements
    return {
        key: replace(ask, units=min(ask.units, most))
        if key != "total" and ask.units and key not in step.asks and inside[key].counts_toward_total is True
        else ask
        for key, ask in found.items()
    }


def whole_months(question: Question) -> int:
    """Full months from first licensure to the end of the period, both days included."""
    issued, end = question.license.issued, day_after(question.license.expires)
    if issued is None:
        return 0
    months = (end.year - issued.year) * 12 + end.month - issued.month
    return months - (months_after(issued, months) > end)


def _counted_months(question: Question, how: str) -> int:
    issued, end = question.license.issued, question.license.expires
    if issued is None:
        return question.rule.file.period.months or 0
    apart = (end.year - issued.year) * 12 + end.month - issued.month
    if how == "both_ends":
        return apart + 1
    if how == "after_issue_month":
        return apart
    months = whole_months(question)
    return months // 6 * 6 if how == "six_month_blocks" else months


def _prorated(question: Question, rule: Proration) -> int:
    hours = Fraction(rule.hours_per_month) * _counted_months(question, rule.months)
    if rule.at_most is not None:
        hours = min(hours, Fraction(rule.at_most))
    if rule.round is not None:
        steps = hours / Fraction(rule.round.to)
        way = rule.round.way
        whole = math.floor(steps + Fraction(1, 2)) if way == "nearest" else math.ceil(steps)
        hours = (math.floor(steps) if way == "down" else whole) * Fraction(rule.round.to)
    return math.floor(hours * UNITS)


def _opened(question: Question, step: FirstStep | None, found: dict[str, Ask]) -> dict[str, Ask]:
    """The same under the strictest or the loosest reading of what is open."""
    reading = question.reading
    if reading is Reading.AS_READ:
        return found
    strict = reading is Reading.STRICT
    for effect in question.effects:
        _touch(question, effect, found, strict=strict)
    if strict and not _exempt(found):
        for duty in open_duties(question):
            found["?" + duty] = Ask("?" + duty, "asked", "", units=NEVER)
    if question.renewal in (1, None) and not strict and (_first_unknown(question, step) or _first_untold(question)):
        return {key: replace(ask, state="exempt", units=0, yearly=0) for key, ask in found.items()}
    return found


def open_duties(question: Question) -> list[str]:
    """Duties of the rule that the person has not said to be done in this period."""
    return [d for d in question.rule.file.duties if not question.done_on(frozenset({d}), question.window)]


def _first_unknown(question: Question, step: FirstStep | None) -> bool:
    return question.rule.file.first_renewal.unknown or (step is not None and (step.unknown or step.others == "unknown"))


def _first_untold(question: Question) -> bool:
    """Whether this may be a first renewal that asks less, but neither its number nor the day of issue that decides was told."""
    steps = question.rule.file.first_renewal.steps
    if question.renewal is None:
        return bool(steps)
    if question.renewal != 1 or question.license.issued is not None:
        return False
    return any(s.prorate or s.issued_within_months is not None or s.held_less_than_months is not None for s in steps)


def _touch(question: Question, effect: Effect, found: dict[str, Ask], *, strict: bool) -> None:
    if effect.not_asked in found and not strict:
        found[effect.not_asked] = replace(found[effect.not_asked], state="not_due", units=0, yearly=0)
    if effect.figure in found and found[effect.figure].state == "asked":
        hours = effect.highest if strict else effect.lowest
        unknown = NEVER if strict else 0
        found[effect.figure] = replace(found[effect.figure], units=unknown if hours is None else units_of(hours))
    if effect.not_yearly in found and not strict:
        found[effect.not_yearly] = replace(found[effect.not_yearly], yearly=0)
    if effect.recurs in found:
        found[effect.recurs] = _recurring(question, effect.recurs, found[effect.recurs], strict=strict)
    if effect.due_now in found and strict and found[effect.due_now].state in ("not_due", "exempt"):
        found[effect.due_now] = _made_due(found[effect.due_now])
    if effect.unverified in found and strict and found[effect.unverified].state == "asked":
        found[effect.unverified] = replace(found[effect.unverified], units=NEVER)
    if effect.asks and strict and not _exempt(found):
        most = effect.asks_hours
        key = "?" + "|".join(effect.asks)
        found[key] = Ask(key, "asked", "", units=NEVER if most is None else units_of(most))


def _made_due(ask: Ask) -> Ask:
    hours = ask.figure.hours if ask.figure else None
    return replace(ask, state="asked", units=None if hours is None else units_of(hours))


def _recurring(question: Question, key: str, ask: Ask, *, strict: bool) -> Ask:
    """Open from when the years count: due already, or met by hours of the last two spans."""
    if strict:
        return _made_due(ask) if ask.state == "not_due" else ask
    due = question.rule.file.requirements[key].due
    years = due.years if isinstance(due, Recurrence) and due.years else 1
    since = months_after(question.window.end, -24 * years)
    picker = question.rule.requirements[key]
    lately = any(e.day > since and picker.units(e, Reading.LOOSE) for e in question.entries)
    return replace(ask, state="not_due", units=0) if lately and ask.state == "asked" else ask


def _exempt(found: dict[str, Ask]) -> bool:
    total = found.get("total")
    return total is not None and total.state == "exempt" and not total.units


def caps(question: Question, asked: dict[str, Ask]) -> list[Cap]:
    """Every limit as it binds this license."""
    doubted = {e.not_asked for e in question.effects} | {e.figure for e in question.effects}
    found: list[Cap] = []
    for key, limit in question.rule.file.limits.items():
        cap = _cap(question, key, limit, asked)
        if cap is None:
            continue
        if key in doubted and question.reading is not Reading.AS_READ:
            cap = _doubted(question, cap)
        if cap is not None:
            found.append(cap)
    return found


def _cap(question: Question, key: str, limit: Limit, asked: dict[str, Ask]) -> Cap | None:
    end = question.window.end
    if any(w.start <= end <= w.until for w in limit.waived):
        return None
    figure = in_force(limit.at_most, end, question.standing.attributes)
    if figure is None:
        return None
    if figure.hours is not None:
        return Cap(key, units_of(figure.hours), figure)
    share = Fraction(figure.percent or 0) / 100
    if figure.of == "earned":
        return Cap(key, 0, figure, of_earned=share)
    base = asked.get("total" if figure.of == "asked" else figure.of)
    return Cap(key, math.floor((base.units or 0) * share) if base is not None else 0, figure)


def _doubted(question: Question, cap: Cap) -> Cap | None:
    loose = question.reading is Reading.LOOSE
    for effect in question.effects:
        if effect.not_asked == cap.id and loose:
            return None
        if effect.figure == cap.id:
            hours = effect.highest if loose else effect.lowest
            if hours is None:
                return None if loose else replace(cap, units=0)
            cap = replace(cap, units=units_of(hours))
    return cap
