"""How the pooled estimates of the site's databases moved: by a study among them, and by a newer version; in words, with the addresses that
reproduce each figure.

Nothing of it is kept. It takes some milliseconds for each estimate, and is for the background.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from django.urls import reverse
from django.utils import timezone

from perennial.apps.trials.analyses import Analysis, asked_by
from perennial.apps.trials.models import Dataset, PooledLine
from perennial.apps.trials.names import names
from perennial.apps.trials.reading import file_of, source_of
from perennial.apps.trials.reckoning import pooled_only
from perennial.apps.trials.studies import Paper, study_of
from perennial.core.synthesis.choosing import Chosen
from perennial.core.synthesis.values import Interval, Pooled
from perennial.core.synthesis.words import NAMES, figure, span
from perennial.core.values import Refusal
from perennial.core.values.words import counted, day_in_words

PLACES = 2


@dataclass(frozen=True, slots=True)
class Move:
    """That an estimate moved: for which practice, in which database and trials of it, what happened in sentences, and each figure's address
    in words. `paper` is the key of the work that it is about, empty where a database was brought."""

    practice: str
    kind: Literal["study", "version", "database"]
    where: str
    says: str
    links: Sequence[tuple[str, str]]
    studies: int
    paper: str = ""


@dataclass(frozen=True, slots=True)
class Stand:
    """How an estimate stands: the analysis and what it comes to."""

    dataset: Dataset
    analysis: Analysis
    chosen: Chosen
    pooled: Pooled

    @property
    def address(self) -> str:
        """Where the site shows it."""
        place, said = reverse("trials:dataset", args=[self.dataset.slug]), self.analysis.address()
        return f"{place}?{said}" if said else place

    @property
    def where(self) -> str:
        """The database, and which of its trials: Depression (Therapy: Interpersonal)."""
        told = [f"{names().column(column)}: {names().level(column, level)}" for column, levels in self.analysis.where for level in levels]
        return f"{self.dataset.title} ({'; '.join(told)})" if told else self.dataset.title

    @property
    def words(self) -> str:
        """The estimate: 0.57 (interval 0.36 to 0.77) over 14 studies."""
        return f"{figure(self.pooled.estimate)} (interval {span(self.pooled.ci)}) over {counted(self.pooled.k, 'study', 'studies')}"


def current_lines() -> list[PooledLine]:
    """What the site's databases, each in its newest version, come to for every practice; one query."""
    return list(PooledLine.objects.filter(dataset__newer=None).select_related("dataset"))


def moved_by(papers: Iterable[Paper], lines: Sequence[PooledLine]) -> list[Move]:
    """How the estimates stand with and without each of these works that is a study among their trials, most studies first; no query."""
    asked = list(papers)
    found = []
    for dataset in {one.dataset_id: one.dataset for one in lines}.values():
        for paper, study in _studies(dataset, asked):
            moves = (_without(one, paper, study) for one in lines if one.dataset_id == dataset.pk)
            found += [move for move in moves if move is not None]
    return sorted(found, key=lambda one: -one.studies)


def moved_within(after: datetime, through: datetime) -> list[Move]:
    """How the estimates moved by the databases of the site's that were brought after a moment and up to another; two queries."""
    known = {one.pk: one for one in Dataset.objects.filter(owner=None)}
    replaced = {one.replaces_id for one in known.values()}
    brought = {pk: _before(one, known, after) for pk, one in known.items() if pk not in replaced and after < one.added_at <= through}
    if not brought:
        return []
    rows = PooledLine.objects.filter(dataset__in={*brought, *filter(None, brought.values())})
    lines = {(one.dataset_id, one.practice): one for one in rows.select_related("dataset")}
    moves = [_version(one, brought[pk], lines.get((brought[pk] or 0, practice))) for (pk, practice), one in lines.items() if pk in brought]
    return [move for move in moves if move is not None]


