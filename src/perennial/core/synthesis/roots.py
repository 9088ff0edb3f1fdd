"""Where a falling function crosses 0, by the method of Brent (Algorithms for Minimization without Derivatives, 1973, chapter 4).

R's `uniroot` is this method, and stops as soon as it is near enough by its tolerance. metafor finds its Paule-Mandel variance and the
bounds of its Q-profile intervals with it, at a tolerance of about 0.0001, so that equal figures need equal steps.
"""

from collections.abc import Callable
from dataclasses import dataclass
from sys import float_info

TOLERANCE = float_info.epsilon**0.25


def crossing(of: Callable[[float], float], low: float, high: float, tolerance: float = TOLERANCE, most: int = 1000) -> float | None:
    """The place in [low, high] where `of` is 0, to half the tolerance; None where its signs at the ends are alike or `most` steps pass."""
    start = _Around(low, high, low, of(low), of(high), of(low))
    if start.at_last == 0:
        return low
    if start.at_best != 0 and (start.at_last > 0) == (start.at_best > 0):
        return None
    here = start
    for _ in range(most + 1):
        before = here.best - here.last
        if abs(here.at_other) < abs(here.at_best):
            here = _Around(here.best, here.other, here.best, here.at_best, here.at_other, here.at_best)
        near = 2 * float_info.epsilon * abs(here.best) + tolerance / 2
        if here.at_best == 0 or abs(here.other - here.best) / 2 <= near:
            return here.best
        step = here.step(before, near)
        place = here.best + (step if abs(step) >= near else near if step > 0 else -near)
        here = here.moved(place, of(place))
    return None


@dataclass(frozen=True, slots=True)
class _Around:
    """Three places and the values there: the best, the one before it, and the one on the other side of the crossing."""

    last: float
    best: float
    other: float
    at_last: float
    at_best: float
    at_other: float

    def moved(self, place: float, value: float) -> "_Around":
        """With a new best place; the old best is on the other side where the signs say so."""
        if value != 0 and (value > 0) == (self.at_other > 0):
            return _Around(self.best, place, self.best, self.at_best, value, self.at_best)
        return _Around(self.best, place, self.other, self.at_best, value, self.at_other)

    def step(self, before: float, near: float) -> float:
        """How far to go from the best: by the line or the inverse parabola through the points, or half the interval where that would lead
        too far or the last step was short."""
        wide = self.other - self.best
        if abs(before) < near or abs(self.at_last) <= abs(self.at_best):
            return wide / 2
        ratio = self.at_best / self.at_last
        if self.last == self.other:
            upper, lower = wide * ratio, 1 - ratio
        else:
            first, second = self.at_last / self.at_other, self.at_best / self.at_other
            upper = ratio * (wide * first * (first - second) - (self.best - self.last) * (second - 1))
            lower = (first - 1) * (second - 1) * (ratio - 1)
        upper, lower = (upper, -lower) if upper > 0 else (-upper, lower)
        fits = upper < 0.75 * wide * lower - abs(near * lower) / 2 and upper < abs(before * lower / 2)
        return upper / lower if fits else wide / 2
