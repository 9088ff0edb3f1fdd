"""`perennial evidence`: takes over what others tell of published works."""

import json
from dataclasses import asdict
from pathlib import Path

import click
from django.db import DatabaseError
from django.utils import timezone

from perennial.apps.works.services import Imported, import_retractions
from perennial.cli.unusable import Unusable
from perennial.core.values import Problem


@click.group()
def evidence() -> None:
    """Take over what others tell of published works."""


@evidence.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--format", "form", type=click.Choice(["retractionwatch"]), required=True, help="What the file is.")
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
def import_(file: Path, form: str, *, as_json: bool) -> int:
    """Take over FILE, the CSV of the Retraction Watch database: works that courses cite are marked from then on.

    Status 0: all rows read; 1: some rows could not be read, each is named; 2: the file cannot be used.
    """
    try:
        with file.open(encoding="utf-8", errors="replace", newline="") as lines:
            done = import_retractions(lines=lines, at=timezone.now())
    except OSError as error:
        raise Unusable(Problem(str(file), f"cannot be opened ({error.strerror})", "Name a file that can be read.")) from error
    except DatabaseError as error:
        raise Unusable(Problem("database", " ".join(str(error).split()), "Run: perennial manage migrate")) from error
    if done.problems and not done.kept and not done.without_doi:
        raise Unusable(Problem(f"{file}: {done.problems[0].where}", done.problems[0].what, done.problems[0].mend))
    click.echo(json.dumps(asdict(done), indent=2, ensure_ascii=False) if as_json else told(done))
    return 1 if done.unread else 0


def told(done: Imported) -> str:
    """What was taken, for people."""
    lines = [f"{done.rows} rows: {done.kept} notices kept, {done.without_doi} about works without DOI left out, {done.unread} not read."]
    return "\n".join([*lines, *(f"  {problem}" for problem in done.problems)])
