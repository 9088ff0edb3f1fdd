"""`perennial roster`: judge every licensee of a roster, from Parquet to Parquet."""

import json
import signal
import sys
import time
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from perennial.cli.unusable import Unusable
from perennial.core.rules import load
from perennial.core.rules.roster.cluster import Cluster
from perennial.core.rules.roster.reading import UnusableRoster
from perennial.core.rules.roster.run import AT_ONCE, Files, Processes, Summary, Ways, evaluate_roster

FILE = click.Path(path_type=Path)


@click.group()
def roster() -> None:
    """Whole rosters of licensees."""


@roster.command()
@click.argument("licensees", type=FILE)
@click.argument("credits", type=FILE)
@click.option("--out", type=FILE, required=True, help="Where the answers go (Parquet).")
@click.option("--rejects", type=FILE, help="Where rows go that cannot be judged (default: beside the answers, .rejects.parquet).")
@click.option("--engine", type=click.Choice(["local", "ray"]), default="local", show_default=True, help="This machine, or a Ray cluster.")
@click.option(
    "--workers",
    type=click.IntRange(1, 64),
    default=2,
    show_default=True,
    help="Chunks judged at once, where no cluster is named (RAY_ADDRESS).",
)
@click.option("--chunk", type=click.IntRange(1), default=AT_ONCE, show_default=True, help="Licensees in a chunk; fewer need less memory.")
@click.option("--on", "day", type=click.DateTime(["%Y-%m-%d"]), help="The day asked about (default: the day each license expires).")
@click.option("--progress/--quiet", default=None, help="Tell on standard error how far it is (default: on a terminal).")
@click.option("--json", "as_json", is_flag=True, help="Tell the outcome as JSON.")
def evaluate(licensees: Path, credits: Path, out: Path, rejects: Path | None, day: datetime | None, **how: Any) -> int:
    """Judge a roster. Status 0: every row was judged; 1: rows were set aside, the others judged; 2: unusable input."""
    files = Files(licensees, credits, out, rejects or out.with_name(f"{out.stem}.rejects.parquet"))
    engine = Cluster(how["workers"]) if how["engine"] == "ray" else Processes(how["workers"])
    shown = sys.stderr.isatty() if how["progress"] is None else how["progress"]
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # ends as Ctrl+C does: nothing stays half written
    began = time.monotonic()
    try:
        summary = evaluate_roster(load(), files, day.date() if day else None, Ways(engine, how["chunk"], _Told() if shown else None))
    except UnusableRoster as fault:
        raise Unusable(fault.problem) from fault
    taken = time.monotonic() - began
    if how["as_json"]:
        click.echo(json.dumps(_as_json(summary, files, taken), indent=2, ensure_ascii=False))
    else:
        _tell(summary, files, taken)
    return 1 if summary.set_aside else 0


@dataclass(slots=True)
class _Told:
    """Tells on standard error how far the work is: licensees done, of how many, how fast, and how long it will take."""

    began: float = field(default_factory=time.monotonic)

    def __call__(self, done: int, many: int) -> None:
        rate = done / max(time.monotonic() - self.began, 0.001)
        left = (many - done) / rate if rate else 0
        end = "\n" if done >= many else "\r"
        click.echo(f"{done:,} of {many:,} licensees, {rate:,.0f} a second, {left:.0f} s left   {end}", nl=False, err=True)


def _tell(summary: Summary, files: Files, taken: float) -> None:
    for column in summary.unused:
        click.echo(f"Column not used: {column}")
    click.echo(
        f"{summary.evaluated:,} of {summary.licensees:,} licensees judged from {summary.credits:,} credits in {taken:.1f} s: {files.out}"
    )
    click.echo(f"  compliant {summary.compliant:,}, not compliant {summary.not_compliant:,}, not known {summary.not_known:,}")
    click.echo(f"  certain {summary.certain:,}")
    if summary.set_aside:
        click.echo(f"{summary.set_aside.total():,} rows set aside: {files.rejects}")
    for reason, many in summary.set_aside.most_common():
        click.echo(f"  {many:,} {reason}")


def _as_json(summary: Summary, files: Files, taken: float) -> dict[str, Any]:
    return {
        "licensees": summary.licensees,
        "credits": summary.credits,
        "evaluated": summary.evaluated,
        "compliant": summary.compliant,
        "not_compliant": summary.not_compliant,
        "not_known": summary.not_known,
        "certain": summary.certain,
        "set_aside": summary.set_aside.total(),
        "reasons": dict(summary.set_aside.most_common()),
        "unused_columns": list(summary.unused),
        "out": str(files.out),
        "rejects": str(files.rejects),
        "seconds": round(taken, 3),
    }
