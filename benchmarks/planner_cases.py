"""Planning questions of any size, the same for the same seed: as plain numbers, and as rules and offers.

A course has whole hours, a price in whole dollars, one to three of eight topics, and is live or a recording. A license
accepts three courses of four, asks hours in all, of which recordings bring at most a part, and hours in some topics.
In these rules, as in the plain program that ours runs beside, a limit holds back hours in all but not topics.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from perennial.core.planner import Approval, Offer, Owed
from perennial.core.rules import License, Rule, Standing
from perennial.core.rules.rule import ready
from perennial.core.rules.schema import RuleFile
from perennial.core.rules.vocabulary import Vocabulary, Word

TODAY, DUE = date(2026, 1, 5), date(2026, 12, 31)
TOPICS = 8
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Numbers:
    """A question as numbers: by course hours, recordings, hours in topics, dollars; by license acceptance, hours, cap, topics."""

    hours: Ints
    recorded: Flags
    topics: Ints
    price: Ints
    accepted: Flags
    asked: Ints
    cap: Ints
    least: Ints


def numbers(courses: int, licenses: int, seed: int) -> Numbers:
    """A question of this size."""
    r = np.random.default_rng([7, courses, licenses, seed])
    hours = r.choice([1, 2, 3, 4, 6, 8], courses, p=[0.2, 0.25, 0.25, 0.15, 0.1, 0.05])
    recorded = r.random(courses) < 0.55
    topics = np.zeros((courses, TOPICS), dtype=np.int64)
    often = np.array([0.35, 0.15, 0.1, 0.1, 0.1, 0.08, 0.07, 0.05])
    for course in range(courses):
        several = min(hours[course], r.integers(1, 4))
        chosen = r.choice(TOPICS, several, replace=False, p=often)
        topics[course, chosen] = 1
        for _ in range(hours[course] - several):
            topics[course, r.choice(chosen)] += 1
    each = r.lognormal(2.6, 0.45, courses)
    price = np.maximum(5, np.round(hours * each * np.where(recorded, 0.75, 1.25) + r.integers(0, 10, courses))).astype(int)
    accepted = r.random((licenses, courses)) < 0.75
    asked = r.integers(10, 41, licenses)
    least = np.zeros((licenses, TOPICS), dtype=np.int64)
    for license in range(licenses):
        some = r.choice(np.arange(1, TOPICS), r.integers(3, 6), replace=False)
        least[license, some] = r.integers(1, 7, some.size)
    return Numbers(hours, recorded, topics, price, accepted, asked, np.minimum(asked // 2, 20), least)


def question(n: Numbers) -> tuple[list[Owed], list[Offer]]:
    """The same as rules and offers."""
    words = Vocabulary(
        topics={f"topic_{t}": Word(name=f"Topic {t}") for t in range(TOPICS)},
        formats={"live_online": Word(name="Live"), "asynchronous": Word(name="Recorded")},
        approvals={f"BODY_{k}": Word(name=f"Body {k}") for k in range(n.asked.size)},
    )
    license = License(expires=DUE, issued=date(2015, 1, 1), renewal_number=5)
    owed = [Owed(f"{k:02}", f"License {k}", _rule(n, k, words), Standing(license, TODAY)) for k in range(n.asked.size)]
    bodies = [Approval(f"BODY_{k}") for k in range(n.asked.size)]
    return owed, [_offer(n, course, bodies) for course in range(n.hours.size)]


def _offer(n: Numbers, course: int, bodies: list[Approval]) -> Offer:
    return Offer(
        id=f"course-{course:05}",
        title=f"Course {course}",
        hours=Decimal(int(n.hours[course])),
        topics={f"topic_{t}": Decimal(int(n.topics[course, t])) for t in np.nonzero(n.topics[course])[0]},
        format="asynchronous" if n.recorded[course] else "live_online",
        approvals=tuple(bodies[k] for k in np.nonzero(n.accepted[:, course])[0]),
        price_cents=int(n.price[course]) * 100,
        minutes=int(n.hours[course]) * 60,
    )


def _rule(n: Numbers, k: int, words: Vocabulary) -> Rule:
    def figure(hours: int) -> dict[str, object]:
        return {"hours": int(hours), "source": "code", "says": f"{hours} hours"}

    topics = {
        f"topic_{t}": {
            "topics": [f"topic_{t}"],
            "at_least": [figure(n.least[k, t])],
            "counts_toward_total": False,
            "counts_where": [{"formats": ["live_online", "asynchronous"]}],
        }
        for t in np.nonzero(n.least[k])[0]
    }
    file = {
        "title": f"Rule {k}",
        "board": "Board",
        "licenses": ["L"],
        "confidence": "high",
        "sources": {"code": {"cite": "1 Code 1", "kind": "regulation"}},
        "period": {"months": 24, "ends": "other", "says": "Two years."},
        "requirements": {"total": {"at_least": [figure(n.asked[k])]}, **topics},
        "limits": {"recorded": {"formats": ["asynchronous"], "at_most": [figure(n.cap[k])]}},
        "approvals": {"accepted": [f"BODY_{k}"], "exclusive": True, "source": "code"},
        "carry_over": {"at_most": [figure(0)]},
        "first_renewal": {"says": "The same."},
    }
    return ready("ZZ", f"p{k}", RuleFile.model_validate(file), words)