def _before(dataset: Dataset, known: Mapping[int, Dataset], moment: datetime) -> int | None:
    """The version that stood at the moment, by its key; the first of all where none did."""
    before = known.get(dataset.replaces_id or 0)
    while before is not None and before.added_at > moment and (earlier := known.get(before.replaces_id or 0)):
        before = earlier
    return before.pk if before else None


def _studies(dataset: Dataset, papers: Sequence[Paper]) -> Iterator[tuple[Paper, str]]:
    """The works that are studies of the database, each with its study's name; none where its file cannot be read."""
    try:
        file_of(dataset)
    except Refusal:
        return
    source = source_of(dataset)
    for paper in papers:
        if study := study_of(source, paper):
            yield paper, study


def _stand(dataset: Dataset, query: str, without: tuple[str, ...] = ()) -> Stand | None:
    try:
        analysis = replace(asked_by(dataset, query), without=without)
        return Stand(dataset, analysis, *pooled_only(dataset, analysis))
    except Refusal:
        return None


def _without(line: PooledLine, paper: Paper, study: str) -> Move | None:
    whole = _stand(line.dataset, line.query)
    if whole is None or study not in {one.study for one in whole.chosen.effects}:
        return None
    rest = _stand(line.dataset, line.query, (study,))
    if rest is None:
        return None
    effect = NAMES[whole.chosen.kind]
    says = f"With it {effect} is {whole.words}, without it {rest.words}. {way(rest, whole, 'It moves the estimate', 'With it')}"
    links = [("With it", whole.address), ("Without it", rest.address)]
    return Move(line.practice, "study", whole.where, says, links, whole.pooled.k, paper.key)


def _version(line: PooledLine, replaced: int | None, older: PooledLine | None) -> Move | None:
    now, dataset = _stand(line.dataset, line.query), line.dataset
    day = day_in_words(timezone.localdate(dataset.added_at))
    if now is None:
        return None
    effect = NAMES[now.chosen.kind]
    before = _stand(older.dataset, older.query) if older else None
    if before is None:
        what = "a trial database" if replaced is None else "a newer version, the first with enough of these trials,"
        says = f"On {day} {what} was brought in. {effect[0].upper()}{effect[1:]} is {now.words}."
        return Move(line.practice, "database", now.where, says, [("The estimate", now.address)], now.pooled.k)
    says = f"On {day} a newer version was brought in. {effect[0].upper()}{effect[1:]} is now {now.words}; it was {before.words}."
    links = [("Now", now.address), ("Before", before.address)]
    return Move(line.practice, "version", now.where, f"{says} {way(before, now, 'It moved', 'Now')}", links, now.pooled.k)


def way(before: Stand, after: Stand, moves: str, then: str) -> str:
    """Which way the estimate moved, as far as the data tell whom a number favors; and whether the interval came to include 0, or no longer
    does. By the figures as they are shown, to two decimals."""
    known = {before.chosen.direction.favors, after.chosen.direction.favors}
    if before.chosen.kind != after.chosen.kind or known == {"therapy", "control"}:
        return "The two are not on one scale, so that no difference is told."
    change, favors = round(after.pooled.estimate, PLACES) - round(before.pooled.estimate, PLACES), known.pop() if len(known) == 1 else None
    size = figure(abs(change))
    if size == figure(0.0):
        said = f"{moves} by less than can be seen at two decimals."
    elif favors is None:
        said = f"{moves} {'up' if change > 0 else 'down'} by {size}; whom that favors, the data do not say."
    else:
        said = f"{moves} by {size} {'toward' if (change > 0) == (favors == 'therapy') else 'away from'} therapy."
    crossed = _includes_none(after.pooled.ci)
    if crossed == _includes_none(before.pooled.ci):
        return said
    return f"{said} {then} the interval includes 0: no difference is possible." if crossed else f"{said} {then} the interval leaves out 0."


def _includes_none(interval: Interval) -> bool:
    return interval.low <= 0 <= interval.high
