"""How the pooled effect moves: over the years, and without each study in turn."""

import math
from itertools import groupby

import numpy as np

from perennial.core.synthesis.bias import arrays
from perennial.core.synthesis.models import Array, Mean, mean_fit
from perennial.core.synthesis.pooling import per_study
from perennial.core.synthesis.values import DEFAULT, Choices, Effects, Influence, NotConverged, Step
from perennial.core.values.late import late

special = late("scipy.special")

FEWEST, HALF = 3, 0.5


def cumulative(effects: Effects, choices: Choices = DEFAULT) -> tuple[Step, ...]:
    """The effects up to each year pooled anew, oldest first; effects of no known year are left out.

    Each step is what metafor's `cumul(fit, order=year)` has at the last study of that year. A year in which REML finds no variance has no
    step.
    """
    rows = sorted((one for one in per_study(effects, choices) if one.year is not None), key=lambda one: one.year or 0)
    y, v = arrays(rows)
    steps, count = [], 0
    for year, added in groupby(rows, key=lambda one: one.year):
        count += sum(1 for _ in added)
        steps.append(_step(str(year), y[:count], v[:count], choices))
    return tuple(filter(None, steps))


def leave_one_out(effects: Effects, choices: Choices = DEFAULT) -> tuple[Step, ...]:
    """The pooled effect without each study in turn, as metafor's `leave1out(fit)`; empty with fewer than two studies.

    A study without which REML finds no variance has no step.
    """
    rows = per_study(effects, choices)
    y, v = arrays(rows)
    places = range(len(rows) if len(rows) > 1 else 0)
    return tuple(filter(None, (_step(rows[at].study, _without(y, at), _without(v, at), choices) for at in places)))


def influence(effects: Effects, choices: Choices = DEFAULT) -> tuple[Influence, ...]:
    """How much each study moves the result, as metafor's `influence(fit)` (Viechtbauer & Cheung 2010).

    Empty with fewer than three studies. Marked are those of which the change is over 3 / sqrt(k - 1), half the chi-square distribution lies
    below Cook's distance, the weight is over three times its mean, or the estimate moves by more than its standard error.
    """
    rows = per_study(effects, choices)
    if len(rows) < FEWEST:
        return ()
    y, v = arrays(rows)
    whole = mean_fit(y, v, choices)
    return tuple(_influence(rows[at].study, at, (y, v), whole, choices) for at in range(len(rows)))


def _influence(study: str, at: int, data: tuple[Array, Array], whole: Mean, choices: Choices) -> Influence:
    y, v = data
    rest_v = _without(v, at)
    rest = _step(study, _without(y, at), rest_v, choices)
    if rest is None:
        return Influence(study, None, None, None, marked=False)
    scale = rest.se**2 * float((1 / (rest_v + rest.tau2)).sum())
    if not (scale > 0 and whole.se > 0):
        return Influence(study, None, None, None, marked=False)
    w = 1 / (v + whole.tau2)
    share = float(w[at] / w.sum())
    own = float(v[at]) + rest.tau2
    moved = whole.estimate - rest.estimate
    away = (float(y[at]) - rest.estimate) / math.sqrt(own * scale + rest.se**2)
    cook, change = (moved / whole.se) ** 2, moved / math.sqrt(scale * share * own)
    shift = moved / math.sqrt(scale / float((1 / (v + rest.tau2)).sum()))
    far = abs(change) > 3 / math.sqrt(len(y) - 1) or special.chdtr(1, cook) > HALF
    return Influence(study, away, cook, change, marked=bool(far or share > 3 / len(y) or abs(shift) > 1))


def _without(values: Array, at: int) -> Array:
    return np.concatenate([values[:at], values[at + 1 :]])


def _step(name: str, y: Array, v: Array, choices: Choices) -> Step | None:
    try:
        found = mean_fit(y, v, choices)
    except NotConverged:
        return None
    return Step(name, len(y), found.estimate, found.se, found.ci, found.tau2)
