"""Evaluate a roster from two Parquet files into a third: in chunks, in a stream, with what cannot be judged set aside."""

import signal
import tempfile
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, field
from datetime import date
from itertools import chain, islice
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple, Protocol

import polars as pl

from perennial.core.rules.load import RuleBase
from perennial.core.rules.roster.checking import NOBODY, REJECTS, Known, check_credits, check_licensees
from perennial.core.rules.roster.chunks import Chunk, Rows, Unsorted, by_hash, in_order, numbered
from perennial.core.rules.roster.columns import MOST_TOPICS
from perennial.core.rules.roster.judge import Roster
from perennial.core.rules.roster.one_by_one import RESULT
from perennial.core.rules.roster.reading import ROW, Table, UnusableRoster, open_table
from perennial.core.rules.roster.spill import Spill
from perennial.core.rules.roster.writing import Writer

AT_ONCE = 20_000
"""Licensees in a chunk, by default."""
TOGETHER = 6
"""Chunks judged together, at most, by default."""
_KEPT = {ROW: pl.Int64(), **RESULT}


@dataclass(frozen=True, slots=True)
class Files:
    """What is read and what is written."""

    licensees: Path
    credits: Path
    out: Path
    rejects: Path


@dataclass(slots=True)
class Summary:
    """How an evaluation ended."""

    licensees: int = 0
    credits: int = 0
    compliant: int = 0
    not_compliant: int = 0
    not_known: int = 0
    certain: int = 0
    set_aside: Counter[str] = field(default_factory=Counter)
    """Rows set aside by file and reason: `licensees: unknown profession`."""
    unused: tuple[str, ...] = ()
    """Columns that were not used, with their file."""
    sorted: bool = True
    """Whether both files were read side by side, being sorted by licensee_id."""

    @property
    def evaluated(self) -> int:
        """How many licensees were judged."""
        return self.compliant + self.not_compliant + self.not_known

    def add(self, answers: pl.DataFrame, bad: pl.DataFrame, names: tuple[str, str]) -> None:
        """Count the answers to a chunk and the rows set aside in it."""
        verdict = answers["compliant"]
        self.compliant += int(verdict.sum())
        self.not_known += verdict.null_count()
        self.not_compliant += len(verdict) - int(verdict.sum()) - verdict.null_count()
        self.certain += int(answers["certain"].sum())
        for file, reason, many in bad.group_by("file", "reason").len().iter_rows():
            self.set_aside[f"{'licensees' if file == names[0] else 'credits'}: {reason}"] += many


class Judged(NamedTuple):
    """The answers to a chunk, each with the row of its licensee, and the rows that were set aside."""

    answers: pl.DataFrame
    rejects: pl.DataFrame


@dataclass(frozen=True, slots=True)
class Question:
    """What every chunk is asked: by which rules, on which day, and how the two files are called."""

    base: RuleBase
    known: Known
    on: date | None
    names: tuple[str, str]
    chunks: int = 1
    """How many chunks there will be, or a few more."""


Engine = Callable[[Question, Iterator[Chunk]], Iterator[Judged]]
"""Judges chunks, several at once if it can, and gives the answers in the order of the chunks."""
Progress = Callable[[int, int], None]
"""Told how many licensees are judged, of how many."""


class Judge(Protocol):
    """Answers for checked rows, in the order of the licensees: `Roster.judge`, or one that is slower and plainer."""

    def __call__(self, licensees: pl.DataFrame, credits: pl.DataFrame, *, on: date) -> pl.DataFrame:
        """Columns as in `one_by_one.RESULT`."""


def judge_rows(judge: Judge, question: Question, rows: Rows) -> Judged:
    """The answers to the rows of one chunk. Who has credits that were set aside is told so, and is not certain."""
    people, theirs, bad = _checked(question, rows)
    del rows  # a third of the memory of a chunk
    if not people.height:
        return Judged(pl.DataFrame(schema=_KEPT), bad)
    answers = judge(people, theirs, on=question.on or date.max)
    return Judged(_with_spoiled(people.select(ROW).hstack(answers), bad, question.names[1]), bad)


