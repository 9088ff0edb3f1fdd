"""Loading the whole rule base, and judging one license with 50 credits under every rule."""

import gc
import random
import statistics
import time
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from benchmarks.result import Result, median_ms
from perennial.core.rules import Credit, License, Rule, Standing, evaluate, load

CREDITS = 50


def measure() -> Iterator[Result]:
    """Load, then the median over all rules of each rule's median, and the slowest rule."""
    yield Result("load the rule base (204 files)", median_ms(load, times=11, warm=1), "ms", 500)
    rules = load().rules
    gc.collect()
    gc.freeze()  # as `perennial serve` does once the rules are loaded
    medians = [_judged(rule) for rule in rules.values()]
    yield Result("judge one license with 50 credits, median rule", statistics.median(medians), "ms", 1)
    yield Result("judge one license with 50 credits, slowest rule", max(medians), "ms", 15)


def _judged(rule: Rule) -> float:
    standing = _standing(rule)
    evaluate(rule, standing)
    taken = []
    for _ in range(21):
        began = time.perf_counter()
        evaluate(rule, standing)
        taken.append((time.perf_counter() - began) * 1000)
    return statistics.median(taken)


def _standing(rule: Rule) -> Standing:
    """Somebody with 50 credits of 1 to 3 hours, of all formats, over two periods, in this rule's own topics."""
    rng = random.Random(f"{rule.jurisdiction}{rule.profession}")
    expires = date(2026, 6, 30)
    months = rule.file.period.months or 24
    topics = sorted({t for r in rule.file.requirements.values() for t in r.topics}) or ["clinical"]
    approvals = sorted(rule.accepted - {"ANY"}) or ["APA"]
    credits = tuple(
        Credit(
            id=str(number),
            title=f"Course {number}",
            date=expires - timedelta(days=rng.randrange(months * 60)),
            hours=Decimal(rng.choice([1, 2, 3])),
            format=rng.choice(["live_in_person", "live_online", "live_online", "asynchronous", "self_study"]),
            topics={t: Decimal(1) for t in rng.sample(topics, min(len(topics), rng.choice([0, 1, 1])))},
            approvals=(rng.choice(approvals),),
        )
        for number in range(CREDITS)
    )
    license = License(expires, date(2014, 5, 1), date(1980, 6, 2), 6, number="1234")
    return Standing(license, expires, credits)
