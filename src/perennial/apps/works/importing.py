"""Takes over files of works: batch by batch, each in a transaction with the place it came to, so that a killed import goes on there."""

import hashlib
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict
from datetime import datetime
from functools import partial
from typing import IO

from django.db import transaction

from perennial.apps.works.keeping import Kept, keep_ready, take_back
from perennial.apps.works.models import WorkImport
from perennial.apps.works.parsing import Done, parts_of
from perennial.apps.works.rows import Ready
from perennial.core.literature.pubmed_file import Deleted
from perennial.core.values import Problem
from perennial.tables.retrying import again

BATCH = 1500  # records of a transaction, at least
MOST_PROBLEMS = 100  # kept of those that a file has
Clock = Callable[[], datetime]
Report = Callable[[str], None]


def import_file(*, file: IO[bytes], name: str, form: str, now: Clock, report: Report = lambda line: None) -> WorkImport:
    """Take over a file of one of `READERS`' forms; how far it came. Safe to repeat: a file that is done is not read again.

    `now` is the clock, by which search indexes follow what changes. `report` takes a line of progress after each batch.
    """
    state, size = begin(file=file, name=name, form=form, at=now(), report=report)
    if state.done_at:
        return state
    began, before = time.monotonic(), state.taken
    for parts in _batches(parts_of(file, form, state.place, size)):
        again(partial(keep_parts, state=state, parts=parts, now=now))
        pace = (state.taken - before) / max(time.monotonic() - began, 0.001)
        report(f"{state.taken:,} records, {pace:,.0f} a second, {min(99, 100 * file.tell() // max(size, 1))} % of the file")
    if not state.stopped:
        state.done_at = now()
        state.save(update_fields=["done_at"])
    return state


def begin(*, file: IO[bytes], name: str, form: str, at: datetime, report: Report) -> tuple[WorkImport, int]:
    """The import of this file, known by its digest, and its size in bytes; the file stands at its start again."""
    report("Looking at the file")
    digest = hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]  # any file of bytes that is open
    size = file.tell()
    file.seek(0)
    values = {"form": form, "name": name, "started_at": at, "changed_at": at}
    state, _ = WorkImport.objects.get_or_create(key=f"{form}:{digest}", defaults=values)
    if state.stopped:
        state.taken -= int(state.cursor or 0)
        state.stopped = state.cursor = ""
        state.save(update_fields=["taken", "stopped", "cursor"])
    if state.place and not state.done_at:
        report(f"Going on after {state.taken:,} records")
    return state, size


@transaction.atomic
def keep_parts(*, state: WorkImport, parts: list[Done], now: Clock) -> None:
    """Keep some parts and the place they came to, all of it or nothing; not those that another loader of the file has kept meanwhile."""
    state.refresh_from_db(from_queryset=WorkImport.objects.select_for_update())
    parts, at = [part for part in parts if part.number > state.place], now()
    if not parts:
        return
    made = [one for part in parts for one in part.made]
    batch = [one for one in made if isinstance(one, Ready)]
    problems = [one for one in made if isinstance(one, Problem)]
    kept = keep_ready(batch=batch, at=at)
    kept.taken_back = take_back(pmids=[pmid for one in made if isinstance(one, Deleted) for pmid in one.pmids], at=at)
    counts = Kept(**state.counts)
    counts.add(kept)
    state.counts, state.taken, state.changed_at = asdict(counts), state.taken + len(batch), at
    if parts[-1].ends:
        state.stopped, state.cursor = str(problems[-1]), str(sum(isinstance(one, Ready) for one in parts[-1].made))
        state.place = parts[-1].number - 1  # the last part is read again: what was taken of it is found, and not taken twice
    else:
        state.place = parts[-1].number
        state.unread += len(problems)
        state.problems = [*state.problems, *({"where": one.where, "what": one.what, "mend": one.mend} for one in problems)][:MOST_PROBLEMS]
    state.save()


def _batches(parts: Iterator[Done]) -> Iterator[list[Done]]:
    waiting: list[Done] = []
    count = 0
    for part in parts:
        waiting.append(part)
        count += len(part.made)
        if count >= BATCH or part.ends:
            yield waiting
            waiting, count = [], 0
    if waiting:
        yield waiting
