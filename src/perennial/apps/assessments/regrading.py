"""Corrects the key of a question and scores every attempt again that asked it; no correction lowers a score or takes a pass away."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from perennial.apps.accounts.queries import Person
from perennial.apps.assessments.models import Attempt, Item, KeyCorrection, Regrade
from perennial.apps.assessments.paper import Paper, item_of
from perennial.apps.assessments.papers import papers_of
from perennial.core import scoring
from perennial.core.values import Refusal

BATCH = 200


@dataclass(frozen=True, slots=True)
class Preview:
    """What a correction would do: attempts that asked the question, those whose score rises, and those that pass by it."""

    asked: int
    raised: int
    passing: int
    lower: int


def key_of(item: Item) -> dict[str, Any]:
    """The key that stands now."""
    return item.key or scoring.key_of(item_of(item.data))


def same_questions(item: Item) -> list[Item]:
    """The question in every version of its bank in which it stands unchanged and under the same key."""
    others = Item.objects.filter(bank__owner_key=item.bank.owner_key, item_id=item.item_id).select_related("bank")
    return [other for other in others if other.data == item.data and other.key == item.key]


def preview(*, item: Item, key: Mapping[str, Any]) -> Preview:
    """Look what the correction would do, and change nothing."""
    asked = raised = passing = lower = 0
    for one in same_questions(item):
        for papers in _batches(one):
            for paper in papers:
                after = paper.under(one.item_id, key)
                asked += 1
                raised += after.percent > (paper.attempt.score_percent or 0)
                lower += after.percent < (paper.attempt.score_percent or 0)
                passing += after.passes and not paper.attempt.passed
    return Preview(asked, raised, passing, lower)


@transaction.atomic
def correct_key(*, item: Item, key: Mapping[str, Any], reason: str, by: Person, at: datetime) -> list[KeyCorrection]:
    """Enter the correction for every version in which the question stands unchanged; attempts handed in from now on are scored by it.

    Those handed in before are scored again by `regrade`. Refused where the key is the one that stands, or names no reason.
    """
    if not reason.strip():
        raise Refusal("Say why the key is corrected: learners read it beside their result.")
    _lock(item)
    item = Item.objects.select_related("bank").get(pk=item.pk)
    if key_of(item) == dict(key):
        raise Refusal("That is the key that stands already. Choose another, or leave it.")
    made = []
    for one in same_questions(item):
        made.append(KeyCorrection.objects.create(item=one, before=key_of(one), after=dict(key), reason=reason.strip(), by=by, at=at))
        Item.objects.filter(pk=one.pk).update(key=dict(key))
    return made


@transaction.atomic
def regrade(*, correction: KeyCorrection, after: int, at: datetime) -> tuple[int | None, list[Attempt]]:
    """Score the next attempts again, by their pk from `after` on; gives the last pk looked at, or nothing at the end, and who now passes.

    Each attempt has one entry for a correction, so that repeating changes nothing.
    """
    item = correction.item
    page = _locked(item, after)
    done = set(Regrade.objects.filter(correction=correction, attempt__in=page).values_list("attempt_id", flat=True))
    papers = papers_of([attempt for attempt in page if attempt.submitted_at and item.item_id in attempt.drawn and attempt.pk not in done])
    passing = []
    entries = []
    for paper in papers:
        entry = _entry(correction, paper, at)
        entries.append(entry)
        if entry.passed_after and not entry.passed_before:
            passing.append(paper.attempt)
        paper.attempt.score_percent = max(entry.percent_before, entry.percent_by_key)
        paper.attempt.passed = entry.passed_after
    Regrade.objects.bulk_create(entries)
    Attempt.objects.bulk_update([paper.attempt for paper in papers], ["score_percent", "passed"])
    if len(page) == BATCH:
        return page[-1].pk, passing
    KeyCorrection.objects.filter(pk=correction.pk, done_at=None).update(done_at=at)
    return None, passing


def _entry(correction: KeyCorrection, paper: Paper, at: datetime) -> Regrade:
    attempt = paper.attempt
    return Regrade(
        correction=correction,
        attempt=attempt,
        percent_before=attempt.score_percent or 0,
        percent_by_key=paper.percent,
        passed_before=bool(attempt.passed),
        passed_after=bool(attempt.passed) or paper.passes,
        at=at,
    )


def _lock(item: Item) -> None:
    """Hold the question in every version until the end of the transaction; the rows are fetched, since counting them holds none."""
    list(Item.objects.select_for_update(of=("self",)).filter(bank__owner_key=item.bank.owner_key, item_id=item.item_id).order_by("pk"))


def _locked(item: Item, after: int) -> list[Attempt]:
    """The next attempts at the bank, held. Open ones too: one that is being handed in now may have read the key before it was corrected,
    so that we wait until it is scored; one handed in later reads the key that stands.
    """
    attempts = Attempt.objects.select_for_update(of=("self",)).filter(bank_id=item.bank_id, pk__gt=after)
    return list(attempts.select_related("person").order_by("pk")[:BATCH])


def _handed_in(item: Item) -> Any:
    return Attempt.objects.filter(~Q(submitted_at=None), bank_id=item.bank_id).order_by("pk")


def _batches(item: Item) -> Iterator[Sequence[Paper]]:
    """The papers handed in that asked the question."""
    last = 0
    while page := list(_handed_in(item).filter(pk__gt=last)[:BATCH]):
        last = page[-1].pk
        yield papers_of([attempt for attempt in page if item.item_id in attempt.drawn])
