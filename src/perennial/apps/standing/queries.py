"""Judges a person's licenses: the ledger and the licenses as values of the core, and the answers to them."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from perennial.apps.accounts.queries import Person
from perennial.apps.credits.queries import CreditView, ledger_of, ledgers_of
from perennial.apps.licenses.queries import (
    OTHER,
    Duty,
    License,
    Said,
    compacts_of,
    duties_of,
    duties_of_all,
    held_licenses,
    license_name,
    own_rule,
    questions_for,
    rule_base,
    rule_for,
    said_of,
    said_of_all,
)
from perennial.apps.providers.queries import approvals_by_name
from perennial.apps.standing.memory import Held, answer_to, topics_of
from perennial.apps.standing.models import OrderState, PacketOrder
from perennial.core import rules as core
from perennial.core.rules.audit import DatedApproval
from perennial.core.rules.citing import source_name
from perennial.core.rules.schema import Source
from perennial.core.rules.would_count import WouldCount, as_json
from perennial.core.rules.would_count import would_count as answer_for
from perennial.core.values.words import WOULD_COUNT, partial_day

__all__ = [
    "Asked",
    "Counts",
    "CreditEffect",
    "DatedApproval",
    "Held",
    "LicenseStanding",
    "OrderState",
    "PacketOrder",
    "core_credit",
    "core_license",
    "credit_effects",
    "effect_on",
    "judge",
    "rule_of",
    "standing_of",
    "standing_of_license",
    "standings_of_all",
    "taken_as_yes",
    "topics_of",
    "would_count",
]

Evaluate = Callable[[core.Rule, core.Standing], core.Answer]  # many people's answers are not worth remembering
STATES = {"yes": "met", "partly": "part", "no": "missing", "not_known": "part"}
DAY = timedelta(days=1)
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
    said: Said = field(default_factory=Said)
    """What its owner answered to the questions of rules and compacts."""


@dataclass(frozen=True, slots=True)
class CreditEffect:
    """What one credit did for one license: hours toward the whole, the lines it serves, hours lost and why."""

    license: License
    name: str
    counted: Decimal
    lines: tuple[tuple[str, Decimal], ...]
    lost: Decimal
    because: str


@dataclass(frozen=True, slots=True)
class Counts:
    """Whether a course would count for one license of its owner."""

    license: License
    name: str
    found: WouldCount

    @property
    def word(self) -> str:
        """The verdict in a word."""
        return WOULD_COUNT[self.found.verdict]

    @property
    def state(self) -> str:
        """The state of its leaf: met, part or missing."""
        return STATES[self.found.verdict]

    @property
    def as_read(self) -> str:
        """Where the verdict is not known, what the rule file as read gives, in a word; else empty."""
        found = self.found
        return WOULD_COUNT[found.as_read].lower() if found.verdict == "not_known" and found.as_read is not None else ""

    @property
    def lapsed(self) -> str:
        """Approvals that do not hold on the day, where the sentences above do not say so."""
        found = self.found
        return "" if found.lapsed in found.doubt or found.lapsed in found.because else found.lapsed

    @property
    def decides(self) -> str:
        """What decides, in words: its name and what its source says; empty where the sentences above say it all."""
        decider = self.found.decider
        if decider is None or decider.kind == "open":
            return ""
        return f"“{decider.name}”: {decider.says}" if decider.says else f"“{decider.name}”"

    @property
    def source(self) -> Source | None:
        """The source of what decides."""
        return self.found.decider.source if self.found.decider else None

    @property
    def cited(self) -> str:
        """What that source is called; empty where there is none."""
        return source_name(self.source) if self.source else ""

    @property
    def read(self) -> str:
        """When that source was read: November 2026."""
        return partial_day(self.source.read) if self.source else ""


@dataclass(frozen=True, slots=True)
class Asked:
    """Whether a course would count: for each license of a person, if it is completed on `on`."""

    title: str
    on: date
    verdicts: tuple[Counts, ...]

    def as_plain(self) -> dict[str, Any]:
        """The answers as programs are told them."""
        told = [{"license": one.license.pk, "name": one.name, **as_json(one.found)} for one in self.verdicts]
        return {"title": self.title, "on": self.on.isoformat(), "licenses": told}


def would_count(person: Person, credit: core.Credit, approvals: Sequence[DatedApproval] = (), *, provider: str = "", day: date) -> Asked:
    """Whether a course would count for each license of its owner alone, on the day of `credit`; a constant number of queries.

    `approvals` are dates that are told with the course. Where its provider is on record here, the dates on record hold too.
    """
    standings = standing_of(person, day=day)
    record = approvals_by_name([provider]).get(provider, []) if provider and standings else []
    base = rule_base().vocabulary
    dates = tuple(
        DatedApproval(named, one.starts_on, one.ends_on - DAY if one.ends_on else None)
        for named in credit.approvals
        for one in record
        if base.approval(one.approver) == base.approval(named)
    )
    return Asked(credit.title, credit.date, tuple(_counts(standing, credit, (*approvals, *dates)) for standing in standings))


def _counts(standing: LicenseStanding, credit: core.Credit, approvals: Sequence[DatedApproval]) -> Counts:
    if standing.rule is None:
        zero = Decimal(0)
        found = WouldCount("not_known", None, zero, credit.hours, "There is no rule here for this license.")
    else:
        found = answer_for(standing.rule, standing.facts, credit, approvals)
    return Counts(standing.license, standing.name, found)


def standing_of(person: Person, *, day: date) -> list[LicenseStanding]:
    """Every license of a person judged on a day, the one that expires first at the top; a constant number of queries."""
    return _judged(person, held_licenses(person), day)


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


def taken_as_yes(standing: LicenseStanding) -> LicenseStanding:
    """A license as if its owner had answered with yes what is not answered and makes a difference, judged so.

    It stays as it is where nothing is, and where more would be claimed of it than is known.
    """
    rule, answer, facts = standing.rule, standing.answer, standing.facts
    if rule is None or answer is None or not answer.unanswered:
        return standing
    held = facts.attributes | frozenset(answer.unanswered)
    assumed = replace(facts, attributes=held, unanswered=facts.unanswered - held)
    found = answer_to(rule, assumed)
    if found.compliant and not answer.compliant:
        return standing
    return replace(standing, facts=assumed, answer=found)


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
    ledgers, said, duties = ledgers_of(people), said_of_all(people), duties_of_all(people)
    credits = {pk: tuple(core_credit(credit) for credit in ledger) for pk, ledger in ledgers.items()}
    return [
        _standing(license, _Owner(tuple(ledgers[pk]), credits[pk], said[pk], tuple(duties[pk])), day, core.evaluate)
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
    said: Said
    duties: tuple[Duty, ...]


def _judged(person: Person, licenses: Sequence[License], day: date) -> list[LicenseStanding]:
    if not licenses:
        return []
    ledger = tuple(ledger_of(person))
    credits = tuple(core_credit(credit) for credit in ledger)
    asks = any(_asks(license) for license in licenses)
    owner = _Owner(ledger, credits, said_of(person) if asks else Said(), tuple(duties_of(person)))
    return [_standing(license, owner, day) for license in licenses]


def _asks(license: License) -> bool:
    """Whether a license's rule, or a compact beside it, asks anything about its owner."""
    asked = questions_for(license.jurisdiction, license.profession).attributes
    return bool(asked) or any(compact.attribute for compact in compacts_of(license.profession))


def _standing(license: License, owner: _Owner, day: date, evaluate: Evaluate = answer_to) -> LicenseStanding:
    rule = rule_of(license)
    mine = tuple(duty for duty in owner.duties if duty.license_id in (None, license.pk))
    done = tuple(core.Done(duty.what, duty.on) for duty in mine)
    said = owner.said
    facts = core.Standing(core_license(license), day, owner.credits, said.held, done, said.unanswered(license))
    answer = evaluate(rule, facts) if rule is not None else None
    own = rule is not None and rule.profession == OTHER
    return LicenseStanding(license, license_name(license), rule, answer, own, owner.ledger, mine, facts, said)
