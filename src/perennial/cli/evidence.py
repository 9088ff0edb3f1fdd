"""`perennial evidence`: takes over what others tell of published works."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import IO

import click
from django.db import DatabaseError
from django.utils import timezone

from perennial.apps.works.queries import WorkImport
from perennial.apps.works.services import Imported, import_file, import_retractions, tag_changed
from perennial.cli.evidence_index import index_
from perennial.cli.evidence_pool import pool_
from perennial.cli.evidence_trials import METAPSY, trials
from perennial.cli.progress import done, show
from perennial.cli.unusable import Unusable
from perennial.core.literature.reading import READERS
from perennial.core.values import Problem

RETRACTIONS = "retractionwatch"


@click.group()
def evidence() -> None:
    """Take over what others tell of published works, search in them, and pool the effects of trials."""


evidence.add_command(index_)
evidence.add_command(pool_)


@evidence.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--format", "form", type=click.Choice([METAPSY, RETRACTIONS, *READERS]), required=True, help="What the file is.")
@click.option("--title", default="", help="Of a trial database (default: the name of the file).")
@click.option("--credit", default="", help="Whose data a trial database is, and its license (default: that of Metapsy).")
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
def import_(file: Path, form: str, *, title: str, credit: str, as_json: bool) -> int:
    """Take over FILE: works as PubMed, Europe PMC, OpenAlex and reference managers hand them out, notices of retraction, or trials.

    Files of PubMed, Europe PMC and OpenAlex may be packed with gzip. An import that was stopped goes on where it was when it is given
    again, and nothing is taken twice. Progress goes to standard error.

    Status 0: all of it was read; 1: some could not be read, each is named; 2: the file cannot be used, or not to its end.
    """
    try:
        if form == METAPSY:
            return trials(file, title=title, credit=credit, as_json=as_json)
        with file.open("rb") as body:
            return retractions(file, as_json=as_json) if form == RETRACTIONS else works(body, file, form, as_json=as_json)
    except OSError as error:
        raise Unusable(Problem(str(file), f"cannot be opened ({error.strerror})", "Name a file that can be read.")) from error
    except DatabaseError as error:
        raise Unusable(Problem("database", " ".join(str(error).split()), "Run: perennial manage migrate")) from error


def works(body: IO[bytes], file: Path, form: str, *, as_json: bool) -> int:
    """Take over a file of works, and say which practices they are about."""
    state = import_file(file=body, name=file.name, form=form, now=timezone.now, report=show)
    if state.done_at is None or state.done_at >= state.changed_at:
        show("Looking which practices they are about")
        tag_changed(since=state.started_at)
    done()
    click.echo(json.dumps(facts(state), indent=2, ensure_ascii=False) if as_json else told(state))
    if state.stopped:
        raise Unusable(Problem(str(file), f"could not be read to its end, {state.taken} records were taken", state.stopped))
    if state.problems and not state.taken:
        raise Unusable(Problem(f"{file}: {state.problems[0]['where']}", state.problems[0]["what"], state.problems[0]["mend"]))
    return 1 if state.unread else 0


def facts(state: WorkImport) -> dict[str, object]:
    """What was taken, for programs."""
    return {
        "format": state.form,
        "taken": state.taken,
        "unread": state.unread,
        **{name: value for name, value in state.counts.items() if name != "words"},
        "kept_apart": state.counts.get("words", []),
        "problems": state.problems,
        "stopped": state.stopped,
        "done": state.done_at is not None,
    }


def told(state: WorkImport) -> str:
    """What was taken, for people."""
    count = {"new": 0, "changed": 0, "unchanged": 0, "apart": 0, "united": 0, "taken_back": 0, "notices": 0, "words": [], **state.counts}
    lines = [
        f"{state.taken} records: {count['new']} new works, {count['changed']} joined with works known before, "
        f"{count['unchanged']} that told nothing new; {count['notices']} notices, {count['taken_back']} taken back, {state.unread} unread."
    ]
    if count["united"]:
        lines += [f"{count['united']} works that stood here twice, once by DOI and once by PMID, are one now: their pages say why."]
    if count["apart"]:
        lines += [f"{count['apart']} kept apart from works of which they name other numbers:", *(f"  {one}" for one in count["words"])]
    return "\n".join([*lines, *(f"  {Problem(**one)}" for one in state.problems)])


def retractions(file: Path, *, as_json: bool) -> int:
    """Take over the file of the Retraction Watch database."""
    with file.open(encoding="utf-8", errors="replace", newline="") as lines:
        done = import_retractions(lines=lines, at=timezone.now())
    if done.problems and not done.kept and not done.without_doi:
        raise Unusable(Problem(f"{file}: {done.problems[0].where}", done.problems[0].what, done.problems[0].mend))
    click.echo(json.dumps(asdict(done), indent=2, ensure_ascii=False) if as_json else told_of_notices(done))
    return 1 if done.unread else 0


def told_of_notices(done: Imported) -> str:
    """What was taken of notices, for people."""
    lines = [f"{done.rows} rows: {done.kept} notices kept, {done.without_doi} about works without DOI left out, {done.unread} not read."]
    return "\n".join([*lines, *(f"  {problem}" for problem in done.problems)])
