"""Which figures a result has."""

from collections.abc import Sequence

from perennial.apps.trials.analyses import Found
from perennial.apps.trials.figures.plots import Figure, forest, funnel, moved, people

FEWEST_STEPS, FEWEST_STUDIES = 2, 3
NAMES = ("people", "forest", "moved", "funnel")


def figures_of(found: Found) -> Sequence[Figure]:
    """The figures that the result has, in the order in which they are read."""
    made = [people(found.expected.icons)] if found.expected else []
    made.append(forest(found.pooled, found.chosen.direction))
    if len(found.steps) >= FEWEST_STEPS:
        made.append(moved(found.steps, found.chosen.direction))
    if found.pooled.k >= FEWEST_STUDIES:
        made.append(funnel(found.pooled, found.chosen.direction))
    return made
