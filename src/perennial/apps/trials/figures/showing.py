"""Which figures a result has."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from perennial.apps.trials.analyses import Analysis
from perennial.apps.trials.figures.drawing import Figure
from perennial.apps.trials.figures.forest import Axis, by_group, forest, without_each
from perennial.apps.trials.figures.plots import along, funnel, moved, people
from perennial.apps.trials.models import Dataset
from perennial.apps.trials.names import names
from perennial.apps.trials.reading import Source, source_of
from perennial.apps.trials.reckoning import MOST_KEPT, Found, found_for, reckoned
from perennial.core.synthesis.values import Subgroups

FEWEST_STEPS, FEWEST_STUDIES, FEWEST_WITHOUT = 2, 3, 3
NAMES = {"g": "Hedges' g", "log_rr": "Log risk ratio"}


def figures_for(dataset: Dataset, analysis: Analysis) -> Sequence[Figure]:
    """The figures that the result has, in the order in which they are read; kept as the result is. Raises Refusal where there is none."""
    found_for(dataset, analysis)
    return _figures(source_of(dataset), analysis)


@lru_cache(maxsize=MOST_KEPT)
def _figures(source: Source, analysis: Analysis) -> tuple[Figure, ...]:
    return tuple(_drawn(reckoned(source, analysis)))


def _drawn(found: Found) -> Iterator[Figure]:
    axis, pooled, asked = Axis(found.chosen.direction, NAMES[found.chosen.kind]), found.pooled, found.analysis
    if found.people:
        yield people(found.people)
    yield forest(pooled, axis)
    if found.groups and found.groups.groups:
        yield by_group(in_words(found.groups, asked.by), pooled, axis, names().column(asked.by))
    line = along(found.regression, pooled, axis, (asked.on, names().column(asked.on))) if found.regression else None
    if line:
        yield line
    if len(found.steps) >= FEWEST_STEPS:
        yield moved(found.steps, axis.direction, axis.effect)
    if pooled.k >= FEWEST_STUDIES:
        yield funnel(pooled, axis)
    if len(found.without) >= FEWEST_WITHOUT:
        yield without_each(found.without, pooled, axis)


def in_words(groups: Subgroups, column: str) -> Subgroups:
    """The groups under the words for their levels; two levels of one word keep their codes."""
    told = Counter(names().level(column, level) for level in (*groups.groups, *groups.failed))

    def word(level: str) -> str:
        words = names().level(column, level)
        return words if told[words] == 1 else f"{words} ({level})"

    return replace(
        groups,
        groups={word(level): one for level, one in groups.groups.items()},
        failed={word(level): why for level, why in groups.failed.items()},
    )
