"""The peer of the race, run in a virtualenv of its own: Polars sums each licensee's hours, OpenFisca decides.

python -m benchmarks.roster_peer FOLDER LICENSEES RUNS
"""

import json
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
from openfisca_core import entities, periods, taxbenefitsystems, variables
from openfisca_core.simulations import SimulationBuilder

from benchmarks.roster_flat import FIRST, LAST, TODAY, checksum, files

ANSWERS = ("compliant", "d_total", "d_eth", "d_sui", "carry", "days", "counted")
YEAR = "2026"


def system() -> Any:
    """The rule as a tax and benefit system over licensees with their hours summed."""
    licensee = entities.Entity("licensee", "licensees", "", "")

    def variable(name: str, kind: type, formula: Any = None) -> type:
        told = {"value_type": kind, "entity": licensee, "definition_period": periods.DateUnit.YEAR, "label": name}
        return type(name, (variables.Variable,), told | ({"formula": formula} if formula else {}))

    def counted(who: Any, period: Any) -> Any:
        online = np.minimum(who("asynchronous", period), 20)
        return who("live", period) + online + np.minimum(who("prior_excess", period), 10)

    def suicide(who: Any, period: Any) -> Any:
        return np.maximum(0, np.where(who("renewal_index", period) % 2 == 0, 3, 0) - who("suicide", period))

    def compliant(who: Any, period: Any) -> Any:
        return (who("d_total", period) == 0) * (who("d_eth", period) == 0) * (who("d_sui", period) == 0)

    found = taxbenefitsystems.TaxBenefitSystem([licensee])
    given = [variable(name, float) for name in ("live", "asynchronous", "ethics", "suicide", "prior_excess")]
    given += [variable(name, int) for name in ("birth_month", "renewal_index")]
    derived = [
        variable("counted", float, counted),
        variable("d_total", float, lambda who, period: np.maximum(0, 40 - who("counted", period))),
        variable("d_eth", float, lambda who, period: np.maximum(0, 6 - who("ethics", period))),
        variable("d_sui", float, suicide),
        variable("carry", float, lambda who, period: np.clip(who("counted", period) - 40, 0, 10)),
        variable("days", int, lambda who, period: LAST[who("birth_month", period)] - TODAY),
        variable("compliant", bool, compliant),
    ]
    for each in given + derived:
        found.add_variable(each)
    return found


def summed(licensees: Path, credits: Path) -> dict[str, Any]:
    """Each licensee's hours by kind, inside the window."""
    months = pl.DataFrame({"birth_month": np.arange(1, 13, dtype=np.int8), "first": FIRST[1:], "last": LAST[1:]}).lazy()
    people = pl.scan_parquet(licensees)
    windows = people.join(months, on="birth_month", how="left").select("licensee_id", "first", "last")

    def hours(which: pl.Expr) -> pl.Expr:
        return pl.when(which).then("hours").otherwise(0.0).sum()

    sums = (
        pl.scan_parquet(credits)
        .join(windows, on="licensee_id")
        .filter((pl.col("date") >= pl.col("first")) & (pl.col("date") <= pl.col("last")))
        .group_by("licensee_id")
        .agg(
            asynchronous=hours(pl.col("format") == 2),
            live=hours(pl.col("format") != 2),
            ethics=hours(pl.col("topic") == 1),
            suicide=hours(pl.col("topic") == 2),
        )
    )
    names = ("asynchronous", "live", "ethics", "suicide")
    table = people.join(sums, on="licensee_id", how="left", maintain_order="left").with_columns(pl.col(names).fill_null(0)).collect()
    return {name: table[name].to_numpy() for name in table.columns if name != "licensee_id"}


def main() -> None:
    """Print the median time, the stages, and the sum over the answers as JSON."""
    licensees, credits = files(Path(sys.argv[1]), int(sys.argv[2]))
    rules, taken, answers = system(), [], {}
    for _ in range(int(sys.argv[3])):
        began = time.perf_counter()
        table = summed(licensees, credits)
        ready = time.perf_counter()
        builder = SimulationBuilder()
        builder.create_entities(rules)
        builder.declare_person_entity("licensee", np.arange(len(table["live"])))
        simulation = builder.build(rules)
        for name, values in table.items():
            simulation.set_input(name, YEAR, values)
        answers = {name: simulation.calculate(name, YEAR) for name in ANSWERS}
        taken.append((time.perf_counter() - began, ready - began))
    total, aggregate = np.median(np.array(taken), axis=0)
    print(json.dumps({"seconds": total, "aggregate": aggregate, "rule": total - aggregate, "check": checksum(answers)}))


if __name__ == "__main__":
    main()
