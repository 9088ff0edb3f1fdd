"""Makes valid banks and attempts for tests."""

from dataclasses import replace
from decimal import Decimal
from itertools import count

from django.utils import timezone

from perennial.apps.accounts.builders import make_person
from perennial.apps.accounts.queries import Person
from perennial.apps.assessments.models import Attempt, Bank
from perennial.apps.assessments.services import TestRules, keep_bank, start_attempt
from perennial.core.courses import Item, Numeric, Option, Pair

_numbers = count(1)


def make_item(number: int, *, kind: str = "single", objective: str = "o1", pretest: bool = False) -> Item:
    """A question whose first option is right, and in `multiple` the second as well; of another kind, one with what that needs."""
    item = Item(f"i{number:02}", kind, objective, "01-one.md", f"Question {number}?", pretest=pretest)
    if kind == "matching":
        pairs = (Pair("Sun", "day"), Pair("Moon", "night"), Pair("Star", "night"), Pair("", "noon"))
        return replace(item, pairs=pairs, rationale="As the sky has it.")
    if kind == "ordering":
        return replace(item, steps=("Ask", "Listen", "Answer"), rationale="In this order.")
    if kind == "numeric":
        return replace(item, numeric=Numeric(Decimal("2.5"), Decimal("0.1"), "mg"), rationale="By the rule of three.")
    if kind == "reflection":
        return replace(item, rationale="A good answer names a step.")
    words = ("True", "False") if kind == "true_false" else ("First", "Second", "Third", "Fourth")
    right = 2 if kind == "multiple" else 1
    return replace(item, options=tuple(Option(word, place < right, f"{word}: why.") for place, word in enumerate(words)))


ALL_KINDS = ("single", "multiple", "true_false", "matching", "ordering", "numeric", "reflection")


def make_bank(*, items: int = 6) -> Bank:
    """A bank of its own with questions of every kind, on two objectives."""
    kinds = ("single", "multiple", "true_false")
    made = [make_item(number, kind=kinds[number % 3], objective=f"o{number % 2 + 1}") for number in range(items)]
    return keep_bank(owner_key=f"sample:{next(_numbers)}", version="1", items=made)


def make_attempt(*, person: Person | None = None, bank: Bank | None = None, ask: int = 3, minutes: int | None = None) -> Attempt:
    """An open attempt that passes at 80 percent."""
    rules = TestRules(ask, 80, minutes)
    return start_attempt(person=person or make_person(), bank=bank or make_bank(), purpose_key="sample", rules=rules, at=timezone.now())
