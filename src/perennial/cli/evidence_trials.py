"""`perennial evidence import --format metapsy`: puts a trial database on the site, for everybody."""

import json
from pathlib import Path

import click
from django.utils import timezone

from perennial.apps.trials.services import Told, take_in
from perennial.cli.unusable import Unusable
from perennial.core.synthesis.choosing import choose
from perennial.core.synthesis.metapsy import read_trials
from perennial.core.synthesis.table import Unreadable
from perennial.core.synthesis.words import left_out_words
from perennial.core.values import Problem, Refusal

METAPSY = "metapsy"
CREDIT = "Metapsy project (metapsy.org) and the authors named there; Open Data Commons Attribution License."


def trials(file: Path, *, title: str, credit: str, as_json: bool) -> int:
    """Take FILE in. Status 0: every row can be pooled; 1: some were left out, each reason is told."""
    name = title or file.stem.replace("-", " ").replace("_", " ").capitalize()
    try:
        with file.open("rb") as body:
            read = read_trials(body, file.name)
        chosen = choose(read)
        with file.open("rb") as body:
            kept = take_in(file=body, told=Told(name, credit or CREDIT), owner=None, at=timezone.now())
    except Unreadable as fault:
        raise Unusable(fault.problem) from fault
    except Refusal as refusal:
        raise Unusable(Problem(str(file), "was not taken", str(refusal))) from refusal
    faults = [one.problem for one in chosen.left_out if one.problem]
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
    for problem in faults[:20]:
        click.echo(str(problem), err=True)
    return int(bool(faults))
