"""What a dataset comes to for each practice that it has trials of: a sentence, what it cannot say, and the address that asks it."""

import tomllib
from collections.abc import Iterator
from functools import lru_cache

from django.conf import settings

from perennial.apps.trials.analyses import Analysis, file_of, found_for
from perennial.apps.trials.models import Dataset, PooledLine
from perennial.core.synthesis.words import cannot_say, says
from perennial.core.values import Refusal

FEWEST = 3  # studies under which a line says too little
COLUMN = "condition_arm1"


@lru_cache(maxsize=1)
def practice_by_name() -> dict[str, str]:
    """The practice of each name of a therapy, in small letters."""
    file = settings.LIBRARY / "trials" / "practices.toml"
    return {name.casefold(): slug for name, slug in tomllib.loads(file.read_text(encoding="utf-8")).items()} if file.is_file() else {}


def lines_for(dataset: Dataset) -> Iterator[PooledLine]:
    """The lines of a dataset, one for each practice of which it pools three studies or more."""
    file = file_of(dataset)
    column = file.roles.get(COLUMN, "")
    levels: dict[str, set[str]] = {}
    for trial in file.trials:
        level = trial.cells.get(column, "")
        slug = practice_by_name().get(level.casefold(), "")
        if slug:
            levels.setdefault(slug, set()).add(level)
    for slug, some in sorted(levels.items()):
        asked = Analysis(where=((column, tuple(sorted(some))),))
        try:
            found = found_for(dataset, asked)
        except Refusal:
            continue
        if found.pooled.k < FEWEST:
            continue
        said = says(found.pooled, found.chosen.kind, found.chosen.direction)
        yield PooledLine(
            dataset=dataset,
            practice=slug,
            says=f"{dataset.title}. {said[0]}",
            limits=" ".join([*said[2:3], cannot_say(found.pooled)[0]]),
            query=asked.address(),
            estimate=found.pooled.estimate,
            studies=found.pooled.k,
        )
