"""How an attempt begins: which questions are drawn, how much time there is, and how often it may be interrupted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from enum import Enum

from perennial.apps.assessments.models import Attempt, Item

MOST_BREAKS = 3
TIMES: Mapping[str, Decimal | None] = {
    Attempt.Time.USUAL: Decimal(1),
    Attempt.Time.HALF_MORE: Decimal("1.5"),
    Attempt.Time.DOUBLE: Decimal(2),
    Attempt.Time.UNLIMITED: None,
}


class Asked(Enum):
    """Which questions of a bank an attempt draws from."""

    TEST = "test"
    PRETEST = "pretest"


@dataclass(frozen=True, slots=True)
class Needs:
    """What a person asks for before starting; nobody is asked to prove a need."""

    time: str = Attempt.Time.USUAL
    breaks: bool = False


@dataclass(frozen=True, slots=True)
class TestRules:
    """How many questions are asked, the percentage that passes, the minutes allowed, if limited; of which questions, and for what needs.

    `exactly` names the questions by id, in their order, where they are not to be drawn.
    """

    __test__ = False  # not a test of ours
    ask: int
    pass_percent: int
    minutes: int | None = None
    asked: Asked = Asked.TEST
    needs: Needs = Needs()
    exactly: tuple[str, ...] = ()


def scored_of(items: Sequence[Item], asked: Asked) -> list[tuple[str, str]]:
    """The questions that may be drawn and count, as id and objective."""
    wanted = asked is Asked.PRETEST
    return [
        (item.item_id, str(item.data["objective"]))
        for item in items
        if bool(item.data.get("pretest")) is wanted and item.data["kind"] != "reflection"
    ]


def reflections_of(items: Sequence[Item], asked: Asked, seen: Mapping[str, int]) -> list[str]:
    """The reflections, which are asked once each and after all others."""
    wanted = asked is Asked.PRETEST
    return [
        item.item_id
        for item in items
        if item.data["kind"] == "reflection" and bool(item.data.get("pretest")) is wanted and not seen.get(item.item_id)
    ]


def due_at(rules: TestRules, at: datetime) -> datetime | None:
    """When the time is over, if it ever is."""
    factor = TIMES[rules.needs.time]
    if rules.minutes is None or factor is None:
        return None
    return at + timedelta(minutes=float(rules.minutes * factor))
