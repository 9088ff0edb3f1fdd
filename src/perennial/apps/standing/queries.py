"""Judges a person's licenses: the ledger and the licenses as values of the core, and the answers to them."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from perennial.apps.accounts.queries import Person
from perennial.apps.credits.queries import CreditView, ledger_of, ledgers_of
from perennial.apps.licenses.queries import (
    OTHER,
    Duty,
    License,
    attributes_of,
    attributes_of_all,
    duties_of,
    duties_of_all,
    license_name,
    licenses_of,
    own_rule,
    questions_for,
    rule_for,
)
from perennial.apps.standing.memory import answer_to, topics_of
from perennial.core import rules as core

__all__ = [
    "CreditEffect",
    "LicenseStanding",
    "core_credit",
    "core_license",
    "credit_effects",
    "effect_on",
    "judge",
    "rule_of",
    "standing_of",
    "standing_of_license",
    "standings_of_all",
    "topics_of",
]

Evaluate = Callable[[core.Rule, core.Standing], core.Answer]  # many people's answers are not worth remembering
BIRTH_YEAR = 2000  # a year with a February 29; only the month matters


@dataclass(frozen=True, slots=True)
class LicenseStanding:
    """A license with its answer. `own`: judged by its owner's own list. Without rule and answer there is nothing to judge by."""

    license: License
    name: str
    rule: core.Rule | None
    answer: core.Answer | None
    own: bool
    credits: tuple[CreditView, ...]
    duties: tuple[Duty, ...]
    facts: core.Standing


@dataclass(frozen=True, slots=True)
class CreditEffect:
    """What one credit did for one license: hours toward the whole, the lines it serves, hours lost and why."""

    license: License
    name: str
    counted: Decimal
    lines: tuple[tuple[str, Decimal], ...]
    lost: Decimal
    because: str


def standing_of(person: Person, *, day: date) -> list[LicenseStanding]:
    """Every license of a person judged on a day, the one that expires first at the top; a constant number of queries."""
    return _judged(person, list(licenses_of(person)), day)


def standing_of_license(license: License, *, day: date) -> LicenseStanding:
    """One license judged on a day."""
    return _judged(license.person, [license], day)[0]


def credit_effects(person: Person, entry_ids: Iterable[int], *, day: date) -> dict[int, list[CreditEffect]]:
    """What each of these credits did for each license of a person. A credit is named by its latest entry."""
    standings = standing_of(person, day=day)
    return {entry_id: [e for s in standings if (e := effect_on(s, entry_id)) is not None] for entry_id in entry_ids}


def effect_on(standing: LicenseStanding, entry_id: int) -> CreditEffect | None:
    """What one credit did for one license that has been judged; None where nothing was judged."""
    answer, key = standing.answer, str(entry_id)
    if answer is None:
        return None
    served = {line: c.hours for line in answer.lines if line.kind != "limit" for c in line.credits if c.credit == key}
    whole = [hours for line, hours in served.items() if line.kind == "total"]
    out = next((n for n in answer.not_counted if n.credit == key), None)
    return CreditEffect(
        license=standing.license,
        name=standing.name,
        counted=whole[0] if whole else max(served.values(), default=Decimal(0)),
        lines=tuple((line.name, hours) for line, hours in served.items() if line.kind == "requirement"),
        lost=out.lost if out else Decimal(0),
        because=out.because if out else "",
    )


def judge(standing: LicenseStanding, *, day: date, more: Sequence[core.Credit] = ()) -> core.Answer:
    """The answer to a license on a day if these credits were there as well; nothing is kept. It must have a rule."""
    if standing.rule is None:
        raise TypeError("A license without a rule cannot be judged.")
    facts = standing.facts
    return answer_to(standing.rule, replace(facts, as_of=day, credits=(*facts.credits, *more)))


def core_credit(credit: CreditView) -> core.Credit:
    """A credit of the ledger as a value of the core; hours of 60 minutes."""
    return core.Credit(
        id=str(credit.id),
        title=credit.title,
        date=credit.completed_on,
        hours=Decimal(credit.minutes) / 60,
        format=credit.format,
        topics=topics_of(credit.topics),
        approvals=tuple(credit.approvals),
        category=credit.category,
        course=credit.course_key or None,
    )


def core_license(license: License) -> core.License:
    """A license as a value of the core."""
    return core.License(
        expires=license.expires_on,
        issued=license.issued_on,
        birth_date=date(BIRTH_YEAR, license.birth_month, 1) if license.birth_month else None,
        renewal_number=license.renewal_number,
        last_application_received=license.last_application_received_on,
        number=license.number or None,
    )


def standings_of_all(licenses: Sequence[License], *, day: date) -> list[LicenseStanding]:
    """Licenses of many people judged on a day, in the order given, their credits without proofs; three queries."""
    people = list(dict.fromkeys(license.person_id for license in licenses))
    ledgers, attributes, duties = ledgers_of(people), attributes_of_all(people), duties_of_all(people)
    credits = {pk: tuple(core_credit(credit) for credit in ledger) for pk, ledger in ledgers.items()}
    return [
        _standing(license, _Owner(tuple(ledgers[pk]), credits[pk], attributes[pk], tuple(duties[pk])), day, core.evaluate)
        for license in licenses
        for pk in (license.person_id,)
    ]


def rule_of(license: License) -> core.Rule | None:
    """The rule that a license is judged by: its board's, or its owner's own list; None where there is neither."""
    if license.profession != OTHER:
        return rule_for(license.jurisdiction, license.profession)
    return own_rule(license.own_requirements, license.own_months) if license.own_requirements else None


@dataclass(frozen=True, slots=True)
class _Owner:
    ledger: tuple[CreditView, ...]
    credits: tuple[core.Credit, ...]
    attributes: frozenset[str]
    duties: tuple[Duty, ...]


def _judged(person: Person, licenses: Sequence[License], day: date) -> list[LicenseStanding]:
    if not licenses:
        return []
    ledger = tuple(ledger_of(person))
    credits = tuple(core_credit(credit) for credit in ledger)
    asks = any(questions_for(license.jurisdiction, license.profession).attributes for license in licenses)
    attributes = attributes_of(person) if asks else frozenset()
    owner = _Owner(ledger, credits, attributes, tuple(duties_of(person)))
    return [_standing(license, owner, day) for license in licenses]


def _standing(license: License, owner: _Owner, day: date, evaluate: Evaluate = answer_to) -> LicenseStanding:
    rule = rule_of(license)
    mine = tuple(duty for duty in owner.duties if duty.license_id in (None, license.pk))
    done = tuple(core.Done(duty.what, duty.on) for duty in mine)
    facts = core.Standing(core_license(license), day, owner.credits, owner.attributes, done)
    answer = evaluate(rule, facts) if rule is not None else None
    own = rule is not None and rule.profession == OTHER
    return LicenseStanding(license, license_name(license), rule, answer, own, owner.ledger, mine, facts)
