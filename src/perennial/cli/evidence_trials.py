"""`perennial evidence import --format metapsy`: puts a trial database on the site, for everybody."""

import json
from io import BytesIO
from pathlib import Path

import click
from django.utils import timezone

from perennial.apps.trials.services import Told, small_enough, take_in
from perennial.cli.unusable import Unusable
from perennial.core.synthesis.choosing import choose
from perennial.core.synthesis.metapsy import read_trials
from perennial.core.synthesis.table import Unreadable
from perennial.core.synthesis.words import left_out_words
from perennial.core.values import Problem, Refusal
from perennial.core.values.words import counted

METAPSY, SHOWN = "metapsy", 20
CREDIT = "Metapsy project (metapsy.org) and the authors named there; Open Data Commons Attribution License."


def trials(file: Path, *, title: str, credit: str, as_json: bool) -> int:
    """Take FILE in. Status 0: every row can be pooled; 1: some were left out, each reason is told."""
    name = title or file.stem.replace("-", " ").replace("_", " ").capitalize()
    try:
        with file.open("rb") as opened:
            body = small_enough(opened)
        read = read_trials(BytesIO(body), file.name)
        chosen = choose(read)
        kept = take_in(file=BytesIO(body), told=Told(name, credit or CREDIT), owner=None, at=timezone.now())
    except Unreadable as fault:
        raise Unusable(fault.problem) from fault
    except Refusal as refusal:
        raise Unusable(Problem(str(file), "was not taken", str(refusal))) from refusal
    figures = {fault for one in read.trials for fault in one.faults.values()}
    out = [*(one for one in read.problems if one not in figures), *(one.problem for one in chosen.left_out if one.problem)]
    faults = list(dict.fromkeys([*out, *read.problems]))
    told = {
        "slug": kept.slug,
        "title": kept.title,
        "credit": kept.credit,
        "rows": kept.rows,
        "effects": len(chosen.effects),
        "effect": chosen.kind,
        "direction": chosen.direction.sentence,
        "left_out": chosen.reasons(),
        "assumed": list(chosen.assumed),
    }
    if as_json:
        click.echo(json.dumps(told, indent=2, ensure_ascii=False))
    else:
        click.echo(f"{kept.rows} rows, {len(chosen.effects)} to pool, at /trials/{kept.slug}/. {left_out_words(chosen.reasons())}".strip())
        click.echo(f"Direction: {chosen.direction.sentence}.")
    for problem in faults[:SHOWN]:
        click.echo(str(problem), err=True)
    if len(faults) > SHOWN:
        click.echo(f"{file.name}: {counted(len(faults) - SHOWN, 'more fault')}", err=True)
    return int(bool(out))
