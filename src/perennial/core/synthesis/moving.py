"""How the pooled effect moves: over the years, and without each study in turn."""

from itertools import groupby

import numpy as np

from perennial.core.synthesis.bias import arrays
from perennial.core.synthesis.models import Array, mean_fit
from perennial.core.synthesis.pooling import per_study
from perennial.core.synthesis.values import DEFAULT, Choices, Effects, Step


def cumulative(effects: Effects, choices: Choices = DEFAULT) -> tuple[Step, ...]:
    """The effects up to each year pooled anew, oldest first; effects of no known year are left out.

    Each step is what metafor's `cumul(fit, order=year)` has at the last study of that year.
    """
    rows = sorted((one for one in per_study(effects, choices) if one.year is not None), key=lambda one: one.year or 0)
    y, v = arrays(rows)
    steps, count = [], 0
    for year, added in groupby(rows, key=lambda one: one.year):
        count += sum(1 for _ in added)
        steps.append(_step(str(year), y[:count], v[:count], choices))
    return tuple(steps)


def leave_one_out(effects: Effects, choices: Choices = DEFAULT) -> tuple[Step, ...]:
    """The pooled effect without each study in turn, as metafor's `leave1out(fit)`; empty with fewer than two studies."""
    rows = per_study(effects, choices)
    y, v = arrays(rows)
    places = range(len(rows) if len(rows) > 1 else 0)
    return tuple(_step(rows[at].study, _without(y, at), _without(v, at), choices) for at in places)


def _without(values: Array, at: int) -> Array:
    return np.concatenate([values[:at], values[at + 1 :]])


def _step(name: str, y: Array, v: Array, choices: Choices) -> Step:
    found = mean_fit(y, v, choices)
    return Step(name, len(y), found.estimate, found.se, found.ci, found.tau2)
