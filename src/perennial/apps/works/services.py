"""What can be done with works: look one up, keep those that courses cite, take over notices of retraction."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models.functions import Now

from perennial.apps.works.asking import Unanswered, ask_crossref
from perennial.apps.works.importing import import_file
from perennial.apps.works.keeping import Kept, keep_records
from perennial.apps.works.models import Work
from perennial.apps.works.notices import keep_notices
from perennial.apps.works.shelving import load_works
from perennial.apps.works.tagging import say_practices, tag_changed
from perennial.core.literature import Record, Told, plain_doi, read_message, read_retractions
from perennial.core.values import Problem, Refusal

__all__ = [
    "Imported",
    "Kept",
    "Looked",
    "import_file",
    "import_retractions",
    "keep_facts",
    "keep_records",
    "keep_references",
    "load_works",
    "look_up",
    "say_practices",
    "tag_changed",
]

FRESH = timedelta(days=30)
BATCH = 1000
MOST_PROBLEMS = 100  # kept of those that a file has


@dataclass(frozen=True, slots=True)
class Looked:
    """What a look-up gave: the work where anything is known of it, and a sentence where Crossref did not tell."""

    work: Work | None
    says: str = ""


@dataclass
class Imported:
    """What was taken of a file of notices: rows read, notices kept, rows without DOI, and rows that could not be read."""

    rows: int = 0
    kept: int = 0
    without_doi: int = 0
    unread: int = 0
    problems: list[Problem] = field(default_factory=list)


def look_up(*, doi: str, at: datetime) -> Looked:
    """What is known of a work: kept facts where they were read at a service within 30 days, else its answer now.

    Where Crossref cannot be asked or does not answer, what is kept, and why. Refused where the text is no DOI.
    """
    plain = plain_doi(doi)
    if not plain:
        raise Refusal("This is not a DOI. Write it as 10.1000/xyz, with or without https://doi.org/.")
    kept = Work.objects.filter(doi=plain).first()
    if kept and kept.source != Work.Source.COURSE and kept.read_at > at - FRESH:
        return Looked(kept)
    try:
        answer = ask_crossref(plain)
        if answer is None:
            return Looked(kept, f"Crossref knows no work {plain}. Look at the DOI, or type the reference yourself.")
        return Looked(keep_facts(facts=read_message(answer), doi=plain, at=at))
    except (Unanswered, ValueError) as fault:
        says = str(fault) if isinstance(fault, Unanswered) else f"Crossref's answer could not be read: {fault}."
        return Looked(kept, says)


@transaction.atomic
def keep_facts(*, facts: Record, doi: str, at: datetime) -> Work:
    """Keep what Crossref told of the DOI that was asked for, with its notices; what richer sources told stays."""
    keep_records(records=[replace(facts, doi=doi, told=tuple(replace(one, doi=doi) for one in facts.told))], at=at)
    Work.objects.filter(doi=doi).update(read_at=at)
    return Work.objects.get(doi=doi)


@transaction.atomic
def keep_references(*, references: Iterable[tuple[str, str]]) -> int:
    """Keep the works that courses cite, each a DOI and the text of the reference; what is known of a work already stays."""
    texts = {plain: text for doi, text in references if (plain := plain_doi(doi))}
    rows = [Work(doi=doi, citation=text, source=Work.Source.COURSE, read_at=Now()) for doi, text in texts.items()]
    Work.objects.bulk_create(rows, ignore_conflicts=True, batch_size=BATCH)
    return len(rows)


@transaction.atomic
def import_retractions(*, lines: Iterable[str], at: datetime) -> Imported:
    """Take over the file of the Retraction Watch database; safe to repeat, and a newer file brings what changed.

    A row that cannot be read is told with its line and left out. Where the file is of another format, nothing is taken.
    """
    done, batch = Imported(), dict[str, Told]()
    for one in read_retractions(lines):
        done.rows += 1
        if isinstance(one, Told):
            batch[one.key] = one
        elif one is None:
            done.without_doi += 1
        else:
            done.unread += 1
            done.problems = [*done.problems, one][:MOST_PROBLEMS]
        if len(batch) == BATCH:
            done.kept += keep_notices(batch.values(), at)
            batch.clear()
    done.kept += keep_notices(batch.values(), at)
    return done
