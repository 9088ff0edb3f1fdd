"""The works that courses cite: kept when a course is, and marked on its pages where they no longer stand."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from perennial.apps.works.queries import Marked, standings_of
from perennial.apps.works.services import keep_references
from perennial.core import courses as core
from perennial.core.literature import plain_doi


@dataclass(frozen=True, slots=True)
class Doubtful:
    """A reference whose work was retracted, doubted or corrected; `number` is that in the section, or 0."""

    reference: core.Reference
    marked: Marked
    number: int = 0


def keep_cited(content: core.Course) -> None:
    """Keep the works that this content cites, as far as they have a DOI."""
    keep_references(references=[(one.doi, one.text) for one in content.references if one.doi])


def marks_on(references: Iterable[core.Reference]) -> dict[str, Marked]:
    """Those that do not stand clear, by the reference's short name; one query."""
    dois = {one.id: plain_doi(one.doi) for one in references if one.doi}
    found = standings_of(dois.values()) if dois else {}
    return {name: found[doi] for name, doi in dois.items() if doi in found}


def doubtful_in(cited: Sequence[core.Cited]) -> list[Doubtful]:
    """What to say before the references of a section; one query."""
    marks = marks_on(one.reference for one in cited)
    return [Doubtful(one.reference, marks[one.reference.id], one.number) for one in cited if one.reference.id in marks]
