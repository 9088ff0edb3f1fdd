"""The index itself: Tantivy in a folder. One process writes at a time, any number read; what is lost can be made anew."""

import json
import os
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import tantivy
from rapidfuzz import fuzz, process
from tantivy import Occur, Query

from perennial.core.search.asked import Asked, Group, Order
from perennial.core.search.entry import Entry, weight_of

FORM = 1  # of the folder; another form is made anew
HEAP_BYTES, THREADS = 200_000_000, 2
FIELDS = {"title": 3.0, "headings": 2.0, "abstract": 1.0, "authors": 1.0}
OTHER_NAME = 0.7  # what another name of the thing counts, beside the words that were typed
ON_THE_MAP = 0.8
LAST = 2**62
NEAR_ENOUGH, SHORTEST_NEAR, FEWEST = 82.0, 4, 1


class Busy(RuntimeError):
    """Another process writes the index now."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A work found, and its score."""

    id: int
    score: float


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found: one page of hits, how many there are in all, how many of each level, and which words were taken for others."""

    hits: Sequence[Hit]
    count: int
    levels: Counter[str] = field(default_factory=Counter)
    taken_for: tuple[tuple[str, str], ...] = ()


class SearchIndex:
    """The index in `folder`, made where there is none."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / f"form-{FORM}"
        self.folder.mkdir(parents=True, exist_ok=True)
        self._index = tantivy.Index(_schema(), path=str(self.folder))
        self._index.config_reader("Manual", 0)
        self._seen = -1

    @property
    def count(self) -> int:
        """How many works can be found."""
        return int(self._searcher().num_docs)

    def keep(
        self, entries: Iterable[Entry], *, gone: Iterable[int] = (), place: dict[str, object] | None = None, anew: bool = False
    ) -> int:
        """Put works in, in the place of what was there of them, take out those that are gone, and note `place`, all or nothing.

        Raises Busy while another process writes. `anew` takes out all that was there; until the end, readers find what there was. Each
        work is then given once.
        """
        try:
            writer = self._index.writer(heap_size=HEAP_BYTES, num_threads=THREADS)
        except ValueError as fault:
            raise Busy("the index is being written by another process") from fault
        done, fresh = 0, anew or self._searcher().num_docs == 0
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

    def search(self, asked: Asked, *, start: int = 0, most: int = 20) -> Answer:
        """One page of what fits, the best or the newest first."""
        searcher = self._searcher()
        groups, taken_for = self._spelled(searcher, asked.groups)
        query = self._query(groups, asked)
        if asked.order is Order.NEWEST:
            result = searcher.search(query, most, count=True, offset=start, order_by_field="year")
        else:
            result = searcher.search(query, most, count=True, offset=start, weight_by_field="weight")
        addresses = [address for _, address in result.hits]
        ids = searcher.fast_field_values("id", addresses) if addresses else []
        hits = [Hit(int(one or 0), float(score or 0)) for one, (score, _) in zip(ids, result.hits, strict=True)]
        return Answer(hits, int(getattr(result, "count", 0) or 0), self._levels(searcher, query), taken_for)

    def _levels(self, searcher: tantivy.Searcher, query: Query) -> Counter[str]:
        found = searcher.aggregate(query, {"levels": {"terms": {"field": "level", "size": 40}}})
        return Counter({str(bucket["key"]): int(bucket["doc_count"]) for bucket in found["levels"]["buckets"]})

    def _searcher(self) -> tantivy.Searcher:
        stamp = os.stat(self.folder / "meta.json").st_mtime_ns
        if stamp != self._seen:
            self._index.reload()
            self._seen = stamp
        return self._index.searcher()

    def _query(self, groups: Sequence[Group], asked: Asked) -> Query:
        parts = [(Occur.Must, self._words(groups))]
        parts += [(Occur.MustNot, self._text(words, phrase=True)) for words in asked.without]
        for name, values in (("practices", asked.practices), ("practices", asked.conditions), ("level", asked.levels)):
            if values:
                parts.append((Occur.Must, _silent(Query.term_set_query(self._index.schema, name, sorted(values)))))
        if asked.from_year is not None or asked.to_year is not None:
            between = (asked.from_year if asked.from_year is not None else 1, asked.to_year if asked.to_year is not None else 9999)
            parts.append((Occur.Must, _silent(Query.range_query(self._index.schema, "year", tantivy.FieldType.Integer, *between))))
        if asked.after is not None or asked.through is not None:
            between = (asked.after + 1 if asked.after is not None else 0, asked.through if asked.through is not None else LAST)
            parts.append((Occur.Must, _silent(Query.range_query(self._index.schema, "id", tantivy.FieldType.Integer, *between))))
        if asked.free:
            parts.append((Occur.Must, _silent(Query.term_query(self._index.schema, "free", 1))))
        if asked.standing_only:
            parts.append((Occur.MustNot, Query.term_query(self._index.schema, "retracted", 1)))
        return parts[0][1] if len(parts) == 1 else Query.boolean_query(parts)

    def _words(self, groups: Sequence[Group]) -> Query:
        if not groups:
            return Query.const_score_query(Query.all_query(), 1.0)
        some = [(Occur.Should, part) for group in groups for part in self._parts(group)]
        return some[0][1] if len(some) == 1 else Query.boolean_query(some)

    def _parts(self, group: Group) -> Iterable[Query]:
        yield self._text(group.typed, phrase=group.phrase)
        if " " in group.typed and not group.phrase:
            yield self._text(group.typed, phrase=True)
        for name in group.names:
            yield Query.boost_query(self._text(name, phrase=True), OTHER_NAME)
        for slug in group.practices:
            yield Query.boost_query(
                Query.const_score_query(Query.term_query(self._index.schema, "practices", slug, "basic"), 1.0), ON_THE_MAP
            )

    def _text(self, words: str, *, phrase: bool) -> Query:
        plain = "".join(character if character.isalnum() else " " for character in words).split()
        text = f'"{" ".join(plain)}"' if phrase and len(plain) > 1 else " ".join(f'"{word}"' for word in plain)
        return self._index.parse_query(text or '""', list(FIELDS), field_boosts=FIELDS)

    def _spelled(self, searcher: tantivy.Searcher, groups: Sequence[Group]) -> tuple[list[Group], tuple[tuple[str, str], ...]]:
        """The groups, and those words of them that no title knows joined by the known word that is spelled most nearly so."""
        found, taken_for = list(groups), []
        for group in groups:
            if group.phrase or group.practices:
                continue
            for word in group.typed.split():
                near = _near(searcher, word.casefold())
                if near:
                    taken_for.append((word, near))
                    found.append(Group(near))
        return found, tuple(taken_for)

    def _note(self, place: dict[str, object]) -> None:
        new = self.folder / "place.json.new"
        new.write_text(json.dumps(place), encoding="utf-8")
        os.replace(new, self.folder / "place.json")


def _near(searcher: tantivy.Searcher, word: str) -> str:
    """The known word that is spelled most nearly like one that nobody uses; empty where the word is known, short, or unlike all."""
    if len(word) < SHORTEST_NEAR or not word.isalpha() or searcher.doc_freq("words", word) >= FEWEST:
        return ""
    known = dict(searcher.terms_with_prefix("words", word[0]))
    ranked = process.extract(word, list(known), scorer=fuzz.ratio, score_cutoff=NEAR_ENOUGH, limit=20)
    return max(ranked, key=lambda one: (round(one[1] / 4), known[one[0]]))[0] if ranked else ""


def _silent(query: Query) -> Query:
    """The query as a filter: it adds nothing to the score."""
    return Query.const_score_query(query, 0.0)


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
        weight=2.0 ** weight_of(entry) - 2,  # the engine multiplies by log2(2 + weight)
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
