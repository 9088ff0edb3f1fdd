"""Random licensees of a rule with random credits, made of the rule's own words and of others: what a roster is tried on.

Plain ones are much as people are. Hard ones lie where a count can go wrong: on the first and last days of windows, entered twice,
over every limit, with labels and titles that a class looks at, with facts missing.
"""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import polars as pl
from pydantic import BaseModel

from perennial.core.rules.load import RuleBase
from perennial.core.rules.periods import CreditWindow, credit_window, window_before
from perennial.core.rules.roster.one_by_one import Row, standing_of
from perennial.core.rules.rule import Rule
from perennial.core.rules.schema import Selection
from perennial.core.rules.vocabulary import NATIONAL, OWN

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
SPELLINGS = ("apa", "Nbcc acep", "State Board", "CATEGORY_I", "A Center Nobody Knows")
CATEGORIES = ("I", "II", "A", "B", "1", "Z")
UNITS = (5_000, 10_000, 12_500, 15_000, 20_000, 30_000, 40_000, 60_000, 80_000)
HARD_UNITS = (*UNITS, 0, 1, 3_333, 100_000, 200_000, 400_000)


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
        told = list(selections(file))
        self.titles = sorted({word for part in told for word in part.title_words}) or ["ethic"]
        own = {OWN + slug for slug in file.classes} | {key for key in (*file.requirements, *file.limits) if key.startswith(OWN)}
        self.named = sorted({form for part in told for form in (*part.formats, *part.not_formats)} | own) or self.formats
        asked_of = {label for part in told for label in (*part.approvals, *part.not_approvals)}
        asked_of |= {label for kind in file.classes.values() for label in (*kind.labels, *kind.not_labels)}
        self.said = sorted(asked_of - {NATIONAL}) or self.labels


def selections(part: object) -> Iterator[Selection]:
    """Every selection of credits that a part of a rule file makes."""
    if isinstance(part, Selection):
        yield part
    if isinstance(part, BaseModel):
        for key in type(part).model_fields:
            yield from selections(getattr(part, key))
    elif isinstance(part, dict | tuple):
        for inner in part.values() if isinstance(part, dict) else part:
            yield from selections(inner)


def random_roster(base: RuleBase, each: int, *, seed: int, hard: bool = False) -> tuple[pl.DataFrame, pl.DataFrame]:
    """So many licensees of every rule, and their credits."""
    dice = random.Random(seed)  # noqa: S311  not a secret
    people: list[Row] = []
    credits: list[Row] = []
    for (jurisdiction, profession), rule in sorted(base.rules.items()):
        words = Words(rule)
        for number in range(each):
            person = f"{jurisdiction}-{profession}-{number}"
            row = _person(dice, words) | {"licensee_id": person, "jurisdiction": jurisdiction, "profession": profession}
            row |= _odd_facts(dice, words, row) if hard else {}
            if row["issued"] is None or row["issued"] <= row["expires"]:
                people.append(row)
                theirs = _hard_credits(dice, words, _days(rule, row)) if hard else _credits(dice, words, row["expires"])
                credits += [credit | {"licensee_id": person} for credit in theirs]
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


def _odd_facts(dice: random.Random, words: Words, row: Row) -> Row:
    """A license issued at an edge of its period, many attributes, a number without a digit, a day asked about beside the last."""
    expires: date = row["expires"]
    found: Row = {}
    if dice.random() < 0.15:
        found["issued"] = expires - timedelta(days=dice.choice((0, 1, 180, 365, 729, 730, 731)))
    if dice.random() < 0.3:
        found["attributes"] = dice.sample(words.attributes, min(8, len(words.attributes)))
    if dice.random() < 0.2:
        found["number"] = dice.choice(("", "A", "L-7 2b"))
    if dice.random() < 0.1:
        found["as_of"] = expires + timedelta(days=dice.choice((-1, 1, 100)))
    if dice.random() < 0.1:
        found["birth_date"] = date(1980, 2, 29)
    return found


def _days(rule: Rule, row: Row) -> tuple[CreditWindow, tuple[date, ...]]:
    """The window of somebody's license, and the days at which something begins or ends."""
    license = standing_of(row, (), row["expires"]).license
    window = credit_window(rule.file, license)
    return window, (window.start, window.end, window_before(rule.file, window).start, row["issued"] or window.start)


def _hard_credits(dice: random.Random, words: Words, days: tuple[CreditWindow, tuple[date, ...]]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for number in range(dice.choice((0, 1, 3, 8, 15, 25, 40))):
        if found and dice.random() < 0.15:
            found.append(_again(dice, dice.choice(found), number))
        else:
            found.append({"credit_id": f"c{number}", "date": _hard_day(dice, *days), **_hard_course(dice, words)})
    return found


def _again(dice: random.Random, credit: dict[str, Any], number: int) -> dict[str, Any]:
    """The same credit once more: under its own name or another, that day or later."""
    name = f"c{number}" if dice.random() < 0.6 else credit["credit_id"]
    later = timedelta(days=dice.choice((0, 0, 0, 1, 400)))
    return credit | {"credit_id": name, "date": credit["date"] + later}


def _hard_day(dice: random.Random, window: CreditWindow, edges: tuple[date, ...]) -> date:
    if dice.random() < 0.4:
        return dice.choice(edges) + timedelta(days=dice.choice((-1, 0, 1, -365, 365, -366, 183)))
    return window.start + timedelta(days=dice.randrange(max(1, (window.end - window.start).days)))


def _hard_course(dice: random.Random, words: Words) -> dict[str, Any]:
    units = dice.choice(HARD_UNITS)
    topics = dice.sample(words.topics, min(len(words.topics), dice.choice((0, 1, 1, 2, 3, 6))))
    lists = dice.sample([words.accepted, words.approvals, words.said, words.labels, list(SPELLINGS)], dice.choice((0, 1, 1, 2, 3)))
    word = dice.choice(words.titles)
    titles = (
        None,
        "",
        dice.choice(TITLES),
        f"{word.title()}s for all",
        f"Pre{word} x",
        f"THE {word.upper()}-2 STRASSE",
        f"The {word}-2 straße",
    )
    return {
        "title": dice.choice(titles),
        "units": units,
        "topics": [
            {"topic": topic, "units": min(units, dice.choice((units, units // 2, 10_000, dice.randint(0, units))))} for topic in topics
        ],
        "format": dice.choice(dice.choice((COURSES, words.formats, words.named))),
        "approvals": [dice.choice(each) for each in lists],
        "category": dice.choice((None, None, dice.choice(CATEGORIES))),
        "course_id": dice.choice((None, "k1", "k2", "k3")),
    }
