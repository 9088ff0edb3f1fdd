"""Plan several licenses of one person at once: the least-cost set of offers that makes each compliant, with proof."""

from collections.abc import Sequence
from datetime import date

from perennial.core.planner.facts import Offer, Owed, Plan, Wishes


def plan(licenses: Sequence[Owed], offers: Sequence[Offer], wishes: Wishes, today: date, *, compare: bool = True) -> Plan:
    """The best plan. With `compare` also other sets that are as good, and each license planned by itself."""
    raise NotImplementedError


def without(found: Plan, offer: str) -> Plan:
    """The best plan if this offer may not be taken: what dropping it changes."""
    raise NotImplementedError
