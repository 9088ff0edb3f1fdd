"""Pooling 1,000 effects: REML with all that is shown beside it, and the plot of years; beside metafor where R has it.

make bench                        1,000 effects of 1,000 studies over 45 years
BENCH_SYNTHESIS=5000 make bench   another number

Ours is the whole of `pool` (REML, Knapp-Hartung, prediction interval, intervals of tau² and I², Egger twice, trim and fill) and
`cumulative`, one step for each year. R fits the model alone, by its own clock, without its start; with BENCH_PEER=1 it does the whole too,
which takes it minutes. Where the figures differ, it stops.
"""

import math
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from random import Random

from benchmarks.result import Result, median_ms
from perennial.core.synthesis.moving import cumulative, leave_one_out
from perennial.core.synthesis.pooling import pool
from perennial.core.synthesis.values import Effect

MOST_MS = 100
YEARS = range(1980, 2025)
PROGRAM = """
suppressMessages(library(metafor))
d <- read.csv(commandArgs(TRUE)[1])
fitted <- system.time(r <- rma(yi, vi, data = d, test = "knha"))[["elapsed"]]
rest <- function() {
  predict(r); confint(r); regtest(r); regtest(r, model = "lm"); trimfill(r)
  for (last in unique(d$year)) {
    a <- d[d$year <= last, ]
    try(rma(yi, vi, data = a, test = if (nrow(a) > 1) "knha" else "z"), silent = TRUE)
  }
}
whole <- if (Sys.getenv("BENCH_PEER") == "1") fitted + system.time(rest())[["elapsed"]] else 0
cat(sprintf("%.15g", c(fitted, whole, r$beta, r$tau2)), "\\n")
"""


def measure() -> Iterator[Result]:
    """Milliseconds of ours, and of metafor in the same run."""
    effects = sample(int(os.environ.get("BENCH_SYNTHESIS", "1000")))
    count = f"{len(effects):,} effects"
    pooled, moved = median_ms(lambda: pool(effects), 21), median_ms(lambda: cumulative(effects), 21)
    yield Result(f"Pooling {count} by REML, with intervals, Egger, trim and fill", pooled, "ms", MOST_MS)
    yield Result(f"The plot of {len(YEARS)} years of {count}", moved, "ms", MOST_MS)
    yield Result("Both together", pooled + moved, "ms", MOST_MS)
    yield Result(f"{count}, each left out once", median_ms(lambda: leave_one_out(effects), 3, 1), "ms", 1000)
    theirs = metafor(effects)
    if theirs is None:
        return
    found = pool(effects)
    if not math.isclose(theirs[2], found.estimate, rel_tol=1e-9) or not math.isclose(theirs[3], found.tau2 or 0, rel_tol=1e-9):
        raise ValueError(f"metafor has {theirs[2:]}, ours is {found.estimate, found.tau2}")
    yield Result("metafor in this run, the fit alone", 1000 * theirs[0], "ms", math.inf)
    if theirs[1]:
        yield Result("metafor in this run, all of both", 1000 * theirs[1], "ms", math.inf)


def sample(count: int) -> list[Effect]:
    """Made-up effects, the same for the same number, in order of years."""
    draw = Random(11)
    found = []
    for place in range(count):
        se = draw.uniform(0.08, 0.6)
        found.append(Effect(f"S{place}", draw.gauss(0.5 + 0.4 * se, 0.4) + draw.gauss(0, se), se**2, YEARS[place * len(YEARS) // count]))
    return found


def metafor(effects: list[Effect]) -> list[float] | None:
    """Seconds of metafor for the fit and (0 where not asked) for all of it, its estimate and tau²; None where R or metafor is not there."""
    program = shutil.which("Rscript")
    if program is None:
        return None
    with tempfile.TemporaryDirectory() as name:
        data, script = Path(name) / "effects.csv", Path(name) / "program.R"
        data.write_text("yi,vi,year\n" + "".join(f"{one.y!r},{one.v!r},{one.year}\n" for one in effects), encoding="utf-8")
        script.write_text(PROGRAM, encoding="utf-8")
        done = subprocess.run([program, str(script), str(data)], capture_output=True, text=True, check=False, timeout=900)
    return [float(one) for one in done.stdout.split()] if done.returncode == 0 else None
