"""What a dataset comes to for each practice that it has trials of: a sentence, what it cannot say, and the address that asks it."""

from collections.abc import Iterator

from perennial.apps.trials.analyses import Analysis, asked_by
from perennial.apps.trials.mapping import About, mapped
from perennial.apps.trials.models import Dataset, PooledLine
from perennial.apps.trials.names import names
from perennial.apps.trials.reading import file_of
from perennial.apps.trials.reckoning import pooled_only
from perennial.core.synthesis.choosing import Chosen
from perennial.core.synthesis.metapsy import TrialFile
from perennial.core.synthesis.values import Pooled
from perennial.core.synthesis.words import FEW, figure, span
from perennial.core.values import Refusal

FEWEST = 3  # studies under which a line says too little
EFFECTS = {"g": "Hedges' g", "log_rr": "the log risk ratio"}


def lines_for(dataset: Dataset) -> Iterator[PooledLine]:
    """The lines of a dataset, one for each practice of which it pools three studies or more, by the first level that is about it."""
    file, there = file_of(dataset), set()
    for practice, levels in mapped().items():
        for about in levels:
            line = _line(dataset, file, practice, about)
            if line is not None and practice not in there:
                there.add(practice)
                yield line


def _line(dataset: Dataset, file: TrialFile, practice: str, about: About) -> PooledLine | None:
    column = next((one for one in file.columns if one.casefold() == about.column), "")
    levels = {one.cells[column] for one in file.trials} if column else set()
    level = next((one for one in sorted(levels) if one.casefold() == about.level), None)
    if level is None:
        return None
    asked = Analysis(where=((column, (level,)),)) if len(levels) > 1 else Analysis()
    if asked_by(dataset, asked.address()) != asked:
        return None  # its address would ask something else
    try:
        chosen, pooled = pooled_only(dataset, asked)
    except Refusal:
        return None
    if pooled.k < FEWEST:
        return None
    words = f"{names().column(column)}: {names().level(column, level)}"
    return PooledLine(
        dataset=dataset,
        practice=practice,
        says=f"{dataset.title} ({words}). {_sentence(chosen, pooled)}",
        limits=" ".join(filter(None, (about.note, _limits(pooled)))),
        query=asked.address(),
        estimate=pooled.estimate,
        studies=pooled.k,
    )


def _sentence(chosen: Chosen, pooled: Pooled) -> str:
    result = f"Over {pooled.k} studies, {EFFECTS[chosen.kind]} is {figure(pooled.estimate)} (interval {span(pooled.ci)})"
    if pooled.ci.low <= 0 <= pooled.ci.high:
        return f"{result}, which does not tell whether there is a difference."
    if chosen.direction.favors is None:
        return f"{result}; whom it favors, the data do not say."
    other = "control" if chosen.direction.favors == "therapy" else "therapy"
    return f"{result}, in favor of {chosen.direction.favors if pooled.estimate > 0 else other}."


def _limits(pooled: Pooled) -> str:
    spread = pooled.prediction_interval
    if spread is None:
        return "How far studies differ is not known."
    if pooled.k < FEW:
        return "So few studies say little about other places."
    wide = "" if spread.low > 0 or spread.high < 0 else ", so that in some places there may be none, or the contrary"
    return f"In a new place it would be expected at {span(spread)}{wide}."
