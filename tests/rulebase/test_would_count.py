"""For every rule and random people: whether a credit would count is what `evaluate` says without it and with it."""

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from perennial.core.rules import Answer, Credit, Rule, Standing, credit_window, evaluate
from perennial.core.rules.audit import DatedApproval
from perennial.core.rules.would_count import WouldCount, would_count
from tests.rulebase.readings import resolved
from tests.rulebase.test_rulebase import RULES, people, random_credit

ALL = [pytest.param(rule, id="-".join(key)) for key, rule in RULES]
NAMING = [pytest.param(rule, id="-".join(key)) for key, rule in RULES if rule.accepted - {"ANY"}]
ZERO = Decimal(0)


def cases(rule: Rule, seed: int) -> Iterator[tuple[Standing, Credit]]:
    """Random people, each with a credit that they might earn: now and then long ago, too late, or of a course they took."""
    rng = random.Random(f"asked{rule.jurisdiction}{rule.profession}{seed}")
    months = rule.file.period.months or 24
    for standing in people(rule, 100 + seed):
        expires = standing.license.expires
        credits = tuple(replace(c, course=rng.choice([None, "grief", "loss"])) for c in standing.credits)
        credit = random_credit(rng, rule, expires, months, 99)
        day = expires - timedelta(days=rng.randrange(-60, months * 33))
        yield replace(standing, credits=credits), replace(credit, date=day, course=rng.choice([None, "grief"]))


def both(rule: Rule, standing: Standing, credit: Credit) -> tuple[Answer, Answer]:
    """The answers without and with it, on the day of its completion where that is later."""
    bare = replace(standing, as_of=max(standing.as_of, credit.date))
    return evaluate(rule, bare), evaluate(rule, replace(bare, credits=(*bare.credits, credit)))


def difference(rule: Rule, standing: Standing, credit: Credit) -> tuple[Decimal, Decimal]:
    """Hours by which the credit adds to the hours that count, and hours of it that bring anything at all."""
    before, after = both(rule, standing, credit)
    had, has = _taken(before), _taken(after)
    apart = {key for key, r in rule.file.requirements.items() if r.counts_toward_total is False}
    on_top = sum((max(ZERO, has[key] - had.get(key, ZERO)) for key in apart if key in has), ZERO)
    asks_total = any(line.kind == "total" and line.asked is not None for line in after.lines)
    adds = max(ZERO, after.counted_hours - before.counted_hours) if asks_total else ZERO
    whole = min(credit.hours, adds + min(on_top, credit.hours - adds))
    less = [_less(then, after.missing.get(key, ZERO), credit.hours) for key, then in before.missing.items()]
    return whole, min(credit.hours, max([whole, *less]))


def _taken(answer: Answer) -> dict[str, Decimal]:
    """Hours of this period that each line takes."""
    return {line.requirement: sum((c.hours for c in line.credits), ZERO) for line in answer.lines if line.kind != "limit"}


def _less(then: Decimal | None, now: Decimal | None, hours: Decimal) -> Decimal:
    """How much less is missing on a line; all hours where it is now complete."""
    if then is None or now is None:
        return hours if now is not None else ZERO
    return then - now


def told(found: WouldCount) -> bool:
    """Whether anything was judged, and not as an entry made twice."""
    return found.as_read is not None and not (found.decider is not None and found.decider.kind == "twin")


@pytest.mark.parametrize("rule", ALL)
def test_the_answer_as_read_is_the_difference_that_evaluate_finds(rule: Rule) -> None:
    for standing, credit in cases(rule, 1):
        found = would_count(rule, standing, credit)
        if not told(found):
            continue
        whole, any_at_all = difference(rule, standing, credit)
        assert found.counted == any_at_all, (standing, credit, found)
        assert found.as_read == ("no" if not any_at_all else "yes" if whole == credit.hours else "partly"), (standing, credit, found)


@pytest.mark.parametrize("rule", ALL)
def test_a_sure_answer_survives_every_admissible_reading(rule: Rule) -> None:
    rng = random.Random(f"sure{rule.jurisdiction}{rule.profession}")
    for standing, credit in cases(rule, 2):
        found = would_count(rule, standing, credit)
        if not told(found) or not found.certain or _unproved(rule, standing, credit):
            continue
        for _ in range(2):
            other = resolved(rule, replace(standing, credits=(*standing.credits, credit)), rng)
            if _asks(other, standing, credit):
                whole, any_at_all = difference(other, standing, credit)
                assert found.verdict == ("no" if not any_at_all else "yes" if whole == credit.hours else "partly"), (
                    standing,
                    credit,
                    found,
                )


def _asks(rule: Rule, standing: Standing, credit: Credit) -> bool:
    """Whether a settled rule asks for hours in all, and for every topic of the credit that comes on top; else its hours are surplus."""
    answer = evaluate(rule, standing)
    quiet = [rule.file.requirements[line.requirement] for line in answer.lines if line.kind == "requirement" and line.asked is None]
    surplus = any(r.counts_toward_total is False and credit.topics.keys() & set(r.topics) for r in quiet)
    return bool(answer.asked_hours) and not surplus


def _unproved(rule: Rule, standing: Standing, credit: Credit) -> bool:
    """Whether it hangs on what a file cannot settle for this credit.

    Hours in a topic on top of the total of which nobody can tell whether they are in it; a topic that may be due already, which a settled
    file asks at every renewal, so that earlier hours stop serving it.
    """
    effects = [effect for point in rule.file.open.values() for effect in point.could]
    doubted = {e.unverified for e in effects if e.unverified}
    early = credit.date < credit_window(rule.file, standing.license).start and any(e.due_now for e in effects)
    return early or any(rule.file.requirements[key].counts_toward_total is not True and credit.topics for key in doubted)


@pytest.mark.parametrize("rule", NAMING)
def test_an_approval_that_lapsed_the_day_before_decides_wherever_the_answer_was_yes(rule: Rule) -> None:
    rng = random.Random(f"lapsed{rule.jurisdiction}{rule.profession}")
    for standing, credit in cases(rule, 4):
        named = replace(credit, format="live_online", approvals=(rng.choice(sorted(rule.accepted)),))
        gone = DatedApproval(named.approvals[0], None, named.date - timedelta(days=1))
        held, without = would_count(rule, standing, named), would_count(rule, standing, named, [gone])
        if held.verdict == "yes":
            assert without.verdict in ("no", "not_known")
            assert without.decider is not None
            assert (without.decider.kind, bool(without.lapsed)) == ("lapsed", True), without


@pytest.mark.parametrize("rule", ALL)
def test_every_answer_names_what_decides_and_its_source(rule: Rule) -> None:
    for standing, credit in cases(rule, 3):
        found = would_count(rule, standing, credit)
        assert found.because
        assert found.decider is not None
        assert found.decider.source is not None, found
        assert found.doubt or found.verdict != "not_known" or found.as_read is None
