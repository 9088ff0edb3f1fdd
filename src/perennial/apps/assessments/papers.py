"""Reads papers: attempts with their questions under the keys that stand now, and the answers so far."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from perennial.apps.assessments.models import Answer, Attempt, Item
from perennial.apps.assessments.paper import Paper, Question, item_of


def paper_of(attempt: Attempt) -> Paper:
    """The attempt's questions, its options in its own order, and the answers so far; two queries."""
    return papers_of([attempt])[0]


def papers_of(attempts: Sequence[Attempt]) -> list[Paper]:
    """The papers of several attempts, in their order; two queries, however many."""
    drawn = {item_id for attempt in attempts for item_id in attempt.drawn}
    kept = Item.objects.filter(bank__in={attempt.bank_id for attempt in attempts})
    kept = kept.filter(item_id__in=drawn) if len(attempts) == 1 else kept
    items = {(item.bank_id, item.item_id): question_of(0, 0, item, None) for item in kept}
    answers: dict[int, dict[str, list[Any]]] = {}
    for number, item_id, chosen in Answer.objects.filter(attempt__in=attempts).values_list("attempt_id", "item_id", "chosen"):
        answers.setdefault(number, {})[item_id] = chosen
    return [
        Paper(
            attempt,
            tuple(
                replace(items[attempt.bank_id, item_id], number=number, seed=attempt.seed, given=answers.get(attempt.pk, {}).get(item_id))
                for number, item_id in enumerate(attempt.drawn, 1)
            ),
        )
        for attempt in attempts
    ]


def question_of(seed: int, number: int, kept: Item, given: list[Any] | None) -> Question:
    """One question of the bank as an attempt with this seed shows it, under the key that stands now."""
    question = Question(number, item_of(kept.data), seed, given)
    return question.under(kept.key) if kept.key else question
