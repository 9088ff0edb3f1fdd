"""Makes the engine's queries of what is asked."""

from collections.abc import Sequence
from dataclasses import dataclass

import tantivy
from tantivy import Occur, Query

from perennial.core.search.asked import Asked, Group

FIELDS = {"title": 2.0, "headings": 1.5, "abstract": 1.0, "authors": 1.0}
OTHER_NAME = 0.7  # what another name of the thing counts, beside the words that were typed
ON_THE_MAP = 0.8
OTHER_WAYS = 0.1  # what the other ways in which a group is found count, beside the best
LAST = 2**62
Parts = list[tuple[Occur, Query]]


@dataclass(frozen=True, slots=True)
class Sought:
    """What is looked for: works with some of the words, and where there are several, works with all of them."""

    some: Query
    every: Query | None = None

    def without(self, other: Query) -> "Sought":
        """The same without what fits another query."""
        return Sought(without(self.some, other), without(self.every, other) if self.every else None)


class Queries:
    """Queries for an index."""

    def __init__(self, index: tantivy.Index) -> None:
        self._index = index
        self.retracted = _silent(Query.term_query(index.schema, "retracted", 1))

    def sought(self, groups: Sequence[Group], asked: Asked) -> Sought:
        """The words in `groups` with the filters and the words that must not be there in `asked`."""
        filters, each = self._filters(asked), [self._group(group) for group in groups]
        if not each:
            return Sought(_joined([(Occur.Must, Query.const_score_query(Query.all_query(), 1.0)), *filters]))
        some = _joined([(Occur.Must, self._some(groups)), *filters])
        return Sought(some, Query.boolean_query([*((Occur.Must, one) for one in each), *filters]) if len(each) > 1 else None)

    def among(self, ids: Sequence[int], asked: Asked) -> Query:
        """Those of the works that pass the filters, each with the score 1."""
        return _joined([(Occur.Must, Query.const_score_query(self.ids(ids), 1.0)), *self._filters(asked)])

    def ids(self, ids: Sequence[int]) -> Query:
        """The works with these keys."""
        return Query.term_set_query(self._index.schema, "id", list(ids))

    def text(self, words: str, *, phrase: bool) -> Query:
        """Any of the words in any field, or all of them as they stand."""
        plain = "".join(character if character.isalnum() else " " for character in words).split()
        text = f'"{" ".join(plain)}"' if phrase and len(plain) > 1 else " ".join(f'"{word}"' for word in plain)
        return self._index.parse_query(text or '""', list(FIELDS), field_boosts=FIELDS)

    def _filters(self, asked: Asked) -> Parts:
        parts: Parts = [(Occur.MustNot, self.text(words, phrase=True)) for words in asked.without]
        for name, values in (("practices", asked.practices), ("practices", asked.conditions), ("level", asked.levels)):
            if values:
                parts.append((Occur.Must, _silent(Query.term_set_query(self._index.schema, name, sorted(values)))))
        if asked.from_year is not None or asked.to_year is not None:
            first = asked.from_year if asked.from_year is not None else 1
            parts.append((Occur.Must, self._between("year", first, asked.to_year if asked.to_year is not None else 9999)))
        if asked.after is not None or asked.through is not None:
            first = asked.after + 1 if asked.after is not None else 0
            parts.append((Occur.Must, self._between("id", first, asked.through if asked.through is not None else LAST)))
        if asked.free:
            parts.append((Occur.Must, _silent(Query.term_query(self._index.schema, "free", 1))))
        if asked.standing_only:
            parts.append((Occur.MustNot, self.retracted))
        return parts

    def _between(self, field: str, first: int, last: int) -> Query:
        return _silent(Query.range_query(self._index.schema, field, tantivy.FieldType.Integer, first, last))

    def _some(self, groups: Sequence[Group]) -> Query:
        """Any of the groups; plain words lie side by side in one query, which is much quicker than one in another."""
        plain = " ".join(group.typed for group in groups if group == Group(group.typed) and " " not in group.typed)
        others = [self._group(group) for group in groups if group != Group(group.typed) or " " in group.typed]
        return either([self.text(plain, phrase=False), *others] if plain else others)

    def _group(self, group: Group) -> Query:
        """What was typed, or another name of it, or its place on the map: the best of them counts, and little of the others."""
        typed = [self.text(group.typed, phrase=group.phrase)]
        if " " in group.typed and not group.phrase:
            typed.append(self.text(group.typed, phrase=True))
        ways = [either(typed), *(Query.boost_query(self.text(name, phrase=True), OTHER_NAME) for name in group.names)]
        for slug in group.practices:
            on_map = Query.term_query(self._index.schema, "practices", slug, "basic")
            ways.append(Query.boost_query(Query.const_score_query(on_map, 1.0), ON_THE_MAP))
        return ways[0] if len(ways) == 1 else Query.disjunction_max_query(ways, tie_breaker=OTHER_WAYS)


def either(queries: Sequence[Query]) -> Query:
    """What fits any of them; what fits several counts for each."""
    return queries[0] if len(queries) == 1 else Query.boolean_query([(Occur.Should, one) for one in queries])


def both(query: Query, other: Query) -> Query:
    """What fits both."""
    return Query.boolean_query([(Occur.Must, query), (Occur.Must, other)])


def without(query: Query, other: Query) -> Query:
    """What fits the one and not the other."""
    return Query.boolean_query([(Occur.Must, query), (Occur.MustNot, other)])


def _joined(parts: Parts) -> Query:
    return parts[0][1] if len(parts) == 1 else Query.boolean_query(parts)


def _silent(query: Query) -> Query:
    """The query as a filter: it adds nothing to the score."""
    return Query.const_score_query(query, 0.0)
