"""Makes valid works and notices for tests."""

from itertools import count
from typing import Any

from django.utils import timezone

from perennial.apps.works.models import Work, WorkNotice
from perennial.core.literature import Record, grade
from perennial.core.literature.titles import title_key

_numbers = count(1)


def make_work(**changes: Any) -> Work:
    """A work in the database with a DOI and a PMID of its own, graded by its types and title unless `level` is given."""
    number = next(_numbers)
    values: dict[str, Any] = {
        "doi": f"10.1000/made.{number}",
        "pmid": f"{90_000_000 + number}",
        "title": f"Sample therapy for sample conditions, {number}",
        "authors": ["Sample, A. M.", "Example, B."],
        "year": 2020,
        "container": "Journal of Samples",
        "volume": "7",
        "pages": "1-9",
        "kinds": ["Journal Article"],
        "source": Work.Source.PUBMED,
        "read_at": timezone.now(),
        **changes,
    }
    facts = {name: values.get(name, "") for name in ("title", "abstract", "container", "volume", "pages")}
    record = Record(**facts, authors=tuple(values["authors"]), year=values["year"], kinds=tuple(values["kinds"]))
    graded = grade(record)
    made: dict[str, Any] = {"level": graded.level, "level_because": graded.because, "citation": record.citation, "kind": record.kind}
    return Work.objects.create(**{**made, "title_key": title_key(record.title, record.year), **values})


def make_notice(*, work: Work | None = None, **changes: Any) -> WorkNotice:
    """A notice about a work, unless told otherwise of its retraction."""
    about = work or make_work()
    values = {
        "key": f"made:{next(_numbers)}",
        "doi": about.doi,
        "pmid": about.pmid,
        "nature": WorkNotice.Nature.RETRACTION,
        "source": "Retraction Watch",
        "reason": "Error in data",
        "read_at": timezone.now(),
    }
    return WorkNotice.objects.create(**{**values, **changes})
