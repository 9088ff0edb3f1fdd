"""Offers and random planning questions for tests: small rules of every shape, and real ones."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from perennial.core.planner.facts import Approval, Offer, Owed, Wishes
from perennial.core.rules import Credit, License, Rule, RuleBase, Standing
from perennial.core.rules.builders import figure, make_rule

TODAY = date(2025, 9, 15)
TOPICS = ("ethics", "law", "clinical")
FORMATS = ("live_in_person", "live_online", "asynchronous", "self_study", "reading")
OFTEN, SELDOM = 0.5, 0.2


def make_offer(id: str = "a", hours: float = 3, **changes: object) -> Offer:
    """An APA course on any day: 30 dollars an hour, an hour an hour."""
    topics = changes.pop("topics", {})
    known: dict[str, object] = {
        "id": id,
        "title": f"Course {id}",
        "hours": Decimal(str(hours)),
        "topics": {k: Decimal(str(v)) for k, v in topics.items()},  # type: ignore[attr-defined]  # a table of hours
        "format": "live_online",
        "approvals": (Approval("APA"),),
        "price_cents": int(hours * 3000),
        "minutes": int(hours * 60),
    }
    return Offer(**(known | changes))  # type: ignore[arg-type]  # a builder takes any field


@dataclass(frozen=True, slots=True)
class Question:
    """A planning question drawn at random."""

    licenses: tuple[Owed, ...]
    offers: tuple[Offer, ...]
    wishes: Wishes
    today: date = TODAY


def random_question(seed: int, base: RuleBase | None = None) -> Question:
    """A question of one to three licenses and up to twelve offers; with a base its rules are real ones."""
    r = Random(seed)  # noqa: S311  only for tests
    count = r.choices((1, 2, 3), (0.8, 0.2, 0) if base else (0.5, 0.35, 0.15))[0]
    rules = [r.choice(list(base.rules.values())) if base else random_rule(r) for _ in range(count)]
    topics = sorted({t for rule in rules for q in rule.file.requirements.values() for t in q.topics} or TOPICS)
    many = r.choices((r.randint(2, 4), r.randint(5, 7), r.randint(8, 12)), (0.55, 0.44, 0.01))[0]
    offers = tuple(_offer(r, n, topics) for n in range(many))
    credits = tuple(_credit(r, n, topics) for n in range(r.randint(0, 4)))
    if base:
        credits = (*credits, *(_much(r, n, topics) for n in range(2)))
        offers = tuple(replace(o, approvals=tuple(Approval(a) for a in sorted(rules[0].accepted) or ("APA",))) for o in offers)
    licenses = tuple(_owed(r, n, rule, credits) for n, rule in enumerate(rules))
    minimize = r.choices(("cost", "hours", "time"), (0.7, 0.15, 0.15))[0]
    by = TODAY + timedelta(days=r.randint(60, 500)) if r.random() < SELDOM / 2 else None
    budget = r.randint(2, 40) * 1000 if r.random() < SELDOM / 2 else None
    minutes = _most_minutes(seed, offers)
    wishes = Wishes(minimize=minimize, by=by, budget_cents=budget, most_minutes=minutes)  # type: ignore[arg-type]  # one of the three
    return Question(licenses, offers, wishes)


def _most_minutes(seed: int, offers: Sequence[Offer]) -> int | None:
    """In every fourth question a most of time that binds now and then."""
    r = Random(-1 - seed)  # noqa: S311  only for tests
    return int(sum(o.minutes for o in offers) * r.choice((0.3, 0.5, 0.8))) if r.random() < SELDOM * 1.25 else None


def random_rule(r: Random) -> Rule:
    """A small rule: hours in all, perhaps topics, limits, classes of days, repeats, carry-over."""
    requirements: dict[str, dict[str, object]] = {"total": {"at_least": [figure(r.randint(2, 9))]}}
    if r.random() < SELDOM:
        requirements["total"]["each_year"] = [figure(r.randint(1, 2))]
    for topic in r.sample(TOPICS, r.randint(0, 2)):
        requirements[topic] = _topic(r, topic, [t for t in requirements if t != "total"])
    if r.random() < SELDOM:
        requirements["live"] = {"formats": ["live_in_person", "live_online"], "at_least": [figure(r.randint(1, 5))], "name": "Live hours"}
    tables: dict[str, object] = {"requirements": requirements, "limits": _limits(r), "counting": _counting(r)}
    if r.random() < SELDOM:
        tables["carry_over"] = {"at_most": [figure(r.randint(1, 6))]}
    if r.random() < OFTEN:
        tables["approvals"] = {"accepted": ["APA"], "source": "code", "exclusive": r.random() < SELDOM}
    if r.random() < SELDOM:
        kinds = {"at_least": 2, "of": ["heard", "read"], "source": "code", "says": "Two kinds."}
        requirements["kinds"] = {"kinds": kinds, "name": "Kinds"}
        tables["classes"] = {
            "heard": {"name": "Heard", "says": "Live.", "any": [{"formats": ["live_in_person", "live_online"]}]},
            "read": {"name": "Read", "says": "Read.", "any": [{"formats": ["reading", "self_study", "asynchronous"]}]},
        }
    return make_rule(**tables)


def _topic(r: Random, topic: str, others: Sequence[str]) -> dict[str, object]:
    found: dict[str, object] = {"topics": [topic], "at_least": [figure(r.randint(1, 3))]}
    kind = r.random()
    if kind < 0.15:
        found["counts_toward_total"] = False
    elif kind < 0.3 and others:
        found["disjoint"] = [r.choice(others)]
    elif kind < 0.4:
        found["due"] = "once"
        found["at_least"] = [figure(r.randint(1, 4), **{"from": date(2022, 1, 1)})]
    elif kind < 0.5:
        found["within"] = [{"what": {"formats": ["asynchronous", "self_study"]}, "at_most": [figure(r.randint(1, 2))]}]
    elif kind < 0.6:
        found["lookback_months"] = 36
    elif kind < 0.7:
        found["at_least"] = [figure(None)]
    elif kind < 0.8:
        found["formats"] = ["live_in_person", "live_online"]
    return found


def _limits(r: Random) -> dict[str, object]:
    found: dict[str, object] = {}
    if r.random() < OFTEN:
        found["distance"] = {"formats": ["asynchronous", "self_study", "reading"], "at_most": [figure(r.randint(1, 8))]}
    if r.random() < SELDOM:
        found["reading"] = {"formats": ["reading", "self_study"], "at_most": [figure(r.randint(0, 4))]}
    if r.random() < SELDOM:
        found["online"] = {"formats": ["live_online", "asynchronous"], "at_most": [figure(r.randint(2, 9))]}
    if r.random() < SELDOM:
        each = r.choice(("year", "day", "credit", "course", "format", "topic"))
        chosen = {"formats": list(r.sample(FORMATS, 3))} if r.random() < OFTEN else {}
        found["each"] = {**chosen, "at_most": [figure(r.randint(1, 5))], "each": each}
    if r.random() < SELDOM / 2:
        of = r.choice(("asked", "earned"))
        found["share"] = {"formats": ["asynchronous"], "at_most": [figure(None, percent=r.choice((25, 50)), of=of)]}
    return found


def _counting(r: Random) -> dict[str, object]:
    found: dict[str, object] = {}
    if r.random() < SELDOM * 1.5:
        found["repeats"] = r.choice(("once_per_period", "once_per_period", "not_consecutive"))
    if r.random() < SELDOM / 2:
        found["step_hours"] = 1
    return found


def _hours(r: Random) -> float:
    return r.choice((1, 1, 1.5, 2, 2, 3, 3, 4, 6))


def _topics(r: Random, topics: Sequence[str], hours: float) -> dict[str, Decimal]:
    chosen = r.sample(list(topics), min(len(topics), r.choices((0, 1, 2), (0.3, 0.5, 0.2))[0]))
    return {t: Decimal(str(r.choice((hours, max(0.5, hours // 2))))) for t in chosen}


def _offer(r: Random, number: int, topics: Sequence[str]) -> Offer:
    hours = _hours(r)
    day = TODAY + timedelta(days=r.choice((r.randint(0, 190), r.randint(0, 600)))) if r.random() < 0.9 else None
    body = r.choices(("APA", "NBCC_ACEP", "NOBODY", None), (0.6, 0.2, 0.1, 0.1))[0]
    until = TODAY + timedelta(days=r.randint(30, 600)) if r.random() < SELDOM else None
    return make_offer(
        f"o{number}",
        hours,
        topics=_topics(r, topics, hours),
        format=r.choice(FORMATS),
        approvals=(Approval(body, None, until),) if body else (),
        price_cents=r.randint(0, 12) * 500,
        minutes=int(hours * 60) + r.choice((0, 30)),
        starts=day,
        ends=day,
        course=r.choice((None, None, "x", "y")),
    )


def _credit(r: Random, number: int, topics: Sequence[str]) -> Credit:
    hours = _hours(r)
    return Credit(
        id=f"c{number}",
        title=f"Held {number}",
        date=TODAY - timedelta(days=r.randint(0, 1000)),
        hours=Decimal(str(hours)),
        format=r.choice(FORMATS),
        topics=_topics(r, topics, hours),
        approvals=(r.choice(("APA", "APA", "NBCC_ACEP")),),
        course=r.choice((None, None, "x", "y")),
    )


def _much(r: Random, number: int, topics: Sequence[str]) -> Credit:
    """Most of what a real rule asks, so that a few courses can make up the rest."""
    hours = r.choice((8, 12, 16, 18, 20))
    return Credit(
        id=f"much{number}",
        title="Conference",
        date=TODAY - timedelta(days=r.randint(0, 200)),
        hours=Decimal(hours),
        format="live_in_person",
        topics={t: Decimal(r.choice((1, 2, 3))) for t in topics if r.random() < 0.7},
        approvals=("APA", "NBCC_ACEP", "ASWB_ACE", "STATE_BOARD"),
    )


def _owed(r: Random, number: int, rule: Rule, credits: tuple[Credit, ...]) -> Owed:
    expires = r.choice((date(2026, 6, 30), date(2026, 3, 31), date(2027, 2, 28), date(2027, 12, 31), date(2028, 9, 30)))
    license = License(
        expires=expires,
        issued=date(r.choice((2014, 2019, 2024)), 3, 1),
        birth_date=date(1980, 6, 12),
        renewal_number=r.choice((1, 2, 4, None)),
        number="1234",
    )
    return Owed(f"l{number}", f"License {number}", rule, Standing(license, TODAY, credits))
