"""Random licensees of a rule with random credits, made of the rule's own words and of others: what a roster is tried on."""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import polars as pl

from perennial.core.rules.load import RuleBase
from perennial.core.rules.roster.one_by_one import Row
from perennial.core.rules.rule import Rule

LICENSEES = pl.Schema(
    {
        "licensee_id": pl.String(),
        "jurisdiction": pl.String(),
        "profession": pl.String(),
        "issued": pl.Date(),
        "birth_date": pl.Date(),
        "expires": pl.Date(),
        "renewal_number": pl.Int32(),
        "last_application_received": pl.Date(),
        "number": pl.String(),
        "attributes": pl.List(pl.String()),
        "done": pl.List(pl.Struct({"what": pl.String(), "on": pl.Date()})),
        "as_of": pl.Date(),
    }
)
CREDITS = pl.Schema(
    {
        "licensee_id": pl.String(),
        "credit_id": pl.String(),
        "title": pl.String(),
        "date": pl.Date(),
        "units": pl.Int64(),
        "topics": pl.List(pl.Struct({"topic": pl.String(), "units": pl.Int64()})),
        "format": pl.String(),
        "approvals": pl.List(pl.String()),
        "category": pl.String(),
        "course_id": pl.String(),
    }
)
COURSES = ("live_in_person", "live_online", "asynchronous", "self_study", "reading")
TITLES = ("Ethics today", "Law and board rules", "Suicide care", "Medical errors seminar", "Trauma")
UNITS = (5_000, 10_000, 12_500, 15_000, 20_000, 30_000, 40_000, 60_000, 80_000)


class Words:
    """The words that credits and people of one rule are made of."""

    def __init__(self, rule: Rule) -> None:
        file, words = rule.file, rule.vocabulary
        asked = {t for part in (*file.requirements.values(), *file.limits.values()) for t in part.topics}
        asked |= {t for point in file.open.values() for effect in point.could for t in effect.asks}
        self.topics = sorted(asked & set(words.topics)) or ["ethics"]
        self.formats = sorted(words.formats)
        self.approvals = sorted(words.approvals)
        self.accepted = [a for a in file.approvals.accepted if a != "ANY"] or self.approvals[:3]
        self.labels = sorted(words.labels)
        self.attributes = sorted(words.attributes)
        self.duties = sorted({*file.duties, *file.requirements, *(m for r in file.requirements.values() for m in r.met_by)})
        self.duties += sorted(grant.what for grant in file.grants)
        self.months = file.period.months or 24


def random_roster(base: RuleBase, each: int, *, seed: int) -> tuple[pl.DataFrame, pl.DataFrame]:
    """So many licensees of every rule, and their credits."""
    dice = random.Random(seed)  # noqa: S311  not a secret
    people: list[Row] = []
    credits: list[Row] = []
    for (jurisdiction, profession), rule in sorted(base.rules.items()):
        words = Words(rule)
        for number in range(each):
            person = f"{jurisdiction}-{profession}-{number}"
            row = _person(dice, words) | {"licensee_id": person, "jurisdiction": jurisdiction, "profession": profession}
            if row["issued"] is None or row["issued"] <= row["expires"]:
                people.append(row)
                credits += [credit | {"licensee_id": person} for credit in _credits(dice, words, row["expires"])]
    return pl.DataFrame(people, schema=LICENSEES), pl.DataFrame(credits, schema=CREDITS)


def _person(dice: random.Random, words: Words) -> Row:
    expires = date(2024, 1, 1) + timedelta(days=dice.randrange(1826))
    if dice.random() < 0.6:
        expires = expires.replace(day=1) - timedelta(days=1)
    renewal = dice.choice((None, 1, 1, 2, 3, 4, 6, 9))
    periods = (renewal or dice.randint(1, 5)) - dice.random()
    return {
        "issued": None if dice.random() < 0.1 else expires - timedelta(days=int(periods * words.months * 30.4)),
        "birth_date": None if dice.random() < 0.1 else date(1950, 1, 1) + timedelta(days=dice.randrange(18_000)),
        "expires": expires,
        "renewal_number": renewal,
        "last_application_received": None if dice.random() < 0.8 else expires - timedelta(days=dice.randint(600, 800)),
        "number": dice.choice((None, "123", "A44")),
        "attributes": dice.sample(words.attributes, dice.choice((0, 0, 1, 3))),
        "done": [{"what": dice.choice(words.duties), "on": _when(dice, expires)} for _ in range(dice.choice((0, 0, 0, 1, 2)))],
        "as_of": expires if dice.random() < 0.8 else expires - timedelta(days=dice.randint(0, 600)),
    }


def _when(dice: random.Random, expires: date) -> date | None:
    return dice.choice((None, expires - timedelta(days=dice.randint(1, 3000))))


def _credits(dice: random.Random, words: Words, expires: date) -> Iterator[dict[str, Any]]:
    for number in range(dice.randint(0, dice.choice((5, 10, 20, 30)))):
        units = dice.choice(UNITS)
        topics = dice.sample(words.topics, min(len(words.topics), dice.choice((0, 0, 1, 1, 2))))
        approvals = [] if dice.random() < 0.15 else [dice.choice(words.accepted if dice.random() < 0.8 else words.approvals)]
        approvals += [dice.choice(words.labels)] if dice.random() < 0.05 else []
        before = int(abs(dice.gauss(0, 1)) * words.months * 20) - dice.choice((0, 0, 20))
        yield {
            "credit_id": f"c{number}" if dice.random() > 0.04 else f"c{max(0, number - 1)}",
            "title": dice.choice(TITLES),
            "date": expires - timedelta(days=before),
            "units": units,
            "topics": [{"topic": topic, "units": min(units, dice.choice((units, units // 2, 10_000)))} for topic in topics],
            "format": dice.choice(COURSES if dice.random() < 0.8 else words.formats),
            "approvals": approvals,
            "category": dice.choice((None, None, None, "I", "A", "II", "B")),
            "course_id": dice.choice((None, None, "k1", "k2")),
        }
