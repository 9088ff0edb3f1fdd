"""What holds for any effects, and the cases in which a figure does not exist."""

import math
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perennial.core.synthesis import models
from perennial.core.synthesis.levels import three_level
from perennial.core.synthesis.moderators import regress, subgroups
from perennial.core.synthesis.moving import cumulative, leave_one_out
from perennial.core.synthesis.pooling import aggregate, pool
from perennial.core.synthesis.roots import crossing
from perennial.core.synthesis.values import Choices, Effect, NotConverged, TooFew

NUMBERS = st.tuples(st.floats(-2, 2), st.floats(0.05, 1.0), st.integers(0, 12))
SOME = st.lists(NUMBERS, min_size=3, max_size=20)
DL = Choices(method="DL")


def effects(told: list[tuple[float, float, int]]) -> list[Effect]:
    return [Effect(f"S{study}", y, se * se, 2000 + study) for y, se, study in told]


@settings(max_examples=25, deadline=None)
@given(SOME, st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(told: list[tuple[float, float, int]], draw: "object") -> None:
    rows = effects(told)
    mixed = list(rows)
    draw.shuffle(mixed)  # type: ignore[attr-defined]  # hypothesis gives a Random
    one, other = pool(rows, DL), pool(mixed, DL)
    assert [one.estimate, one.se, one.tau2, one.q] == pytest.approx([other.estimate, other.se, other.tau2, other.q], abs=1e-9)


@settings(max_examples=25, deadline=None)
@given(SOME)
def test_turning_every_sign_turns_the_estimate_and_nothing_else(told: list[tuple[float, float, int]]) -> None:
    rows = effects(told)
    one, other = pool(rows, DL), pool([replace(row, y=-row.y) for row in rows], DL)
    assert one.estimate == pytest.approx(-other.estimate, abs=1e-12)
    assert [one.se, one.tau2, one.i2] == pytest.approx([other.se, other.tau2, other.i2], abs=1e-9)


@settings(max_examples=25, deadline=None)
@given(SOME, st.floats(0.1, 10))
def test_another_unit_scales_everything(told: list[tuple[float, float, int]], unit: float) -> None:
    rows = effects(told)
    one, other = pool(rows, DL), pool([replace(row, y=unit * row.y, v=unit**2 * row.v) for row in rows], DL)
    assert other.estimate == pytest.approx(unit * one.estimate, abs=1e-9)
    assert (other.tau2 or 0) == pytest.approx(unit**2 * (one.tau2 or 0), abs=1e-9)
    assert other.i2 == pytest.approx(one.i2, abs=1e-6)


@settings(max_examples=25, deadline=None)
@given(SOME, st.sampled_from(["REML", "PM", "DL"]))
def test_no_variance_is_below_0_and_intervals_hold_what_they_are_of(told: list[tuple[float, float, int]], method: str) -> None:
    try:
        found = pool(effects(told), Choices(method=method))  # type: ignore[arg-type]
    except NotConverged:
        return
    assert found.ci.low <= found.estimate <= found.ci.high
    if found.tau2 is not None and found.i2 is not None and found.prediction_interval:
        assert found.tau2 >= 0
        assert 0 <= found.i2 <= 100
        assert found.prediction_interval.low <= found.ci.low + 1e-12
    assert sum(found.weights) == pytest.approx(100)


def test_one_study_has_its_own_interval_and_no_heterogeneity() -> None:
    found = pool([Effect("A", 0.5, 0.04), Effect("A", 0.7, 0.04)])
    assert [found.k, found.estimate] == pytest.approx([1, 0.6])
    assert found.se == pytest.approx(math.sqrt(0.03))
    assert [found.tau2, found.i2, found.q, found.q_p, found.prediction_interval, found.egger, found.trim_fill] == [None] * 7


def test_equal_effects_have_no_spread_and_no_width() -> None:
    found = pool([Effect(name, 0.5, v) for name, v in (("A", 0.04), ("B", 0.1), ("C", 0.2))])
    # rma(c(.5, .5, .5), c(.04, .1, .2), test = "knha"): beta .5, se 0, tau2 0, QE 0, QEp 1
    assert (found.estimate, found.se, found.tau2, found.i2) == (0.5, 0, 0, 0)
    assert [found.q, found.q_p] == pytest.approx([0, 1])
    assert (found.egger, found.p) == (None, None)


def test_equal_errors_leave_the_funnel_untold() -> None:
    found = pool([Effect(name, y, 0.04) for name, y in (("A", 0.1), ("B", 0.5), ("C", 0.9))])
    assert (found.egger, found.egger_classic, found.trim_fill) == (None, None, None)
    assert found.tau2 == pytest.approx(0.12)


def test_two_studies_pool_without_a_funnel() -> None:
    found = pool([Effect("A", 0.1, 0.04), Effect("B", 0.9, 0.05)])
    assert found.k == 2
    assert (found.egger, found.trim_fill) == (None, None)
    assert found.tau2_ci
    assert math.isinf(found.tau2_ci.high)  # confint(r): above 100


@pytest.mark.parametrize("v", [0.0, -0.1, math.nan, math.inf])
def test_a_variance_that_is_none_is_refused_by_name(v: float) -> None:
    with pytest.raises(ValueError, match="the effect of B has no variance above 0"):
        pool([Effect("A", 0.1, 0.04), Effect("B", 0.1, v)])


def test_nothing_to_pool_is_said() -> None:
    with pytest.raises(TooFew, match="no effect"):
        pool([])
    with pytest.raises(TooFew, match="at least three effects"):
        three_level([Effect("A", 0.1, 0.1), Effect("B", 0.1, 0.1)])
    with pytest.raises(TooFew, match="too few"):
        regress([Effect("A", 0.1, 0.1, told={"x": "1"}), Effect("B", 0.3, 0.1, told={"x": "2"})], ["x"])


def test_a_moderator_that_never_changes_is_refused() -> None:
    rows = [Effect(name, 0.1 * place, 0.1, told={"x": "3"}) for place, name in enumerate("ABCDE")]
    with pytest.raises(ValueError, match="leave one out"):
        regress(rows, ["x"])


def test_aggregating_one_correlation_is_the_generalized_mean() -> None:
    # With these effects as d, metafor has 0.904 and 0.0096 for: aggregate(d, cluster = rep(1, 3), struct = "CS", rho = 0.5)
    (one,) = aggregate([Effect("A", 0.2, 0.04, 2001), Effect("A", 0.5, 0.09, 2001), Effect("A", 0.9, 0.01, 2001)], 0.5)
    assert [one.y, one.v, one.year] == pytest.approx([0.904, 0.0096, 2001])


@pytest.mark.parametrize("rho", [1.0, -1.0, -0.6])
def test_an_impossible_correlation_is_refused(rho: float) -> None:
    with pytest.raises(ValueError, match="correlation"):
        aggregate([Effect("A", 0.2, 0.04), Effect("A", 0.5, 0.09), Effect("A", 0.9, 0.01)], rho)


def test_effects_without_a_year_are_not_in_the_plot_of_years() -> None:
    assert cumulative([Effect("A", 0.1, 0.1, 2001), Effect("B", 0.2, 0.1)])[-1].k == 1
    assert leave_one_out([Effect("A", 0.1, 0.1)]) == ()


def test_a_study_at_several_levels_is_named() -> None:
    rows = [Effect("A", 0.1, 0.1, told={"x": "1"}), Effect("A", 0.2, 0.1, told={"x": "2"}), Effect("B", 0.3, 0.1, told={"x": "2"})]
    found = subgroups(rows, lambda one: one.told["x"])
    assert (found.shared, {name: one.k for name, one in found.groups.items()}) == (("A",), {"1": 1, "2": 2})


def test_crossing_is_found_to_half_the_tolerance_or_not_at_all() -> None:
    found = crossing(lambda x: x**3 - 2, 0, 10, tolerance=1e-12)
    assert found == pytest.approx(2 ** (1 / 3), abs=1e-11)
    assert crossing(lambda x: x + 1, 0, 10) is None
    assert (crossing(lambda x: x, 0, 1), crossing(lambda x: x - 1, 0, 1)) == (0, 1)


STUBBORN = ((0.51, 0.044), (1.07, 0.305), (0.79, 0.07), (0.93, 0.184), (0.76, 0.06), (0.8, 0.071), (0.98, 0.006), (0.84, 0.093))


def stubborn() -> list[Effect]:
    return [Effect(f"S{place}", y, v, 2000 + place) for place, (y, v) in enumerate(STUBBORN)]


def test_where_whole_steps_jump_to_and_fro_half_ones_are_taken() -> None:
    # metafor 3.8-1: rma(y, v, test = "knha") does not converge; with control = list(stepadj = 0.5, maxiter = 1000): beta, tau2, se
    found = pool(stubborn())
    assert [found.estimate, found.tau2, found.se] == pytest.approx([0.8488862360958556, 0.0110198634907836, 0.0609451370616098], abs=1e-12)


def test_where_no_steps_end_another_method_is_named_and_the_plot_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(models, "MOST_HALF_STEPS", 1)
    with pytest.raises(NotConverged, match="choose Paule-Mandel"):
        pool(stubborn())
    assert pool(stubborn(), Choices(method="PM")).tau2 == 0
    assert [one.name for one in cumulative(stubborn())] == ["2000", "2001", "2002", "2003", "2004", "2005"]


def test_trim_and_fill_that_finds_no_variance_leaves_the_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    # metafor 3.8-1: rma(y, v, test = "knha") converges, trimfill of it only with control = list(stepadj = 0.5, maxiter = 1000): k0, beta
    told = ((1.01, 0.015), (0.14, 0.264), (0.71, 0.032), (0.9, 0.006), (0.07, 0.173))
    rows = [Effect(f"S{place}", y, v) for place, (y, v) in enumerate(told)]
    found = pool(rows)
    assert found.tau2 == pytest.approx(0.00981817713556, abs=1e-12)
    assert found.trim_fill
    assert [found.trim_fill.k0, found.trim_fill.estimate] == pytest.approx([2, 0.905275551849], abs=1e-9)
    monkeypatch.setattr(models, "MOST_HALF_STEPS", 1)
    assert pool(rows).trim_fill is None
