"""Which figures a result has."""

from collections.abc import Iterator

from perennial.apps.trials.figures.drawing import Figure
from perennial.apps.trials.figures.forest import Axis, by_group, forest, without_each
from perennial.apps.trials.figures.plots import along, funnel, moved, people
from perennial.apps.trials.names import names
from perennial.apps.trials.reckoning import Found

FEWEST_STEPS, FEWEST_STUDIES, FEWEST_WITHOUT = 2, 3, 3
NAMES = {"g": "Hedges' g", "log_rr": "Log risk ratio"}


def figures_of(found: Found) -> Iterator[Figure]:
    """The figures that the result has, in the order in which they are read; each is drawn as it is taken."""
    axis, pooled, asked = Axis(found.chosen.direction, NAMES[found.chosen.kind]), found.pooled, found.analysis
    if found.people:
        yield people(found.people.expected.icons, unwanted=found.people.unwanted)
    yield forest(pooled, axis)
    if found.groups and found.groups.groups:
        yield by_group(found.groups, pooled, axis, names().column(asked.by))
    line = along(found.regression, pooled, axis, (asked.on, names().column(asked.on))) if found.regression else None
    if line:
        yield line
    if len(found.steps) >= FEWEST_STEPS:
        yield moved(found.steps, axis.direction, axis.effect)
    if pooled.k >= FEWEST_STUDIES:
        yield funnel(pooled, axis)
    if len(found.without) >= FEWEST_WITHOUT:
        yield without_each(found.without, pooled, axis)
