"""A rule with each of its open points settled at random, within what the file says it could be."""

import random
from datetime import date
from decimal import Decimal
from typing import Any

from perennial.core.rules import Rule, Standing, credit_window
from perennial.core.rules.rule import ready
from perennial.core.rules.schema import Effect, RuleFile

MOST = 60


def resolved(rule: Rule, standing: Standing, rng: random.Random) -> Rule:
    """One admissible reading of the rule; nothing is left open in it but what cannot be settled by a file."""
    tables = rule.file.model_dump(by_alias=True)
    for point in rule.file.open.values():
        for effect in point.could:
            if _concerns(effect, standing, credit_window(rule.file, standing.license).end):
                _settle(tables, effect, standing, rng)
    _settle_rest(tables, standing, rng)
    tables["open"] = {}
    tables["notes"] = ()
    return ready(rule.jurisdiction, rule.profession, RuleFile.model_validate(tables), rule.vocabulary)


def _concerns(effect: Effect, standing: Standing, end: date) -> bool:
    if not (effect.start or end) <= end <= (effect.until or end):
        return False
    first = standing.license.renewal_number == 1
    if effect.applies_to and not standing.attributes.intersection(effect.applies_to):
        return False
    return not (effect.only_first and not first) and not (effect.not_first and first)


def _settle(tables: dict[str, Any], effect: Effect, standing: Standing, rng: random.Random) -> None:
    if effect.not_asked is not None and rng.random() < 0.5:
        tables["requirements"].pop(effect.not_asked, None)
        tables["limits"].pop(effect.not_asked, None)
    if effect.full_first and rng.random() < 0.5:
        tables["first_renewal"]["steps"] = ()
    _alter(tables["requirements"], effect, rng, exempt=_exempt(tables, standing))
    if effect.figure is not None:
        _refigure(tables, effect, rng)
    if effect.cap is not None:
        cap = effect.cap.model_dump()
        tables["limits"][f"open_{len(tables['limits'])}"] = {
            **cap,
            "at_most": [{"hours": effect.cap_hours + Decimal(rng.randrange(MOST)), "source": "x", "says": "x"}],
        }
    if effect.asks and rng.random() < 0.5 and not _exempt(tables, standing):
        hours = Decimal(rng.randrange(1, MOST)) if effect.asks_hours is None else effect.asks_hours
        figure = {"hours": hours, "source": "x", "says": "x"}
        tables["requirements"][f"open_{len(tables['requirements'])}"] = {"topics": effect.asks, "at_least": [figure]}


def _alter(requirements: dict[str, Any], effect: Effect, rng: random.Random, *, exempt: bool) -> None:
    """A requirement may be due already, ask nothing in each year, or be met by no hours that we can tell."""
    changes: list[tuple[str | None, dict[str, Any]]] = [
        (effect.not_yearly, {"each_year": ()}),
        (None if exempt else effect.due_now, {"due": "renewal", "first_due": None}),
        (effect.unverified, {"title_words": ("a word that no title has",)}),
    ]
    for key, change in changes:
        if key in requirements and rng.random() < 0.5:
            requirements[key] |= change


def _exempt(tables: dict[str, Any], standing: Standing) -> bool:
    """A first renewal that owes nothing owes no unread topic either."""
    return standing.license.renewal_number == 1 and any(s["others"] == "none" for s in tables["first_renewal"]["steps"])


def _refigure(tables: dict[str, Any], effect: Effect, rng: random.Random) -> None:
    lowest = effect.lowest if effect.lowest is not None else Decimal(0)
    highest = effect.highest if effect.highest is not None else Decimal(MOST)
    share = Decimal(rng.choice(["0", "0.5", "1"]))
    hours = lowest + (highest - lowest) * share
    for kind, key in (("requirements", "at_least"), ("limits", "at_most")):
        table = tables[kind].get(effect.figure)
        if table is not None and table[key]:
            table[key] = tuple({**f, "hours": hours, "percent": None} for f in table[key])


def _settle_rest(tables: dict[str, Any], standing: Standing, rng: random.Random) -> None:
    """What the engine itself takes as open: carry-over, first renewal, the total, membership, approvers."""
    for requirement in tables["requirements"].values():
        if requirement.get("counts_toward_total") == "unknown":
            requirement["counts_toward_total"] = rng.random() < 0.5
        requirement["unsure_read"] = rng.choice(["in", "out"])
    for table in (*tables["limits"].values(), *tables["classes"].values()):
        table["unsure_read"] = rng.choice(["in", "out"])
    if tables["carry_over"]["unknown"]:
        figure = {"hours": Decimal(rng.randrange(MOST)), "source": "x", "says": "x"}
        tables["carry_over"] |= {"unknown": False, "at_most": (figure,)}
    first = tables["first_renewal"]
    if first["unknown"]:
        exempt = {"asks": {"total": Decimal(0)}, "others": "none"} if "total" in tables["requirements"] else {"others": "none"}
        first |= {"unknown": False, "steps": (exempt,) if rng.random() < 0.5 else ()}
    _settle_approvals(tables["approvals"], standing, rng)


def _settle_approvals(approvals: dict[str, Any], standing: Standing, rng: random.Random) -> None:
    """Any approver that the rule does not name may turn out to be accepted, or not."""
    if approvals["exclusive"] or "ANY" in approvals["accepted"]:
        return
    named = {a for credit in standing.credits for a in credit.approvals}
    also = tuple(a for a in sorted(named) if rng.random() < 0.5)
    accepted = (*approvals["accepted"], *also)
    if accepted:
        approvals |= {"accepted": accepted, "exclusive": True}
