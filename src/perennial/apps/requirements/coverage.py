"""How well each rule is known: one line for each, and the filters and orders in which people look at them."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString

from perennial.apps.licenses.queries import jurisdiction_name, profession_name, rule_base
from perennial.core.rules import Rule
from perennial.core.rules.schema import Source
from perennial.core.values.words import KNOWN, partial_day, plain_hours
from perennial.ui.templatetags.ui import leaf

ALL, ANY = "all", "any"
STATES = {"high": "met", "medium": "part", "low": "", "": "out"}
"""The leaf of each: full, half, dashed; struck where there is no rule."""
RANKS = {"high": 0, "medium": 1, "low": 2}


@dataclass(frozen=True, slots=True)
class Covered:
    """One rule: how well it is known, what it asks in all, what is open, and when its sources were read.

    `hours` is None where the rule names no total; `read` and `copy` are as the sources give them: 2026-11, 2024-03-22.
    """

    code: str
    state: str
    profession: str
    name: str
    title: str
    board: str
    confidence: str
    hours: Decimal | None
    open: int
    read: str
    copy: str
    address: str

    @property
    def known(self) -> str:
        """How well it is known, in words."""
        return KNOWN[self.confidence]

    @property
    def leaf(self) -> SafeString:
        """The leaf of how well it is known."""
        return leaf(STATES[self.confidence])

    @property
    def asked(self) -> str:
        """The hours in all, in words."""
        if self.hours is None:
            return "no total"
        return f"{plain_hours(self.hours)} h" if self.hours else "none asked"

    @property
    def read_in(self) -> str:
        """The month in which the sources were read."""
        return partial_day(self.read)

    @property
    def copy_of(self) -> str:
        """The date that the copy of the total's source claims."""
        return partial_day(self.copy)


@dataclass(frozen=True, slots=True)
class Choice:
    """What someone wants to see: a profession's slug or `all`; a confidence; `some` or `none` open; and the order."""

    profession: str = ALL
    confidence: str = ANY
    open: str = ANY
    sort: str = "state"
    down: bool = False


@cache
def every_rule() -> tuple[Covered, ...]:
    """Each rule of the rule base, by state and profession; it does not change while the site runs."""
    return tuple(_covered(rule) for _, rule in sorted(rule_base().rules.items()))


def _covered(rule: Rule) -> Covered:
    file = rule.file
    figure = rule.total.at_least[-1] if rule.total and rule.total.at_least else None
    source = file.sources.get(figure.source) if figure else None
    return Covered(
        code=rule.jurisdiction,
        state=jurisdiction_name(rule.jurisdiction),
        profession=rule.profession,
        name=profession_name(rule.profession),
        title=file.title,
        board=file.board,
        confidence=file.confidence,
        hours=figure.hours if figure else None,
        open=len(file.open),
        read=_last_read(file.sources.values()),
        copy=(source.as_of or "") if source else "",
        address=reverse("portal:rule", args=[rule.jurisdiction.lower(), rule.profession]),
    )


def _last_read(sources: Iterable[Source]) -> str:
    return max((source.read for source in sources), default="")


def fits(rule: Covered, choice: Choice) -> bool:
    """Whether a rule is among those that someone wants to see."""
    return (
        choice.profession in (ALL, rule.profession)
        and choice.confidence in (ANY, rule.confidence)
        and {"some": rule.open > 0, "none": rule.open == 0}.get(choice.open, True)
    )


ORDERS: dict[str, Callable[[Covered], Any]] = {
    "state": lambda rule: rule.state,
    "profession": lambda rule: rule.name,
    "confidence": lambda rule: RANKS[rule.confidence],
    "hours": lambda rule: rule.hours,
    "open": lambda rule: rule.open,
    "copy": lambda rule: rule.copy or None,
}
"""What each order goes by; None where a rule has nothing there."""


def chosen(choice: Choice) -> Sequence[Covered]:
    """The rules that someone wants to see, in the order wanted, within it by state; what has no such value comes last."""
    order = ORDERS[choice.sort]
    found = sorted((rule for rule in every_rule() if fits(rule, choice)), key=lambda rule: (rule.state, rule.name))
    known = [rule for rule in found if order(rule) is not None]
    return [*sorted(known, key=order, reverse=choice.down), *(rule for rule in found if order(rule) is None)]
