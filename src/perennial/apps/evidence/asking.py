"""What an address asks of the search: read from it, written back to it, and put into words."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from urllib.parse import parse_qsl, urlencode

from perennial.core.literature import Level, plain_doi
from perennial.core.search import Asked, Order, read_asked
from perennial.core.values.words import listed
from perennial.core.vocabulary import Kind, Vocabulary

LONGEST = 200
EARLIEST, LATEST = 1800, 2200
PMID = re.compile(r"[0-9]{5,9}")  # four digits are rather a year
SHOWN_LEVELS = tuple(level for level in Level if level is not Level.UNKNOWN)


@dataclass(frozen=True, slots=True)
class Question:
    """A search as its address says it; what cannot be is left out. `practice` and `condition` are short names of the map."""

    q: str = ""
    practice: str = ""
    condition: str = ""
    level: str = ""
    from_year: int | None = None
    to_year: int | None = None
    free: bool = False
    clear: bool = False
    newest: bool = False

    @property
    def asks(self) -> bool:
        """Whether anything is asked at all; the order alone asks nothing."""
        return replace(self, newest=False) != Question()

    @property
    def query(self) -> str:
        """The part of the address after the question mark, always in the same order."""
        given = {
            "q": self.q,
            "practice": self.practice,
            "condition": self.condition,
            "level": self.level,
            "from": self.from_year,
            "to": self.to_year,
            "free": "1" if self.free else "",
            "clear": "1" if self.clear else "",
            "order": "newest" if self.newest else "",
        }
        return urlencode({name: value for name, value in given.items() if value})

    @property
    def doi(self) -> str:
        """The DOI that was typed and nothing else, in its plain form."""
        return plain_doi(self.q)

    @property
    def named(self) -> str:
        """The DOI or the PMID that was typed and nothing else, by which one work is meant; empty where words were typed."""
        return self.doi or (self.q if PMID.fullmatch(self.q) else "")

    @property
    def said(self) -> str:
        """What was typed, in quotation marks unless it has its own."""
        return self.q if '"' in self.q or not self.q else f"“{self.q}”"

    def asked(self, words: Vocabulary, *, after: int | None = None, through: int | None = None) -> Asked:
        """As the index is asked; a practice takes in all that is a part of it. `after` and `through` are keys of works."""
        groups, without = read_asked(self.q, words)
        return Asked(
            text=self.q,
            groups=groups,
            without=without,
            practices=_within(words, self.practice),
            conditions=_within(words, self.condition),
            levels=frozenset({self.level} if self.level else ()),
            from_year=self.from_year,
            to_year=self.to_year,
            free=self.free,
            standing_only=self.clear,
            order=Order.NEWEST if self.newest else Order.BEST,
            after=after,
            through=through,
        )

    def words(self, known: Vocabulary) -> str:
        """What is asked, for people: “exposure”; Depression; randomized trial; from 2020."""
        return "; ".join(part for part in self._parts(known) if part) or "All works"

    def _parts(self, known: Vocabulary) -> Iterable[str]:
        yield self.said
        names = [known.terms[slug].name for slug in (self.practice, self.condition) if slug in known.terms]
        yield listed(names) if names else ""
        yield Level(self.level).words.lower() if self.level else ""
        yield f"from {self.from_year}" if self.from_year else ""
        yield f"to {self.to_year}" if self.to_year else ""
        yield "free to read" if self.free else ""
        yield "none retracted" if self.clear else ""


def question_in(given: Mapping[str, str], words: Vocabulary) -> Question:
    """The search that an address asks for."""
    asked = {name: " ".join(given.get(name, "").replace("\x00", "").split())[:LONGEST] for name in given}
    practice, condition = asked.get("practice", ""), asked.get("condition", "")
    level = asked.get("level", "")
    first, last = _year(asked.get("from", "")), _year(asked.get("to", ""))
    if first and last and first > last:
        first, last = last, first  # the wrong way round is read as it is meant
    return Question(
        q=asked.get("q", ""),
        practice=practice if practice in words.terms else "",
        condition=condition if condition in words.terms and words.terms[condition].kind is Kind.CONDITION else "",
        level=level if level in set(Level) else "",
        from_year=first,
        to_year=last,
        free=asked.get("free") == "1",
        clear=asked.get("clear") == "1",
        newest=asked.get("order") == "newest",
    )


def question_of(query: str, words: Vocabulary) -> Question:
    """The search that was kept as the part of an address after the question mark."""
    return question_in(dict(parse_qsl(query)), words)


def _within(words: Vocabulary, slug: str) -> frozenset[str]:
    return frozenset((slug, *words.narrower.get(slug, ()))) if slug else frozenset()


def _year(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) == 4 and EARLIEST <= int(text) <= LATEST else None
