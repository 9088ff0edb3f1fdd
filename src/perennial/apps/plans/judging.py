"""Judges each license with the chosen courses taken, and says what each course serves."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from perennial.apps.plans.choices import Choice, credit_of
from perennial.apps.plans.outcome import Judged, Served
from perennial.apps.standing.queries import LicenseStanding, judge
from perennial.core.rules import Answer, Done
from perennial.core.values.words import plain_hours

LIMIT, TOTAL = "limit", "total"


def answers_with(
    standings: Sequence[LicenseStanding], choices: Mapping[str, Choice], days: Mapping[str, date], today: date
) -> dict[str, Answer]:
    """The answer to each license if these courses were completed on these days, by the license's number."""
    credits = [credit_of(choices[key].facts, key, on) for key, on in sorted(days.items())]
    last = max([today, *days.values()])
    return {str(s.license.pk): judge(s, day=last, more=credits) for s in standings}


def judged_of(standing: LicenseStanding, answer: Answer, once: tuple[str, ...] = ()) -> Judged:
    """A license after the plan; `once`: the duties that were taken as done."""
    names = {line.requirement: line.name for line in answer.lines}
    return Judged(
        license=str(standing.license.pk),
        name=standing.name,
        compliant=answer.compliant,
        certain=answer.certain,
        due=answer.due.isoformat(),
        counted=plain_hours(answer.counted_hours),
        asked=None if answer.asked_hours is None else plain_hours(answer.asked_hours),
        missing=tuple(
            (names.get(key, key), "completion is" if hours is None else f"{plain_hours(hours)} h") for key, hours in answer.missing.items()
        ),
        unchecked=answer.unchecked,
        once=once,
    )


def as_if_done(standing: LicenseStanding, names: Collection[str]) -> tuple[LicenseStanding, tuple[str, ...]]:
    """A license with the duties of these names taken as done, and the names of those that are not on record yet."""
    answer = standing.answer
    if answer is None:
        return standing, ()
    owed = {line.requirement: line.name for line in answer.lines if answer.missing.get(line.requirement, 0) is None}
    taken = {key: name for key, name in owed.items() if name in names}
    facts = replace(standing.facts, done=(*standing.facts.done, *map(Done, taken)))
    return replace(standing, facts=facts), tuple(taken.values())


def served_by(key: str, standings: Sequence[LicenseStanding], answers: Mapping[str, Answer]) -> tuple[Served, ...]:
    """What one course does for each license: the topics it serves there, and the hours that count toward the whole."""
    found = []
    for standing in standings:
        answer = answers[str(standing.license.pk)]
        served = [(line, credit.hours) for line in answer.lines if line.kind != LIMIT for credit in line.credits if credit.credit == key]
        whole = next((hours for line, hours in served if line.kind == TOTAL), None)
        topics = tuple((line.name, plain_hours(hours)) for line, hours in served if line.kind != TOTAL and hours)
        counts = whole if whole is not None else max((hours for _, hours in served), default=Decimal(0))
        found.append(Served(str(standing.license.pk), standing.name, topics, plain_hours(counts)))
    return tuple(found)
