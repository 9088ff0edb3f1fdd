"""The index itself: Tantivy in a folder. One process writes at a time, any number read; what is lost can be made anew."""

import json
import os
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import tantivy
from tantivy import Query, Searcher

from perennial.core.search.asked import Asked, Order
from perennial.core.search.busy import Busy
from perennial.core.search.entry import Entry, weight_of
from perennial.core.search.mixing import LEAST_ALIKE, Alike, by_meaning, mixed
from perennial.core.search.querying import FIELDS, Queries, Sought, both, either, without
from perennial.core.search.spelling import Spelling

FORM = 2  # of the folder; another form is made anew
HEAP_BYTES, THREADS = 400_000_000, 2
FEW_HEAP_BYTES = 50_000_000  # for one thread, where works are added to others
WHOLE = 16.0  # what a weight of 1 multiplies by: the engine holds 2 to the power of 127 at most, and so 1 is next to nothing
UNREAD = b""
WITH_ALL = 2.0  # what a work counts that has all that was asked for
POOL = 100  # so many works found by words are mixed with those of near meaning


@dataclass(frozen=True, slots=True)
class Hit:
    """A work found, and its score."""

    id: int
    score: float


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found: one page of hits, how many there are in all, how many of each level, which words were taken for others.

    `alike` says of works of near meaning how near, from 0 to 1.
    """

    hits: Sequence[Hit]
    count: int
    levels: Counter[str] = field(default_factory=Counter)
    taken_for: tuple[tuple[str, str], ...] = ()
    alike: Mapping[int, float] = field(default_factory=dict)


class SearchIndex:
    """The index in `folder`, made where there is none. Raises ValueError where what lies there is no index, or a torn one."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / f"form-{FORM}"
        self.folder.mkdir(parents=True, exist_ok=True)
        self._index = tantivy.Index(_schema(), path=str(self.folder))
        self._index.config_reader("Manual", 0)
        self._queries = Queries(self._index)
        self._spelling, self._seen = Spelling(self._index.searcher()), UNREAD

    @property
    def count(self) -> int:
        """How many works can be found."""
        return int(self._searcher().num_docs)

    def keep(
        self, entries: Iterable[Entry], *, gone: Iterable[int] = (), place: dict[str, object] | None = None, anew: bool = False
    ) -> int:
        """Put works in, in the place of what was there of them, take out those that are gone, and note `place`, all or nothing.

        Raises Busy while another process writes, ValueError or OSError where the folder is torn. `anew` takes out all that was there;
        until the end, readers find what there was. Each work is then given once.
        """
        self._renew()
        fresh = anew or self._index.searcher().num_docs == 0
        writer, done = self._writer(many=fresh), 0
        try:
            if anew:
                writer.delete_all_documents()
            for one in gone:
                writer.delete_documents_by_term("id", one)
            for entry in entries:
                if not fresh:
                    writer.delete_documents_by_term("id", entry.id)
                writer.add_document(_document(entry))
                done += 1
            writer.commit()
            writer.wait_merging_threads()
        except BaseException:
            writer.rollback()
            raise
        if place is not None:
            self._note(place)
        return done

    def drop(self, ids: Iterable[int]) -> None:
        """Take works out. Raises Busy while another process writes."""
        self.keep((), gone=ids)

    def place(self) -> dict[str, object]:
        """What was noted last; empty where nothing was."""
        try:
            found = json.loads((self.folder / "place.json").read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return found if isinstance(found, dict) else {}

    def search(self, asked: Asked, *, start: int = 0, most: int = 20, alike: Alike = ()) -> Answer:
        """One page of what fits, the best or the newest first; works that are `alike` in meaning are mixed in where the best come first."""
        searcher = self._searcher()
        groups, taken_for = self._spelling.corrected(asked.groups, partial(self._known, searcher))
        sought = self._queries.sought(groups, asked)
        counted = sought.some
        if asked.order is Order.NEWEST:
            hits = _newest(searcher, sought.some, start, most)
        elif alike and asked.groups:
            hits, counted = self._both(searcher, sought, self._fused(searcher, sought, asked, alike), start, most)
        else:
            hits = _ranked(searcher, sought, start, most)
        levels = _levels(searcher, counted)
        likeness = dict(alike)
        near = {hit.id: likeness[hit.id] for hit in hits if likeness.get(hit.id, 0.0) > LEAST_ALIKE}
        return Answer(hits, levels.total(), levels, taken_for, near)

    def _fused(self, searcher: Searcher, sought: Sought, asked: Asked, alike: Alike) -> "Fused":
        """The best by words and by meaning as one list; of what was retracted only that which words found."""
        words = [hit.id for hit in _ranked(searcher, sought, 0, POOL)]
        among = without(self._queries.among([one for one, _ in alike], asked), self._queries.retracted)
        meaning = by_meaning(alike, {hit.id: hit.score for hit in _best(searcher, among, 0, len(alike))})
        last = {hit.id for hit in _best(searcher, both(self._queries.ids(words), self._queries.retracted), 0, POOL)} if words else ()
        return Fused(mixed((words, meaning), last), len(words), sorted(set(meaning) - set(words)))

    def _both(self, searcher: Searcher, sought: Sought, fused: "Fused", start: int, most: int) -> tuple[list[Hit], Query]:
        """A page of the list, which goes on with what else was found by words; and the query of all of it."""
        hits = [Hit(*one) for one in fused.order[start : start + most]]
        added = self._queries.ids(fused.added)
        if len(hits) < most and fused.words == POOL:
            offset = fused.words + max(start - len(fused.order), 0)
            hits += _ranked(searcher, sought.without(added), offset, most - len(hits))
        return hits, either([sought.some, added]) if fused.added else sought.some

    def _known(self, searcher: Searcher, word: str) -> bool:
        """Whether any work has the word, in whatever field and form."""
        return bool(searcher.search(self._queries.text(word, phrase=False), 1, count=False).hits)

    def _searcher(self) -> Searcher:
        """What there is now; what there was, where the folder was torn or taken away since."""
        try:
            self._renew()
        except (OSError, ValueError):
            if self._seen == UNREAD:
                raise
        return self._index.searcher()

    def _renew(self) -> None:
        """Look whether another process has written. Raises OSError or ValueError where what lies there cannot be read."""
        stamp = (self.folder / "meta.json").read_bytes()  # a file's times are too coarse: two writings can share one
        if stamp != self._seen:
            self._index.reload()
            self._spelling, self._seen = Spelling(self._index.searcher()), stamp

    def _writer(self, *, many: bool) -> tantivy.IndexWriter:
        try:
            return self._index.writer(heap_size=HEAP_BYTES if many else FEW_HEAP_BYTES, num_threads=THREADS if many else 1)
        except ValueError as fault:
            if "LockBusy" in str(fault):
                raise Busy("the index is being written by another process") from fault
            raise

    def _note(self, place: dict[str, object]) -> None:
        new = self.folder / "place.json.new"
        new.write_text(json.dumps(place), encoding="utf-8")
        os.replace(new, self.folder / "place.json")


@dataclass(frozen=True, slots=True)
class Fused:
    """The best of both lists in order, how many of them words found, and which meaning alone did."""

    order: Sequence[tuple[int, float]]
    words: int
    added: Sequence[int]


def _ranked(searcher: Searcher, sought: Sought, start: int, most: int) -> list[Hit]:
    """A page of what fits, the best first; what has all that was asked for counts twice.

    Of equal scores the engine's own order holds, so that a page goes on where the one before ended.
    """
    if sought.every is None:
        return _best(searcher, sought.some, start, most)
    every = [Hit(hit.id, hit.score * WITH_ALL) for hit in _best(searcher, sought.every, 0, start + most)]
    whole = {hit.id for hit in every}
    some = [hit for hit in _best(searcher, sought.some, 0, start + most) if hit.id not in whole]
    return sorted([*every, *some], key=lambda hit: -hit.score)[start : start + most]


def _best(searcher: Searcher, query: Query, start: int, most: int) -> list[Hit]:
    """A page of what fits, by score times weight."""
    return _hits(searcher, searcher.search(query, most, count=False, offset=start, weight_by_field="weight"))


def _newest(searcher: Searcher, query: Query, start: int, most: int) -> list[Hit]:
    """A page of what fits, by year."""
    return _hits(searcher, searcher.search(query, most, count=False, offset=start, order_by_field="year"))


def _hits(searcher: Searcher, result: tantivy.SearchResult) -> list[Hit]:
    ids = searcher.fast_field_values("id", [address for _, address in result.hits]) if result.hits else []
    return [Hit(int(one or 0), float(score or 0)) for one, (score, _) in zip(ids, result.hits, strict=True)]


def _levels(searcher: Searcher, query: Query) -> Counter[str]:
    """How many works of each level fit; each work has one level, so that together they are all that fit."""
    found = searcher.aggregate(query, {"levels": {"terms": {"field": "level", "size": 40}}})
    return Counter({str(bucket["key"]): int(bucket["doc_count"]) for bucket in found["levels"]["buckets"]})


def _schema() -> tantivy.Schema:
    made = tantivy.SchemaBuilder()
    made.add_integer_field("id", indexed=True, fast=True)
    made.add_float_field("weight", fast=True)
    made.add_integer_field("year", indexed=True, fast=True)
    made.add_integer_field("free", indexed=True)
    made.add_integer_field("retracted", indexed=True)
    for name in FIELDS:
        made.add_text_field(name, tokenizer_name="default" if name == "authors" else "en_stem")
    made.add_text_field("words", tokenizer_name="default", index_option="basic")
    made.add_text_field("practices", tokenizer_name="raw", index_option="basic")
    made.add_text_field("level", tokenizer_name="raw", index_option="basic", fast=True)
    return made.build()


def _document(entry: Entry) -> tantivy.Document:
    headings = " ".join(entry.headings)
    return tantivy.Document(
        id=entry.id,
        weight=0.0 if entry.retracted else 2.0 ** (WHOLE * weight_of(entry)) - 2,  # the engine multiplies by log2(2 + weight)
        year=entry.year or 0,
        free=int(entry.free),
        retracted=int(entry.retracted),
        title=entry.title,
        headings=headings,
        abstract=entry.abstract,
        authors=" ".join(entry.authors),
        words=f"{entry.title} {headings}",
        practices=list(entry.practices),
        level=entry.level,
    )
