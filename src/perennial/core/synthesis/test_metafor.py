"""Pooled figures against those that metafor computed; metafor.toml holds them beside the calls that made them."""

import io
import tomllib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from perennial.core.synthesis.bias import arrays
from perennial.core.synthesis.builders import csv_of, events, trials
from perennial.core.synthesis.choosing import Selection, Where, choose
from perennial.core.synthesis.levels import three_level
from perennial.core.synthesis.metapsy import read_trials
from perennial.core.synthesis.models import intercept_fit
from perennial.core.synthesis.moderators import regress, subgroups
from perennial.core.synthesis.moving import cumulative, influence, leave_one_out
from perennial.core.synthesis.pooling import aggregate, pool
from perennial.core.synthesis.sizes import hedges_g
from perennial.core.synthesis.values import METHODS, Choices, Effect, Effects, Interval, Pooled

FIGURES = tomllib.loads((Path(__file__).parent / "metafor.toml").read_text(encoding="utf-8"))
SHARED = Path(__file__).parents[5] / "shared" / "evidence"
NEAR = 1e-9


def near(values: object) -> object:
    return pytest.approx(values, rel=NEAR, abs=NEAR)


def made(rows: Sequence[dict[str, object]]) -> Effects:
    return choose(read_trials(io.BytesIO(csv_of(rows)), "made.csv")).effects


def choices(name: str) -> Choices:
    method = next((one for one in METHODS if one in name.split()), METHODS[0])
    return Choices(method=method, knapp_hartung=not name.endswith("z"))


def ends(interval: Interval | None) -> list[float]:
    assert interval
    return [interval.low, interval.high]


def holds(found: Pooled, wanted: dict[str, object]) -> None:
    assert found.egger
    assert found.egger_classic
    assert found.trim_fill
    for name in ("k", "estimate", "se", "tau2", "i2", "q", "q_p"):
        assert getattr(found, name) == near(wanted[name]), name
    assert ends(found.ci) == near(wanted["ci"])
    assert ends(found.prediction_interval) == near(wanted["pi"])
    assert ends(found.tau2_ci) == near(wanted["tau2_ci"])
    assert ends(found.i2_ci) == near(wanted["i2_ci"])
    assert [found.egger.t, found.egger.p] == near(wanted["egger"])
    assert [found.egger_classic.t, found.egger_classic.p] == near(wanted["classic"])
    assert (found.trim_fill.k0, found.trim_fill.side) == (wanted["k0"], wanted["side"])
    assert found.trim_fill.estimate == near(wanted["filled"])


@pytest.mark.parametrize("name", [name for name in FIGURES if name.startswith("made")])
def test_made_up_trials_pool_as_in_metafor(name: str) -> None:
    effects = made(events() if "events" in name else trials())
    holds(pool(effects, choices(name)), FIGURES[name])


@pytest.mark.parametrize("name", [name for name in FIGURES if not name.startswith("made")])
def test_each_open_database_pools_as_in_metafor(name: str) -> None:
    file, *rest = name.split()
    path = SHARED / f"{file}.csv"
    if not path.exists():
        pytest.skip("the open databases are not beside this checkout (../shared/evidence)")
    where = (Where("format", (rest[1],)),) if rest[0] == "format" else ()
    with path.open("rb") as body:
        chosen = choose(read_trials(body, path.name), Selection("log_rr" if "log_rr" in rest else None, None, where))
    holds(pool(chosen.effects, choices(name)), FIGURES[name])


def test_one_common_effect() -> None:
    # rma(yi, vi, data = a, method = "FE"): beta, se, I2, QE
    found = pool(made(trials()), Choices(method="FE"))
    assert [found.estimate, found.se, found.i2, found.q] == near([0.55656126559968, 0.0457085326337435, 76.6838640209712, 55.7553790717835])
    assert (found.tau2, found.prediction_interval) == (None, None)


def test_regression_on_a_year_and_a_word() -> None:
    # rma(yi, vi, mods = ~ year + factor(format), data = a, test = "knha"): beta, se, QM (an F), QMp, tau2
    found = regress(made(trials()), ["year", "format"])
    assert found.fit.names == ("intercept", "year", "format: gsh", "format: ind")
    assert found.references == {"format": "grp"}
    assert found.fit.estimates == near((15.9867807621637, -0.00767107382950933, 0.124893504494697, -0.133553266903107))
    assert found.fit.se == near((25.6838502597427, 0.0127830486049808, 0.259785035025745, 0.243155620520553))
    assert found.fit.omnibus == near((0.430912715240082, 0.735432213689303))
    assert found.fit.tau2 == near(0.114413569880134)


def test_years_added_one_by_one() -> None:
    # cumul(r, order = a$year): estimate, se and tau2 of some steps
    steps = cumulative(made(trials()))
    assert [one.name for one in steps][:3] == ["1995", "1997", "1999"]
    assert [steps[0].estimate, steps[1].estimate, steps[6].estimate] == near([0.1315, 0.15570807733757, 0.630344381530582])
    assert [steps[0].se, steps[1].se, steps[6].se] == near([0.1314, 0.0441972431756702, 0.13205585568639])
    assert [steps[0].tau2, steps[1].tau2, steps[6].tau2] == near([0, 0, 0.0875729311237552])