def judge_chunks(roster: Roster, question: Question, chunks: Iterable[Chunk]) -> Judged:
    """The same for several chunks together: what is done once for each rule is done once, and little of each chunk is kept."""
    held, numbers, rejects = roster.gather(question.on or date.max), [], []
    for chunk in chunks:
        people, theirs, bad = _checked(question, chunk.read())
        rejects.append(bad)
        if people.height:
            held.add(people, theirs)
            numbers.append(people.select(ROW))
    bad = pl.concat(rejects)
    if not numbers:
        return Judged(pl.DataFrame(schema=_KEPT), bad)
    return Judged(_with_spoiled(pl.concat(numbers).hstack(held.answers()), bad, question.names[1]), bad)


def _checked(question: Question, rows: Rows) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    """Licensees and credits that can be judged, and rows set aside."""
    file, credits_file = question.names
    people, bad = check_licensees(rows.licensees, question.known, file, question.on)
    everybody = rows.licensees["licensee_id"].cast(pl.String()).unique()
    theirs, bad_credits = check_credits(rows.credits, question.known, credits_file, everybody)
    return people, theirs, pl.concat([bad, bad_credits])


def _with_spoiled(answers: pl.DataFrame, bad: pl.DataFrame, file: str) -> pl.DataFrame:
    theirs = (pl.col("file") == file, pl.col("reason") != NOBODY, pl.col("licensee_id").is_not_null())
    spoiled = bad.filter(*theirs).group_by("licensee_id").agg(pl.len().alias("spoiled"))
    if not spoiled.height:
        return answers
    many = pl.col("spoiled")
    of = pl.when(many == 1).then(pl.lit("1 of this person's credits")).otherwise(pl.format("{} of this person's credits", many))
    line = pl.format("{} could not be read; see the rejects file.", of)
    return (
        answers.join(spoiled, on="licensee_id", how="left", maintain_order="left")
        .with_columns(
            certain=pl.col("certain") & many.is_null(),
            unchecked=pl.when(many.is_null()).then("unchecked").otherwise(pl.concat_list("unchecked", line)),
        )
        .drop("spoiled")
    )


class _Mine:
    """What a worker process keeps from chunk to chunk."""

    question: Question
    roster: Roster


def _prepare(question: Question) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who breaks off is told once, by the process that writes
    _Mine.question, _Mine.roster = question, Roster(question.base)


def _work(chunks: Sequence[Chunk]) -> Judged:
    """The answers, sentences as numbers: written out in full they would take ten times the room on their way."""
    answers, rejects = judge_chunks(_Mine.roster, _Mine.question, chunks)
    return Judged(answers.cast({"unchecked": pl.List(pl.Categorical())}), rejects)


def _received(sent: Future[Judged]) -> Judged:
    answers, rejects = sent.result()
    return Judged(answers.cast({"unchecked": RESULT["unchecked"]}), rejects)


