"""Trial databases read from their files, kept for a while by digest; and what of their columns can be chosen by."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.core.files.storage import default_storage

from perennial.apps.trials.models import Dataset
from perennial.core.synthesis.metapsy import TrialFile, read_trials
from perennial.core.synthesis.table import NUMBER, Unreadable
from perennial.core.values import Refusal

MOST_FILES = 6
FEWEST_LEVELS, MOST_LEVELS, MOST_OF_FIGURES, MOST_FILTERS, MOST_NUMERIC = 2, 20, 6, 20, 12
MOST_OF_FIRST = 60  # levels of a column that everybody asks for: large databases tell over twenty therapies apart
FIRST = ("condition_arm1", "condition_arm2", "format", "rob", "outcome")
FIRST_NAMES = ("outcome_domain", "target_group", "age_group", "age_category", "diagnosis", "disorder", "recruitment", "country")
LARGEST = 1e9
MADE_OF = ("g", "log_rr", "mean", "sd", "n_arm", "baseline", "change", "event", "total", "time")


@dataclass(frozen=True, slots=True)
class Source:
    """Which file: its digest, where it lies, what it is called, and which columns a person said have which meaning."""

    digest: str
    name: str
    title: str
    columns: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Filter:
    """A column by which rows can be chosen: its name, and its levels with how many rows each has."""

    column: str
    levels: Sequence[tuple[str, int]]


@dataclass(frozen=True, slots=True)
class Offered:
    """What can be chosen in a file: columns of few levels, columns of figures, times of measurement, the first and last year, and the
    names of studies, of which some can be left out."""

    filters: tuple[Filter, ...]
    numeric: tuple[str, ...]
    times: tuple[str, ...]
    years: tuple[int, int] | None
    studies: frozenset[str] = frozenset()


def source_of(dataset: Dataset) -> Source:
    """The file of a dataset."""
    return Source(dataset.digest, dataset.file.name or "", dataset.title, tuple(sorted(dataset.columns.items())))


def file_of(dataset: Dataset) -> TrialFile:
    """The trials of a dataset, read once per process. Raises Refusal where the file is gone or cannot be read any more."""
    try:
        return read(source_of(dataset))
    except (OSError, Unreadable) as fault:
        raise Refusal("The file of this dataset cannot be read. Import it once more.") from fault


def offered_by(dataset: Dataset) -> Offered:
    """What can be chosen in a dataset. Raises Refusal as `file_of` does."""
    file_of(dataset)
    return _offered(source_of(dataset))


@lru_cache(maxsize=MOST_FILES)
def read(source: Source) -> TrialFile:
    """The trials of a file. Raises OSError or Unreadable."""
    with default_storage.open(source.name, "rb") as body:
        return read_trials(body, source.title, dict(source.columns))


@lru_cache(maxsize=8 * MOST_FILES)
def _offered(source: Source) -> Offered:
    file = read(source)
    years = [one.year for one in file.trials if one.year]
    return Offered(
        filters=tuple(_filters(file))[:MOST_FILTERS],
        numeric=tuple(_numeric(file))[:MOST_NUMERIC],
        times=tuple(sorted({one.time for one in file.trials if one.time})),
        years=(min(years), max(years)) if len(set(years)) > 1 else None,
        studies=frozenset(one.study for one in file.trials),
    )


def _filters(file: TrialFile) -> Iterator[Filter]:
    """Columns that are known for half of the rows and have few levels; first those that everybody asks for."""
    first = [file.roles[role] for role in FIRST if role in file.roles]
    there = [column for column in FIRST_NAMES if column in file.columns]
    for column in dict.fromkeys([*first, *there, *_plain(file)]):
        most = MOST_OF_FIRST if column in first or column in there else MOST_LEVELS
        counts = Counter(one.cells[column] for one in file.trials if one.cells.get(column))
        figures = len(counts) > MOST_OF_FIGURES and all(NUMBER.fullmatch(level) for level in counts)
        if 2 * counts.total() >= len(file.trials) and FEWEST_LEVELS <= len(counts) <= most and not figures:
            yield Filter(column, sorted(counts.items(), key=lambda one: (-one[1], one[0])))


def _numeric(file: TrialFile) -> Iterator[str]:
    """Columns of figures that effects can be regressed on: known for half of the rows, with several values."""
    for column in _plain(file):
        values = [one.cells[column] for one in file.trials if one.cells.get(column)]
        if 2 * len(values) >= len(file.trials) and len(set(values)) > FEWEST_LEVELS and all(map(_is_figure, values)):
            yield column


def _is_figure(text: str) -> bool:
    return NUMBER.fullmatch(text) is not None and abs(float(text.replace(",", "."))) < LARGEST


def _plain(file: TrialFile) -> Iterator[str]:
    """The columns without those that effects are made of, which would go round in a circle, and those that the database reckoned."""
    made = {column for role, column in file.roles.items() if role.startswith(MADE_OF)}
    for column in file.columns:
        if column and column not in made and not column.startswith((".", "precalc", "n_", "sd_", "mean_change", "sd_change")):
            yield column
