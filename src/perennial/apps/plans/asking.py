"""Asks whether an outside course would count, for each license of its owner, on the day on which it would be finished.

Each license is judged without the course and with it; what differs is the answer.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from perennial.apps.accounts.queries import Person
from perennial.apps.plans.choices import credit_of
from perennial.apps.plans.facts import CourseFacts, ToldApproval
from perennial.apps.plans.words import name_of, source_in_words
from perennial.apps.standing.queries import LicenseStanding, judge, standing_of
from perennial.core.rules import Answer, Credit, Line
from perennial.core.values.words import ce_hours, day_in_words, listed, plain_hours

KEY = "asked"
Verdict = Literal["yes", "partly", "no", "not_known"]
ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Counts:
    """Whether a course counts for one license: the verdict, why, what it takes off what is missing, the line that decides."""

    license: int
    name: str
    verdict: Verdict
    counted: Decimal
    of: Decimal
    because: str
    helps: str
    lapsed: str
    line: Line | None

    @property
    def source(self) -> str:
        """What the line's source is called; empty where there is none."""
        return source_in_words(self.line.source) if self.line and self.line.source else ""


@dataclass(frozen=True, slots=True)
class Asked:
    """The answers for a course: per license, on the day of completion that was taken."""

    title: str
    on: date
    verdicts: Sequence[Counts]


def asked_of(person: Person, facts: CourseFacts, *, day: date) -> Asked:
    """Whether a course counts: on its last day, or today where it can be taken on any day; a constant number of queries."""
    on = facts.ends_on or facts.starts_on or day
    credit = credit_of(facts, KEY, on)
    lapsed = lapsed_in_words(facts.approvals, on)
    return Asked(facts.title, on, [counts_for(standing, credit, lapsed, day) for standing in standing_of(person, day=day)])


def counts_for(standing: LicenseStanding, credit: Credit, lapsed: str, day: date) -> Counts:
    """Whether a credit would count for a license, judged without it and with it."""
    key, name = standing.license.pk, standing.name
    if standing.rule is None or standing.answer is None:
        return Counts(key, name, "not_known", ZERO, credit.hours, "There is no rule here for this license.", "", "", None)
    as_of = max(day, credit.date)
    before, after = judge(standing, day=as_of), judge(standing, day=as_of, more=[credit])
    if after.needs:
        says = "Something about the license is not entered yet, and its rule needs it."
        return Counts(key, name, "not_known", ZERO, credit.hours, says, "", "", None)
    verdict, counted, because = _verdict(before, after, credit)
    helps = _helps(before, after) if counted else ""
    return Counts(key, name, verdict, counted, credit.hours, because, helps, lapsed, _deciding(after, verdict))


def lapsed_in_words(approvals: Sequence[ToldApproval], on: date) -> str:
    """Which approvals do not hold on a day, as a sentence; empty where all do."""
    late = [f"{name_of(a.body)} lapsed on {day_in_words(a.until)}" for a in approvals if a.until is not None and a.until < on]
    early = [f"{name_of(a.body)} begins only on {day_in_words(a.starts)}" for a in approvals if a.starts is not None and on < a.starts]
    return f"On that day its approval does not hold: that of {listed([*late, *early])}." if late or early else ""


def _verdict(before: Answer, after: Answer, credit: Credit) -> tuple[Verdict, Decimal, str]:
    served = {line.requirement: c.hours for line in after.lines if line.kind != "limit" for c in line.credits if c.credit == KEY}
    out = next((one for one in after.not_counted if one.credit == KEY), None)
    counted = served.get("total", max(served.values(), default=ZERO))
    if not counted:
        return "no", ZERO, out.because if out else "No line of this rule asks for it."
    doubt = next((one for one in after.unchecked if one not in before.unchecked), "")
    if doubt:
        return "not_known", counted, doubt
    if out is not None:
        return "partly", counted, f"{plain_hours(counted)} of {ce_hours(credit.hours)} count. {out.because}"
    more = after.counted_hours - before.counted_hours
    if "total" in served and more < counted:
        says = f"{plain_hours(more)} of {ce_hours(credit.hours)} add to what counts; a limit keeps the rest from adding."
        return "partly", more, says
    says = f"All {ce_hours(credit.hours)} count." if credit.hours != 1 else "Its CE hour counts."
    return "yes", counted, says


def _helps(before: Answer, after: Answer) -> str:
    """What it takes off what is missing, in a sentence."""
    if not before.missing:
        return "Nothing is missing before it, so it is not needed."
    names = {line.requirement: line.name for line in after.lines}
    parts = []
    for key, left in before.missing.items():
        still = after.missing.get(key, ZERO)
        if left is None:
            parts += [f"{names.get(key, key)} is done"] if key not in after.missing else []
        elif (less := left - (still or ZERO)) > 0:
            parts.append(f"{plain_hours(less)} h of {names.get(key, key)}")
    return f"It takes off what is missing: {listed(parts)}." if parts else "It takes nothing off what is missing."


def _deciding(after: Answer, verdict: Verdict) -> Line | None:
    """The line to cite: a limit that is over where hours are lost, else the requirement that it serves, topics first."""
    if verdict == "partly":
        over = next((line for line in after.lines if line.kind == "limit" and line.verdict == "over"), None)
        if over is not None:
            return over
    served = [line for line in after.lines if line.kind != "limit" and any(c.credit == KEY for c in line.credits)]
    total = [line for line in after.lines if line.kind == "total"]
    return next(iter(sorted(served, key=lambda line: line.kind == "total")), total[0] if total else None)
