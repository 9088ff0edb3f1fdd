"""Fetches what a service answers to a question, page by page: each is kept whole with the mark of the next, where it goes on."""

import hashlib
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime

from django.db import transaction

from perennial.apps.works.asking import Unanswered
from perennial.apps.works.keeping import Kept, keep_records
from perennial.apps.works.models import WorkImport
from perennial.apps.works.sources import SOURCES, Page
from perennial.core.values import Refusal

MOST = 2_000  # records of one question, unless more is asked for
LONGEST = 4_000
LAST = "-"  # stands for the mark after the last page


def fetch_works(
    *, service: str, question: str, now: Callable[[], datetime], most: int = MOST, carry_on: Callable[[], bool] = lambda: True
) -> WorkImport:
    """Fetch at most so many records; how far it came. What was stopped goes on there; what was done is fetched anew.

    Raises Refusal for a service or question that cannot be asked, Unanswered where the service does not answer: what came before is kept.
    """
    if service not in SOURCES or not question.strip() or len(question) > LONGEST:
        raise Refusal(f"Ask one of {', '.join(SOURCES)} a question of at most {LONGEST} characters.")
    state = _begin(service, question, now())
    while carry_on() and state.cursor != LAST and state.taken < most:
        try:
            page = SOURCES[service](question, state.cursor)
        except Unanswered as fault:
            state.stopped = str(fault)
            state.save(update_fields=["stopped"])
            raise
        _keep(state, page, now())
    if state.cursor == LAST or state.taken >= most:
        state.done_at = now()
        state.save(update_fields=["done_at"])
    return state


def _begin(service: str, question: str, at: datetime) -> WorkImport:
    values = {"form": service, "name": question, "started_at": at, "changed_at": at}
    key = f"ask-{service}:{hashlib.sha256(question.encode()).hexdigest()}"
    state, _ = WorkImport.objects.get_or_create(key=key, defaults=values)
    if state.done_at:
        for name, value in {"place": 0, "cursor": "", "taken": 0, "counts": {}, "problems": [], "unread": 0, "done_at": None}.items():
            setattr(state, name, value)
        state.started_at = at
    state.stopped = ""
    return state


@transaction.atomic
def _keep(state: WorkImport, page: Page, at: datetime) -> None:
    counts = Kept(**state.counts)
    counts.add(keep_records(records=page.records, at=at))
    state.counts, state.place, state.cursor = asdict(counts), state.place + 1, page.cursor or LAST
    state.taken, state.changed_at, state.unread = state.taken + len(page.records), at, state.unread + len(page.problems)
    state.save()
