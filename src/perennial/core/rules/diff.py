"""What a rule asks of periods that end on two days: lines added, removed and changed, each with its source."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from perennial.core.rules.periods import DAY, months_after, months_before
from perennial.core.rules.rule import Rule, in_force
from perennial.core.rules.schema import Figure, Requirement, Source, Waiver

EVERYONE = ""
WHOLE = "whole"
Place = tuple[str, str, str]
"""Kind of line (asked, each year, limit, carried, waived, suspended), its id in the file, and the attribute of those it is for."""


@dataclass(frozen=True, slots=True)
class Stand:
    """One line as it stands for periods that end on a day."""

    amount: str
    says: str
    source: Source | None
    start: date | None
    until: date | None


@dataclass(frozen=True, slots=True)
class Change:
    """A line that differs between two days; `before` is empty where it was added, `after` where it was removed."""

    place: Place
    name: str
    before: Stand | None
    after: Stand | None

    @property
    def how(self) -> str:
        """`added`, `removed` or `changed`."""
        if self.before is None:
            return "added"
        return "removed" if self.after is None else "changed"


def changes_between(rule: Rule, first: date, second: date) -> tuple[Change, ...]:
    """What periods ending on the second day are asked that those ending on the first were not, and the other way about."""
    before, after = dict(_lines(rule, first)), dict(_lines(rule, second))
    places = [*before, *(place for place in after if place not in before)]
    return tuple(
        Change(place, _name(rule, place), before.get(place), after.get(place))
        for place in places
        if _amount(before, place) != _amount(after, place)
    )


def turning_days(rule: Rule) -> tuple[date, ...]:
    """The days from which a figure of this rule begins or has ended, in order; the law as read moves on no other."""
    file = rule.file
    figures = [f for limit in file.limits.values() for f in limit.at_most]
    figures += file.carry_over.at_most
    waivers = [*file.suspended, *(w for limit in file.limits.values() for w in limit.waived)]
    spans: list[tuple[date | None, date | None]] = [(f.start, f.until) for f in figures]
    spans += [(w.start, w.until) for w in waivers]
    found = {start for start, _ in spans if start is not None}
    found |= {until + DAY for _, until in spans if until is not None}
    return tuple(sorted(found.union(*(_turns(rule, r) for r in file.requirements.values()))))


def _turns(rule: Rule, requirement: Requirement) -> set[date]:
    """The turning days of one requirement; judged by its start, a period turns as long after the figure as it lasts."""
    figures = (*requirement.at_least, *requirement.each_year)
    found = {f.start for f in figures if f.start is not None} | {f.until + DAY for f in figures if f.until is not None}
    months = rule.file.period.months
    if requirement.judged_by == "period_start" and months:
        return {months_after(day - DAY, months) for day in found}
    return found


def next_changes(rule: Rule, after: date, until: date) -> tuple[tuple[date, tuple[Change, ...]], ...]:
    """Each turning day past `after`, up to and with `until`, on which a period ending then is asked something else than the day before."""
    days = [day for day in turning_days(rule) if after < day <= until]
    found = ((day, changes_between(rule, day - DAY, day)) for day in days)
    return tuple((day, changes) for day, changes in found if changes)


def as_rows(changes: Iterable[Change]) -> list[dict[str, Any]]:
    """Changes as plain values, for JSON."""
    return [
        {
            "kind": change.place[0],
            "requirement": change.place[1],
            "applies_to": change.place[2] or None,
            "name": change.name,
            "change": change.how,
            "before": _row(change.before),
            "after": _row(change.after),
        }
        for change in changes
    ]


def _row(standing: Stand | None) -> dict[str, Any] | None:
    if standing is None:
        return None
    source = standing.source
    return {
        "amount": standing.amount,
        "says": standing.says,
        "in_force_from": standing.start.isoformat() if standing.start else None,
        "in_force_until": standing.until.isoformat() if standing.until else None,
        "source": None if source is None else {"cite": source.cite, "url": source.url, "read": source.read},
    }


def _amount(lines: Mapping[Place, Stand], place: Place) -> str | None:
    return lines[place].amount if place in lines else None


def _lines(rule: Rule, day: date) -> Iterator[tuple[Place, Stand]]:
    file = rule.file
    for key, requirement in file.requirements.items():
        judged = day
        if requirement.judged_by == "period_start" and file.period.months:
            judged = months_before(day, file.period.months) + DAY
        yield from _figures(rule, "asked", key, requirement.at_least, judged)
        yield from _figures(rule, "each year", key, requirement.each_year, judged)
    for key, limit in file.limits.items():
        yield from _figures(rule, "limit", key, limit.at_most, day)
        yield from _waived(rule, "waived", key, limit.waived, day)
    yield from _figures(rule, "carried", "carry_over", file.carry_over.at_most, day)
    yield from _waived(rule, "suspended", WHOLE, file.suspended, day)


def _figures(rule: Rule, kind: str, key: str, figures: tuple[Figure, ...], day: date) -> Iterator[tuple[Place, Stand]]:
    people = dict.fromkeys((EVERYONE, *(slug for figure in figures for slug in figure.applies_to)))
    for who in people:
        figure = in_force(figures, day, frozenset({who} if who else ()))
        if figure is not None and (not who or figure.applies_to):
            standing = Stand(_told(figure), figure.says, rule.file.sources.get(figure.source), figure.start, figure.until)
            yield (kind, key, who), standing


def _waived(rule: Rule, kind: str, key: str, waivers: tuple[Waiver, ...], day: date) -> Iterator[tuple[Place, Stand]]:
    for waiver in waivers:
        if waiver.start <= day <= waiver.until:
            source = rule.file.sources.get(waiver.source)
            yield (kind, key, EVERYONE), Stand("does not bind", waiver.says, source, waiver.start, waiver.until)


def _told(figure: Figure) -> str:
    if figure.hours is not None:
        return f"{figure.hours.normalize():f} h"
    if figure.percent is not None:
        return f"{figure.percent.normalize():f} % of {figure.of}"
    return "completion"


def _name(rule: Rule, place: Place) -> str:
    kind, key, who = place
    if kind == "suspended":
        return "The whole duty"
    if kind == "carried":
        return "Hours carried over"
    requirement, limit = rule.file.requirements.get(key), rule.file.limits.get(key)
    own = limit.name if kind in ("limit", "waived") and limit else requirement.name if requirement else None
    name = own or ("Hours in all" if key == "total" else rule.vocabulary.name(key))
    tail = {"each year": ", each year", "limit": ", at most", "waived": ", limit"}.get(kind, "")
    return f"{name[:1].upper()}{name[1:]}{tail}" + (f" ({rule.vocabulary.name(who)})" if who else "")
