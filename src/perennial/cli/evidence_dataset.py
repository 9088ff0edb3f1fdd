"""The trials that `perennial evidence pool` is given: a file by its path, else a database of the site by its short name."""

from collections.abc import Sequence
from pathlib import Path

from django.db import DatabaseError

from perennial.apps.trials.queries import Dataset, sites_datasets
from perennial.cli.unusable import Unusable
from perennial.core.synthesis.metapsy import TrialFile, read_trials
from perennial.core.values import Problem
from perennial.core.values.words import listed

MOST_NAMED = 12


def read_dataset(told: str, given: dict[str, str]) -> TrialFile:
    """The trials of the file, where there is one; else of the database. `given` says which column has a meaning.

    Raises Unusable where there is neither or it cannot be opened, and Unreadable where there are no trials in it.
    """
    path = Path(told)
    try:
        if path.exists():
            with path.open("rb") as body:
                return read_trials(body, path.name, given)
        dataset = _named(told)
        with dataset.file.open("rb") as body:
            return read_trials(body, dataset.slug, {**dataset.columns, **given})
    except OSError as error:
        raise Unusable(Problem(told, f"cannot be opened ({error.strerror})", "Name a CSV file that can be read.")) from error


def _named(told: str) -> Dataset:
    """The site's database of this short name; also by what stands before the digest in it, where one newest version alone is called so."""
    try:
        known = sites_datasets()
    except DatabaseError:
        known = []
    alike = [one for one in known if told == one.slug] or [
        one for one in known if told.casefold() == one.slug.rpartition("-")[0] and getattr(one, "newer", None) is None
    ]
    if len(alike) == 1:
        return alike[0]
    what = "is what several trial databases of this site are called" if alike else "is neither a file nor a trial database of this site"
    raise Unusable(Problem(told, what, _there(alike or known)))


def _there(known: Sequence[Dataset]) -> str:
    if not known:
        return "None is here. Name a CSV file, or bring one: perennial evidence import FILE --format metapsy"
    more = f" and {len(known) - MOST_NAMED} more" if len(known) > MOST_NAMED else ""
    return f"Name a CSV file that is there, or one of: {listed(one.slug for one in known[:MOST_NAMED])}{more}."
