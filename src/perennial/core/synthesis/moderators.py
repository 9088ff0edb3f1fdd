"""What effects differ by: subgroups, and meta-regression on several columns."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from perennial.core.synthesis.bias import arrays
from perennial.core.synthesis.models import Array, fit
from perennial.core.synthesis.pooling import per_study, pool
from perennial.core.synthesis.values import DEFAULT, Choices, Effect, Effects, Fit, NotConverged, Subgroups
from perennial.core.values.late import late

special = late("scipy.special")


def subgroups(effects: Effects, level_of: Callable[[Effect], str], choices: Choices = DEFAULT) -> Subgroups:
    """Pool each level on its own, with a tau2 of its own, and test whether the levels differ.

    A study with effects at several levels is in each of them. The test is metafor's `rma(estimates, sei=errors, method="FE")` over the
    levels: Q of the estimates by their standard errors. A level of which all standard errors are 0 takes no part in it.
    """
    levels: dict[str, list[Effect]] = {}
    for one in effects:
        levels.setdefault(level_of(one), []).append(one)
    groups, failed = {}, {}
    for level, rows in sorted(levels.items()):
        try:
            groups[level] = pool(rows, choices)
        except (NotConverged, ValueError) as fault:
            failed[level] = str(fault)
    times = Counter(study for rows in levels.values() for study in {one.study for one in rows})
    shared = tuple(sorted(study for study, count in times.items() if count > 1))
    q, p = between([(one.estimate, one.se) for one in groups.values() if one.se > 0])
    return Subgroups(groups, q, p, shared, failed)


def between(estimates: Sequence[tuple[float, float]]) -> tuple[float | None, float | None]:
    """The test between estimates with standard errors above 0: Q and p, or None with fewer than two."""
    if len(estimates) < 2:
        return None, None
    y = np.array([estimate for estimate, _ in estimates])
    w = np.array([1 / error**2 for _, error in estimates])
    q = float(w @ (y - (w @ y) / w.sum()) ** 2)
    return q, float(special.chdtrc(len(estimates) - 1, q))


@dataclass(frozen=True, slots=True)
class Regression:
    """A meta-regression: the fit, the level that each column of words is compared with, and the studies without a value, left out."""

    fit: Fit
    references: Mapping[str, str]
    left_out: tuple[str, ...]


def regress(effects: Effects, columns: Sequence[str], choices: Choices = DEFAULT) -> Regression:
    """Meta-regression of effects, pooled per study before, on the columns that they tell of.

    A column of figures is a slope; one of words is compared with its first level in the alphabet. Metafor's
    `rma(yi, vi, mods = ~ a + factor(b), test="knha")`. Raises TooFew, NotConverged, and ValueError for columns that depend on one another.
    """
    rows = per_study(effects, choices)
    kept = [one for one in rows if all(one.told.get(column) for column in columns)]
    names, values, references = ["intercept"], [np.ones(len(kept))], {}
    for column in columns:
        told = [one.told[column] for one in kept]
        figures = _figures(told)
        if figures is not None:
            names.append(column)
            values.append(figures)
            continue
        first, *others = sorted(set(told)) or [""]
        references[column] = first
        names += [f"{column}: {level}" for level in others]
        values += [np.array([float(one == level) for one in told]) for level in others]
    y, v = arrays(kept)
    found = fit(y, v, np.column_stack(values), names, choices)
    return Regression(found, references, tuple(one.study for one in rows if one not in kept))


def _figures(told: Sequence[str]) -> Array | None:
    try:
        found = np.array([float(one.replace(",", ".")) for one in told])
    except ValueError:
        return None
    return found if np.isfinite(found).all() else None
