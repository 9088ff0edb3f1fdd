"""Invented licensees whose records satisfy a real rule, and the faults that boards find most, put in one at a time.

Knows the rule files and what a rule says is still missing; knows nothing of the audit check.
"""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal

from perennial.core.rules import Credit, Done, License, Rule, Standing, credit_window, evaluate
from perennial.core.rules.audit import DatedApproval
from perennial.core.rules.schema import Requirement

ETHICS = frozenset({"ethics", "law_ethics", "law", "jurisprudence"})
LIVE = ("live_in_person", "live_online")
LONGEST = Decimal(8)
DAY = timedelta(days=1)
TRIES = 6


@dataclass(frozen=True)
class Licensee:
    """A person under a rule, with the certificates and the dates of approval; `fault` names credit or line where one was put in."""

    rule: Rule
    standing: Standing
    proofs: dict[str, bool]
    approvals: dict[str, tuple[DatedApproval, ...]]
    fault: str = ""
    where: frozenset[str] = field(default_factory=frozenset)


def faultless(rule: Rule, rng: random.Random) -> Licensee | None:
    """Someone whose record satisfies the rule on the due day, with earlier credits too; None where none could be made."""
    standing = _fresh(rule, rng)
    for _ in range(TRIES):
        answer = evaluate(rule, standing)
        if answer.compliant is None or not answer.owed:
            return None
        if answer.compliant and not standing.credits:
            return None
        if answer.compliant:
            return _with_papers(rule, replace(standing, credits=(*standing.credits, *_before(rule, standing, rng))))
        more = [c for key, left in answer.missing.items() for c in _for_line(rule, standing, key, left, rng)]
        done = tuple(
            Done(d, standing.as_of - DAY)
            for key, left in answer.missing.items()
            if left is None
            for d in rule.file.requirements[key].met_by[:1]
        )
        credits = tuple(replace(c, id=f"c{n}", title=_titled(c, n)) for n, c in enumerate((*standing.credits, *more), 1))
        standing = replace(standing, credits=credits, done=(*standing.done, *done))
    return None


def without_ethics(one: Licensee, rng: random.Random) -> Licensee | None:
    """The same without a word on law and ethics in any credit."""
    lines = {
        k
        for k, r in one.rule.file.requirements.items()
        if k != "total" and r.topics and set(r.topics) <= ETHICS and r.due == "renewal" and not r.also and not r.met_by
    }
    asked = {line.requirement for line in evaluate(one.rule, one.standing).lines if line.asked}
    if not lines & asked:
        return None
    plain = tuple(replace(c, topics={t: h for t, h in c.topics.items() if t not in ETHICS}) for c in one.standing.credits)
    return replace(one, standing=replace(one.standing, credits=plain), fault="missing_topic", where=frozenset(lines & asked))


def short_of_hours(one: Licensee, rng: random.Random) -> Licensee | None:
    """The same with fewer hours in the period than are asked in all."""
    asked = next((line.asked for line in evaluate(one.rule, one.standing).lines if line.requirement == "total"), None)
    if not asked:
        return None
    inside = _inside(one)
    rng.shuffle(inside)
    while sum((c.hours for c in inside), Decimal(0)) >= asked:
        inside.pop()
    kept = tuple(c for c in one.standing.credits if c in inside)
    return replace(one, standing=replace(one.standing, credits=kept), fault="short", where=frozenset({"total"}))


def from_a_stranger(one: Licensee, rng: random.Random) -> Licensee | None:
    """The same with one course from a provider that nobody approves, where the list is exclusive."""
    courses = [c for c in _inside(one) if c.approvals]
    if not one.rule.file.approvals.exclusive or not courses:
        return None
    chosen = rng.choice(courses)
    return _changed(one, chosen, replace(chosen, approvals=("Unlisted Institute",)), "unaccepted")


def entered_twice(one: Licensee, rng: random.Random) -> Licensee | None:
    """The same with one certificate entered twice, under one number or two; it may hide a course never taken."""
    chosen = replace(rng.choice(_inside(one)), course="grief")
    other = replace(chosen, id="twin", title=rng.choice([chosen.title.upper(), "Another title"]))
    twin = rng.choice([chosen, other])
    hidden = [c for c in _inside(one) if c.id != chosen.id][:1] if rng.random() < 0.5 else []
    kept = tuple(c for c in one.standing.credits if c not in hidden)
    rest = replace(one, standing=replace(one.standing, credits=kept))
    return replace(_changed(rest, chosen, chosen, "duplicate", twin), where=frozenset({chosen.id, twin.id}))


