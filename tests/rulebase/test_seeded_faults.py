"""The audit check finds every fault that was put into the record of an invented licensee, and blames hardly anyone without one."""

import random
from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import count, islice

from perennial.core.rules import load
from perennial.core.rules.audit import Finding, findings
from tests.rulebase.licensees import FAULTS, Licensee, faultless

RULES = [rule for _, rule in sorted(load().rules.items())]
EACH = 60
FAULTLESS = 300
MOST_ALARMS = FAULTLESS * 2 // 100
LEAST_RULES = 150


def findings_of(one: Licensee) -> tuple[Finding, ...]:
    return findings(one.rule, one.standing, one.proofs, one.approvals)


def people() -> Iterator[Licensee]:
    """Faultless licensees without end: every rule in turn, in a mixed order that stays the same."""
    for turn in count():
        for rule in random.Random(turn).sample(RULES, len(RULES)):
            one = faultless(rule, random.Random(f"{rule.jurisdiction}{rule.profession}{turn}"))
            if one is not None:
                yield one


@cache
def in_order() -> tuple[Licensee, ...]:
    """The faultless ones of the test."""
    return tuple(islice(people(), FAULTLESS))


@cache
def seeded() -> tuple[Licensee, ...]:
    """Licensees with one fault each, as many of every fault."""
    found: list[Licensee] = []
    for fault in FAULTS:
        rng = random.Random(fault.__name__)
        found += islice((bad for one in people() if (bad := fault(one, rng)) is not None), EACH)
    return tuple(found)


def is_found(one: Licensee) -> bool:
    """Whether a finding of the very fault names the very credit or line, as more than advice."""
    return any(f.kind == one.fault and {f.credit, f.line} & one.where and f.severity != "advice" for f in findings_of(one))


def test_every_fault_that_was_put_in_is_found() -> None:
    assert Counter(one.fault for one in seeded()) == Counter(
        {"missing_topic": EACH, "short": EACH, "unaccepted": EACH, "duplicate": EACH, "lapsed": EACH}
    )
    missed = [(one.rule.jurisdiction, one.rule.profession, one.fault) for one in seeded() if not is_found(one)]
    assert missed == []


def test_hours_that_are_short_and_topics_that_are_missing_are_always_causes() -> None:
    for one in seeded():
        if one.fault in ("short", "missing_topic"):
            assert any(f.kind == one.fault and f.severity == "fails" and f.line in one.where for f in findings_of(one))


def test_hardly_anyone_without_a_fault_is_blamed() -> None:
    assert len({(one.rule.jurisdiction, one.rule.profession) for one in in_order()}) >= LEAST_RULES
    blamed = [(one.rule.jurisdiction, one.rule.profession, f.kind) for one in in_order() for f in findings_of(one) if f.severity == "fails"]
    assert len({found[:2] for found in blamed}) <= MOST_ALARMS, blamed
