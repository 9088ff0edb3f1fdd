"""Reads what Crossref's REST interface answers about one DOI (https://api.crossref.org/works/…)."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from perennial.core.literature.record import Record
from perennial.core.literature.texts import plain
from perennial.core.literature.work import Nature, Told, plain_doi

# Crossref's words for updates, of those that say something about whether a work holds.
NATURES = {
    "retraction": Nature.RETRACTION,
    "partial_retraction": Nature.RETRACTION,
    "removal": Nature.RETRACTION,
    "withdrawal": Nature.RETRACTION,
    "expression_of_concern": Nature.CONCERN,
    "correction": Nature.CORRECTION,
    "corrigendum": Nature.CORRECTION,
    "erratum": Nature.CORRECTION,
    "reinstatement": Nature.REINSTATEMENT,
}


def read_message(answer: Any) -> Record:
    """The work in Crossref's answer. Raises ValueError, saying what is missing, where the answer is not of that shape."""
    message = answer.get("message") if isinstance(answer, Mapping) else None
    if not isinstance(message, Mapping):
        raise ValueError("the answer has no message")
    doi = plain_doi(str(message.get("DOI", "")))
    if not doi:
        raise ValueError("the message has no DOI")
    return Record(
        doi=doi,
        title=_first(message.get("title")),
        authors=tuple(name for name in map(_name, _list(message.get("author"))) if name),
        year=_year(message),
        container=_first(message.get("container-title")),
        volume=plain(message.get("volume"), 80),
        issue=plain(message.get("issue"), 80),
        pages=plain(message.get("page"), 80),
        language=plain(message.get("language"), 40),
        kinds=tuple(word for word in (plain(message.get("type"), 80),) if word),
        source="crossref",
        told=tuple(one for one in (_told(doi, each) for each in _list(message.get("updated-by"))) if one),
    )


def _told(doi: str, update: Any) -> Told | None:
    """A notice about the work; None where it says nothing of whether the work holds."""
    kind = plain(update.get("type")).casefold().replace("-", "_").replace(" ", "_") if isinstance(update, Mapping) else ""
    nature = NATURES.get(kind)
    if nature is None:
        return None
    notice = plain_doi(plain(update.get("DOI")))
    source = "Retraction Watch" if plain(update.get("source")) == "retraction-watch" else "the publisher"
    return Told(doi, nature, _day(update.get("updated")), notice, "", f"{source}, through Crossref", f"{doi}|{nature}|{notice}")


def _name(author: Any) -> str:
    if not isinstance(author, Mapping):
        return ""
    family, given = plain(author.get("family")), plain(author.get("given"))
    initials = " ".join(f"{part[0]}." for part in given.replace(".", ". ").split() if part[0].isalpha())
    return f"{family}, {initials}" if family and initials else family or plain(author.get("name"))


def _year(message: Mapping[str, Any]) -> int | None:
    for name in ("published-print", "issued", "published-online", "published"):
        parts = _parts(message.get(name))
        if parts and 1000 <= parts[0] <= 2199:
            return parts[0]
    return None


def _day(moment: Any) -> date | None:
    parts = _parts(moment)
    try:
        return date(*[*parts, 1, 1][:3]) if parts else None
    except ValueError:
        return None


def _parts(moment: Any) -> list[int]:
    rows = _list(moment.get("date-parts")) if isinstance(moment, Mapping) else []
    row = _list(rows[0]) if rows else []
    return [part for part in row if isinstance(part, int) and 0 < part <= 2199]


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _first(value: Any) -> str:
    texts = _list(value)
    return plain(texts[0]) if texts else ""