def test_each_study_left_out() -> None:
    # leave1out(r): the first three
    found = leave_one_out(made(trials()))[:3]
    assert [one.estimate for one in found] == near([0.605842028579736, 0.588073850699898, 0.536668055133418])
    assert [one.se for one in found] == near([0.0949477991054459, 0.0984515890131658, 0.0939681489742421])
    assert [one.tau2 for one in found] == near([0.0836018493348368, 0.0962521324636645, 0.0887551784563178])


def test_influence_of_each_study() -> None:
    # influence(r): rstudent, cook.d and dffits of the first three; none is marked
    found = influence(made(trials()))
    assert [one.away for one in found[:3]] == near([-1.44987688539276, -0.88398251177529, 1.37836817171962])
    assert [one.cook for one in found[:3]] == near([0.173684368346677, 0.052402652952281, 0.0989265689521717])
    assert [one.change for one in found[:3]] == near([-0.436547222956149, -0.227352543301077, 0.323273674878571])
    assert not any(one.marked for one in found)
    far = influence([*[Effect(f"S{n}", 0.1 * (n % 3), 0.02) for n in range(9)], Effect("far", 3.0, 0.02)])
    assert [one.study for one in far if one.marked] == ["far"]
    assert influence([Effect(name, 0.5, 0.1) for name in "ABC"])[0].away is None


def test_three_levels_to_the_sixth_place() -> None:
    # rma.mv(yi, vi, random = ~ 1 | study/row, data = d, test = "t"): beta, se, ci, sigma2, logLik; its search stops near the sixth place
    found = three_level(made(trials()))
    told = [found.estimate, found.se, *ends(found.ci), found.between, found.within, found.log_likelihood]
    wanted = [0.569458202227556, 0.0955540184954835, 0.371291296739769, 0.767625107715342, 0.0982748226361069, 2.4e-12, -2.32845385037093]
    assert told == pytest.approx(wanted, abs=1e-6)


def test_subgroups_and_the_test_between_them() -> None:
    # rma of each split(d, d$format), aggregated; then rma(estimates, sei = errors, method = "FE"): QE, QEp
    found = subgroups(made(trials()), lambda one: one.told["format"])
    assert {level: one.k for level, one in found.groups.items()} == {"grp": 5, "gsh": 4, "ind": 5}
    assert [one.estimate for one in found.groups.values()] == near([0.587210744599423, 0.716417476945406, 0.462491269075139])
    assert [one.se for one in found.groups.values()] == near([0.119238664282058, 0.27693759548019, 0.121105597815037])
    assert [found.q, found.p] == near([0.971438200298933, 0.615254607969972])


def test_hedges_g_of_means() -> None:
    # escalc(measure = "SMD", m1i = 17.5, sd1i = 12.6, n1i = 40, m2i = 14.1, sd2i = 12.4, n2i = 35): yi, vi
    assert hedges_g((17.5, 12.6, 40), (14.1, 12.4, 35)) == near((0.269038283006611, 0.0540539725562495))


def test_reml_stops_where_metafor_stops_and_not_at_the_optimum() -> None:
    rows = aggregate(made(trials()), 0.5)
    y, v = arrays(rows)
    stopped = intercept_fit(y, v, Choices()).tau2
    grid = np.linspace(stopped - 1e-4, stopped + 1e-4, 2001)

    def likelihood(tau2: float) -> float:
        w = 1 / (v + tau2)
        away = y - (w @ y) / w.sum()
        return float(0.5 * (np.log(w).sum() - np.log(w.sum()) - w @ away**2))

    best = float(grid[np.argmax([likelihood(one) for one in grid])])
    assert abs(best - stopped) < 2e-5


def test_the_worked_table_of_the_document() -> None:
    # With these as y and v: r <- rma(y, v, test = "knha"); predict(r); confint(r); regtest(r); trimfill(r)
    found = pool([Effect(name, y, v) for name, y, v in (("A", 0.2, 0.04), ("B", 0.5, 0.09), ("C", 0.9, 0.01))])
    told = [found.estimate, found.se, *ends(found.ci), *ends(found.prediction_interval), *ends(found.tau2_ci), *ends(found.i2_ci)]
    wanted = [0.564972, 0.214348, -0.357292, 1.487237, -1.171226, 2.301171, 0.009881, 4.847548, 22.015397, 99.283161]
    assert told == pytest.approx(wanted, abs=6e-7)
    assert [found.tau2, found.i2, found.q, found.q_p] == pytest.approx([0.116882, 76.955776, 10.489796, 0.005274], abs=6e-7)
    assert found.egger
    assert [found.egger.t, found.egger.p] == pytest.approx([-0.822871, 0.561667], abs=6e-7)
    assert found.trim_fill
    assert (found.trim_fill.k0, found.trim_fill.side) == (2, "right")
    assert found.trim_fill.estimate == pytest.approx(0.9)
    assert found.weights == pytest.approx((33.39, 25.32, 41.29), abs=0.005)
