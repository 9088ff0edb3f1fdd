"""A record as the row of a table: made where the file is parsed, in a process of its own if need be; so no Django here."""

import json
from datetime import date
from json.encoder import encode_basestring_ascii
from typing import Any, NamedTuple

from perennial.core.literature import Record, Told, grade
from perennial.core.literature.joining import Known
from perennial.core.literature.titles import family, title_key

# The columns that a record fills, in the order of a row.
COLUMNS = (
    "doi",
    "pmid",
    "pmcid",
    "title",
    "abstract",
    "authors",
    "year",
    "published_on",
    "container",
    "volume",
    "issue",
    "pages",
    "language",
    "kinds",
    "mesh",
    "keywords",
    "free_url",
    "source",
    "kind",
    "level",
    "level_because",
    "title_key",
    "citation",
)
LISTS = ("authors", "kinds", "mesh", "keywords")
PLACES = {name: place for place, name in enumerate(COLUMNS)}
TITLE, SOURCE, CONTAINER, PAGES = PLACES["title_key"], PLACES["source"], PLACES["container"], PLACES["pages"]
STATED = "stated in the starter library"


class Ready(NamedTuple):
    """A record ready to be kept: its row, the first author's family name, and what was told of it."""

    row: tuple[Any, ...]
    family: str
    told: tuple[Told, ...] = ()

    def known(self, key: int) -> Known:
        """What tells it from others."""
        row = self.row
        return Known(key, row[0], row[1], row[TITLE], self.family, row[SOURCE], f"{row[CONTAINER]}|{row[CONTAINER + 1]}|{row[PAGES]}")


def ready(record: Record, stated: str = "") -> Ready:
    """The record as a row. `stated` is its design, where somebody said it who read the work."""
    graded = grade(record)
    row = (
        record.doi,
        record.pmid,
        record.pmcid,
        record.title,
        record.abstract,
        _list(record.authors),
        record.year,
        record.published_on,
        record.container,
        record.volume,
        record.issue,
        record.pages,
        record.language,
        _list(record.kinds),
        _list(record.mesh),
        _list(record.keywords),
        record.free_url,
        record.source,
        record.kind,
        stated or graded.level.value,
        STATED if stated else graded.because,
        title_key(record.title, record.year),
        record.citation,
    )
    return Ready(row, family(record.authors[0]) if record.authors else "", record.told)


def record_of_row(row: tuple[Any, ...]) -> Record:
    """The record that a row was made of, without what was told of it. Lists may be JSON or lists."""
    values = dict(zip(COLUMNS, row, strict=False))
    for name in LISTS:
        held = values[name]
        values[name] = tuple(json.loads(held) if isinstance(held, str) else held)
    on = values["published_on"]
    values["published_on"] = date.fromisoformat(on) if isinstance(on, str) else on
    return Record(**{name: values[name] for name in Record.__slots__ if name in values})


def _list(texts: tuple[str, ...]) -> str:
    """The texts as `json.dumps` writes them, in a fifth of its time."""
    return f"[{', '.join(map(encode_basestring_ascii, texts))}]"
