"""Whether a topic is due in this period, and how far back hours for it may lie."""

from dataclasses import dataclass
from datetime import date, timedelta

from perennial.core.rules.periods import CreditWindow, months_after, months_before
from perennial.core.rules.question import Question, day_after, years_after
from perennial.core.rules.schema import Recurrence, Requirement
from perennial.core.rules.selection import Reading

BEGINNING = date(1900, 1, 1)


@dataclass(frozen=True, slots=True)
class Due:
    """Whether it is due now, in words why, and the wider window whose hours serve it.

    `doubtful`: what we were told does not show it; a favorable reading would not ask it.
    """

    now: bool
    because: str
    lookback: CreditWindow | None = None
    doubtful: bool = False
    needs: tuple[str, ...] = ()


def due_now(question: Question, requirement: Requirement, begun: date | None) -> Due:
    """Whether the requirement is due in the period judged."""
    due = requirement.due
    if due == "renewal":
        end, months = question.window.end, requirement.lookback_months
        lookback = CreditWindow(day_after(months_before(end, months)), end) if months else None
        return Due(now=True, because="Due at every renewal.", lookback=lookback)
    if due == "first_renewal":
        if question.renewal is None:
            return Due(now=True, because="Due at the first renewal.", doubtful=True, needs=("renewal_number",))
        return Due(question.renewal == 1, "Due at the first renewal only.")
    if due == "once":
        return _once(question, requirement, begun)
    if due.years is not None:
        return _by_years(question, requirement, begun, due)
    return _by_renewals(question, begun, due)


def _ever(question: Question) -> CreditWindow:
    return CreditWindow(BEGINNING, question.window.end)


def _once(question: Question, requirement: Requirement, begun: date | None) -> Due:
    ever, license, first = _ever(question), question.license, requirement.first_due
    if begun is not None:
        if license.issued is None:
            return Due(now=True, because="Asked once since it came into force.", lookback=ever, doubtful=True, needs=("issued",))
        if license.issued < begun <= question.window.end:
            return Due(now=True, because="Asked once; it came into force while this license was held.", lookback=ever)
    if first is not None and first.months is not None:
        return _by_deadline(question, first.months, ever)
    number = first.renewal if first is not None and first.renewal else 1
    if question.renewal is None:
        return Due(now=True, because="Asked once.", lookback=ever, doubtful=True, needs=("renewal_number",))
    if question.renewal > number:
        return Due(now=False, because="Asked once, at an earlier renewal; not asked again.", lookback=ever)
    return Due(question.renewal == number, f"Asked once, at renewal {number}.", ever)


def _by_deadline(question: Question, months: int, ever: CreditWindow) -> Due:
    issued = question.license.issued
    if issued is None:
        return Due(now=True, because=f"Asked once within {months} months of licensure.", lookback=ever, doubtful=True, needs=("issued",))
    deadline = months_after(issued, months)
    if deadline < question.window.start:
        return Due(now=False, because="Asked once, in an earlier period; not asked again.", lookback=ever)
    return Due(deadline <= question.window.end, f"Asked once, by {deadline:%-d %B %Y}.", ever)


def _by_renewals(question: Question, begun: date | None, due: Recurrence) -> Due:
    number = question.renewal
    if number is None:
        return Due(now=True, because="Due at certain renewals.", doubtful=True, needs=("renewal_number",))
    if due.at is not None:
        return Due(number == due.at, f"Due at renewal {due.at} only.")
    if due.from_renewal is not None:
        return Due(number >= due.from_renewal, f"Due from renewal {due.from_renewal} on.")
    every = due.renewals or 1
    if due.counted == "within":
        return _within_renewals(question, begun, every, number)
    now = number % every == due.phase % every
    return Due(now, f"Due every {every} renewals; this is renewal {number}.")


def _within_renewals(question: Question, begun: date | None, every: int, number: int) -> Due:
    window = question.window
    months = question.rule.file.period.months or 24
    lookback = CreditWindow(months_before(window.start - timedelta(days=1), months * (every - 1)), window.end)
    periods = number
    if begun is not None:
        since = (window.end.year - begun.year) * 12 + window.end.month - begun.month
        periods = min(number, max(since, 0) // months + 1)
    now = periods >= every
    return Due(now, f"Due once in any {every} renewal periods; this is period {periods} that counts.", lookback)


def _by_years(question: Question, requirement: Requirement, begun: date | None, due: Recurrence) -> Due:
    years, window, issued = due.years or 1, question.window, question.license.issued
    if due.counted == "block" and due.base is not None:
        return _in_block(question, due.base, years)
    if due.counted == "license":
        if issued is None:
            return Due(now=True, because=f"Due every {years} years of licensure.", doubtful=True, needs=("issued",))
        return _in_block(question, issued, years)
    lookback = CreditWindow(day_after(years_after(window.end, -years)), window.end)
    return _since_last(question, requirement, begun, lookback, years)


def _in_block(question: Question, base: date, years: int) -> Due:
    window, start = question.window, base
    while years_after(start, years) <= window.end:
        start = years_after(start, years)
    end = years_after(start, years) - timedelta(days=1)
    if end > window.end and start > window.start:
        end, start = start - timedelta(days=1), years_after(start, -years)
    ends_here = window.start <= end <= window.end
    return Due(
        ends_here,
        f"Due once in the {years} years to {end:%-d %B %Y}.",
        CreditWindow(start, window.end),
    )


def _since_last(question: Question, requirement: Requirement, begun: date | None, lookback: CreditWindow, years: int) -> Due:
    words = f"Due every {years} years, counted from the last completion."
    if _completed_before(question, requirement, lookback):
        return Due(now=True, because=f"{words} The last one on record is older than that.", lookback=lookback)
    first = _first_deadline(question, requirement, begun)
    if first is None:
        return Due(now=True, because=words, lookback=lookback, doubtful=True, needs=("issued",))
    if first > question.window.end:
        return Due(now=False, because=f"First due by {first:%-d %B %Y}.", lookback=lookback)
    if first >= question.window.start:
        return Due(now=True, because=f"First due by {first:%-d %B %Y}.", lookback=lookback)
    again = years_after(first, years)
    return Due(again <= question.window.end, f"{words} Taken as first done by {first:%-d %B %Y}.", lookback)


def _completed_before(question: Question, requirement: Requirement, lookback: CreditWindow) -> bool:
    """Whether it was done, but so long ago that it is due again."""
    file = question.rule.file.requirements
    key = next(key for key in question.rule.requirements if file[key] is requirement)
    names = {key, *requirement.met_by}
    if any(d.what in names and d.on is not None and d.on < lookback.start for d in question.standing.done):
        return True
    picker = question.rule.requirements[key]
    return any(e.day < lookback.start and picker.units(e, Reading.LOOSE) for e in question.entries)


def _first_deadline(question: Question, requirement: Requirement, begun: date | None) -> date | None:
    license, window = question.license, question.window
    months = question.rule.file.period.months or 24
    first = requirement.first_due
    if first is not None and first.months is not None:
        deadline = months_after(license.issued, first.months) if license.issued else None
    elif question.renewal is not None:
        number = first.renewal if first is not None and first.renewal else 1
        deadline = months_before(window.end, months * (question.renewal - number))
    else:
        deadline = None
    if deadline is not None and begun is not None and begun > deadline:
        behind = (window.end.year - begun.year) * 12 + window.end.month - begun.month
        return months_before(window.end, max(behind, 0) // months * months)
    return deadline