@dataclass(frozen=True, slots=True)
class Processes:
    """Judges on this machine: a single chunk here, several in processes of their own, since much of the work is Python's."""

    workers: int = 2
    together: int = TOGETHER
    """At most so many chunks are judged together."""

    def __call__(self, question: Question, chunks: Iterator[Chunk]) -> Iterator[Judged]:
        """Answers in the order of the chunks; each worker reads the rows of its own."""
        rounds = -(-question.chunks // (self.workers * self.together))
        size = max(1, -(-question.chunks // (self.workers * max(1, rounds))))
        groups = batched(chunks, size)
        first, second = next(groups, None), next(groups, None)
        if first is None:
            return
        groups = chain((first,) if second is None else (first, second), groups)
        if second is None or self.workers == 1:
            mine = Roster(question.base)
            yield from (judge_chunks(mine, question, group) for group in groups)
            return
        with ProcessPoolExecutor(self.workers, get_context("spawn"), _prepare, (question,)) as pool:
            waiting: deque[Future[Judged]] = deque()
            try:
                for group in groups:
                    waiting.append(pool.submit(_work, group))
                    if len(waiting) > self.workers:
                        yield _received(waiting.popleft())
                while waiting:
                    yield _received(waiting.popleft())
            finally:
                for future in waiting:
                    future.cancel()


def batched(chunks: Iterator[Chunk], size: int) -> Iterator[tuple[Chunk, ...]]:
    """So many at a time."""
    while group := tuple(islice(chunks, size)):
        yield group


@dataclass(frozen=True, slots=True)
class Ways:
    """How the work is done: where, in chunks of how many licensees, and who is told how far it is."""

    engine: Engine = field(default_factory=Processes)
    at_once: int = AT_ONCE
    progress: Progress | None = None


def evaluate_roster(base: RuleBase, files: Files, on: date | None = None, ways: Ways | None = None) -> Summary:
    """Judge every licensee of a roster and write the answers and the rejects; both files appear whole or not at all.

    `on` is the day asked about for licensees that name none (`as_of`); without it, the day on which each license expires.
    Raises UnusableRoster where a file cannot be read or written.
    """
    how = ways or Ways()
    tables = open_table(files.licensees, "licensees"), open_table(files.credits, "credits")
    if len(base.vocabulary.topics) > MOST_TOPICS:
        what = f"it names {len(base.vocabulary.topics)} topics, and rosters are counted with at most {MOST_TOPICS}"
        raise UnusableRoster("vocabulary.toml", what, "Leave out topics that no rule asks for.")
    _check_targets(files)
    question = Question(base, Known.of(base), on, (files.licensees.name, files.credits.name), -(-tables[0].rows // how.at_once))
    work = _Work(files, tables, how, question)
    try:
        try:
            return work.written(in_order(*tables, how.at_once))
        except Unsorted:
            with tempfile.TemporaryDirectory(prefix=f".{files.out.name}.", dir=files.out.parent) as folder:
                return work.written(by_hash(*tables, how.at_once, Path(folder)), Path(folder))
    except (OSError, pl.exceptions.PolarsError) as fault:
        said = " ".join(str(fault).split())[:160]
        raise UnusableRoster(str(files.out), f"it cannot be written ({said})", "Look at the disk and the folder.") from fault


def _check_targets(files: Files) -> None:
    paths = [path.resolve() for path in (files.licensees, files.credits, files.out, files.rejects)]
    if len(set(paths)) < len(paths):
        raise UnusableRoster(str(files.out), "one file is named twice", "Give the answers and the rejects names of their own.")
    for path in (files.out, files.rejects):
        if not path.parent.is_dir() or path.is_dir():
            raise UnusableRoster(str(path), "nothing can be written there", "Name a file in a folder that is there.")


@dataclass(frozen=True, slots=True)
class _Work:
    """An evaluation under way."""

    files: Files
    tables: tuple[Table, Table]
    how: Ways
    question: Question

    def written(self, chunks: Iterator[Chunk], folder: Path | None = None) -> Summary:
        """Judge the chunks and write what comes of it. With a folder, chunks come in no order and answers are put in theirs."""
        licensees, credits = self.tables
        unused = tuple(f"{table.path.name}: {column}" for table in self.tables for column in table.unused)
        summary = Summary(licensees.rows, credits.rows, unused=unused, sorted=folder is None)
        with Writer(self.files.out, pl.Schema(RESULT)) as answers, Writer(self.files.rejects, REJECTS) as rejects:
            judged = self._counted(self.how.engine(self.question, chunks), summary, rejects)
            ordered = judged if folder is None else self._in_order(judged, Spill(folder, "answers", pl.Schema(_KEPT)))
            for rows in ordered:
                answers.write(rows.drop(ROW))
            answers.finish()
            rejects.finish()
            rejects.keep()
            answers.keep()
        return summary

    def _counted(self, judged: Iterable[Judged], summary: Summary, rejects: Writer) -> Iterator[pl.DataFrame]:
        done = 0
        for answers, bad in judged:
            summary.add(answers, bad, self.question.names)
            rejects.write(bad)
            done += answers.height + int((bad["file"] == self.question.names[0]).sum())
            if self.how.progress is not None:
                self.how.progress(done, summary.licensees)
            yield answers

    def _in_order(self, judged: Iterable[pl.DataFrame], spill: Spill) -> Iterator[pl.DataFrame]:
        """Answers in the order of the licensees' file."""
        size = self.how.at_once
        for answers in judged:
            spill.put(answers, numbered(answers, size))
        for part in range(-(-self.tables[0].rows // size)):
            yield spill.take(part).sort(ROW)
