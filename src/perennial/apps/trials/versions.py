"""Which dataset of the site's a file of trials is a newer version of: by its title and by the studies that both have."""

import re

from perennial.apps.trials.models import Dataset
from perennial.apps.trials.reading import file_of
from perennial.core.synthesis.metapsy import TrialFile
from perennial.core.values import Refusal

NUMBERED = re.compile(r"[\s,;:()_-]*(?:\bversion|\brelease|\bv)?[\s.(]*\d[\d.,/\s-]*\)?\s*$", re.IGNORECASE)
LEAST_SHARED = 0.5
"""Share of the older one's studies that a newer version must have."""


def version_before(title: str, file: TrialFile) -> Dataset | None:
    """The site's dataset that the file is a newer version of; None where there is none.

    That is the last one brought that no other has replaced yet, that has the same title but for a year or number of a version at its end,
    half of whose studies at the least are in the file, and whose newest study is not newer than the file's.
    """
    studies, last = _studies(file), _last_year(file)
    for one in Dataset.objects.filter(owner=None, newer=None).order_by("-added_at", "-pk"):
        if series(one.title) == series(title) and _follows(one, studies, last):
            return one
    return None


def series(title: str) -> str:
    """A title in small letters without the year or number of a version at its end; the whole of one that has nothing else."""
    plain = " ".join(title.casefold().split())
    return NUMBERED.sub("", plain) or plain


def _follows(older: Dataset, studies: set[str], last: int) -> bool:
    try:
        known = file_of(older)
    except Refusal:  # its file is gone, so that nothing can be compared
        return False
    there = _studies(known)
    return len(there & studies) >= LEAST_SHARED * len(there) and last >= _last_year(known)


def _studies(file: TrialFile) -> set[str]:
    return {one.study.casefold() for one in file.trials}


def _last_year(file: TrialFile) -> int:
    return max((one.year for one in file.trials if one.year), default=0)