def lapsed(one: Licensee, rng: random.Random) -> Licensee | None:
    """The same with one course whose approval ended the day before, or began the day after."""
    courses = [c for c in _inside(one) if c.approvals]
    if not one.rule.accepted or "ANY" in one.rule.accepted or not courses:
        return None
    chosen = rng.choice(courses)
    ended = tuple(DatedApproval(a, date(2001, 1, 1), chosen.date - DAY) for a in chosen.approvals)
    began = tuple(DatedApproval(a, chosen.date + DAY) for a in chosen.approvals)
    found = _changed(one, chosen, chosen, "lapsed")
    return replace(found, approvals={**one.approvals, chosen.id: rng.choice([ended, began])})


FAULTS: tuple[Callable[[Licensee, random.Random], Licensee | None], ...] = (
    without_ethics,
    short_of_hours,
    from_a_stranger,
    entered_twice,
    lapsed,
)


def _fresh(rule: Rule, rng: random.Random) -> Standing:
    expires = date(2026, 12, 1) + timedelta(days=rng.randrange(500))
    license = License(
        expires=expires,
        issued=expires - timedelta(days=365 * rng.randrange(11, 20) + 3),
        birth_date=date(1980, expires.month, 1),
        renewal_number=rng.randrange(5, 9),
        last_application_received=expires - timedelta(days=(rule.file.period.months or 24) * 30),
        number=str(rng.randrange(1000, 9999)),
    )
    due = credit_window(rule.file, license).end
    return Standing(license, due, done=tuple(Done(duty, due - DAY) for duty in rule.file.duties))


def _for_line(rule: Rule, standing: Standing, key: str, left: Decimal | None, rng: random.Random) -> Sequence[Credit]:
    """Credits that bring what a line still lacks, in courses of at most a day."""
    asked = rule.file.requirements[key]
    found: list[Credit] = []
    rest = left if left is not None else Decimal(1)
    while rest > 0 and len(found) < 60:
        hours = min(rest, LONGEST)
        found.append(_credit(rule, standing, asked, hours.quantize(Decimal(1)) if hours == int(hours) else hours, rng))
        rest -= hours
    return found


def _credit(rule: Rule, standing: Standing, asked: Requirement, hours: Decimal, rng: random.Random) -> Credit:
    window = credit_window(rule.file, standing.license)
    topics = {rng.choice(asked.topics): hours} if asked.topics else {}
    forms = [f for f in asked.formats or LIVE if f not in asked.not_formats]
    accepted = sorted(a for a in asked.approvals or rule.accepted if a not in ("ANY", "@national", *asked.not_approvals)) or ["APA"]
    labels = [label for slug in asked.classes[:1] for label in rule.file.classes[slug].labels[:1]]
    return Credit(
        id="",
        title=asked.title_words[0] if asked.title_words else "",
        date=window.end - timedelta(days=rng.randrange(1, max((window.end - window.start).days, 2))),
        hours=hours,
        format=rng.choice(forms or list(LIVE)),
        topics=topics,
        approvals=(rng.choice(accepted), *labels),
    )


def _titled(credit: Credit, number: int) -> str:
    return f"{credit.title or 'Course'} {number}" if credit.id == "" else credit.title


def _before(rule: Rule, standing: Standing, rng: random.Random) -> tuple[Credit, ...]:
    """A few credits of the period before, which no longer count."""
    opening = credit_window(rule.file, standing.license).start
    days = [opening - timedelta(days=rng.randrange(1, 600)) for _ in range(rng.randrange(4))]
    return tuple(Credit(f"b{n}", f"Earlier {n}", day, Decimal(3), "live_online", approvals=("APA",)) for n, day in enumerate(days))


def _with_papers(rule: Rule, standing: Standing) -> Licensee:
    dated = {c.id: tuple(DatedApproval(a, c.date - timedelta(days=400), c.date) for a in c.approvals) for c in standing.credits}
    return Licensee(rule, standing, {c.id: True for c in standing.credits} | {"twin": True}, dated)


def _inside(one: Licensee) -> list[Credit]:
    window = credit_window(one.rule.file, one.standing.license)
    return [c for c in one.standing.credits if window.holds(c.date)]


def _changed(one: Licensee, old: Credit, new: Credit, fault: str, *more: Credit) -> Licensee:
    credits = (*(new if c.id == old.id else c for c in one.standing.credits), *more)
    return replace(one, standing=replace(one.standing, credits=credits), fault=fault, where=frozenset({new.id}))
