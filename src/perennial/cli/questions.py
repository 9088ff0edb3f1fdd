"""`perennial questions`: look at files of questions in the formats of others, and turn one format into another."""

from collections.abc import Iterable, Sequence
from pathlib import Path

import click

from perennial.cli.unusable import Unusable
from perennial.core.questions import FORMATS, WRITTEN, Entry, Taken, read_questions, write_questions
from perennial.core.values import Problem

SUFFIXES = {".gift": "gift", ".txt": "gift", ".xml": "moodle", ".zip": "qti3"}
SHORT = click.option(
    "--short-as-reflection", is_flag=True, help="Take questions answered by typing words as reflections; else refuse them."
)
FROM = click.option("--from", "source", type=click.Choice(sorted(FORMATS)), help="The format; its content tells it where left out.")


@click.group()
def questions() -> None:
    """Look at files of questions, and convert them."""


@questions.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@FROM
@SHORT
@click.option("--all", "everything", is_flag=True, help="Also name what is taken as it stands.")
def look(files: Sequence[Path], source: str | None, *, short_as_reflection: bool, everything: bool) -> int:
    """Say of each file what would be taken, changed or refused. Exit status: 0 all is taken, 1 something is refused, 2 no use."""
    refused = False
    for file in files:
        taken = _read(file, source, short_as_reflection=short_as_reflection)
        click.echo(f"{file}: {_summary(taken)}")
        _say(line for line in taken.report.lines if everything or line.state != "taken")
        refused = refused or bool(taken.report.refused)
    return int(refused)


@questions.command()
@click.argument("source_file", metavar="IN", type=click.Path(path_type=Path))
@click.argument("target_file", metavar="OUT", type=click.Path(path_type=Path))
@FROM
@click.option("--to", "target", type=click.Choice(sorted(WRITTEN)), help="The format; the name of OUT tells it where left out.")
@SHORT
@click.option("--partly", is_flag=True, help="Write what can be taken even where something is refused.")
def convert(
    source_file: Path, target_file: Path, source: str | None, target: str | None, *, short_as_reflection: bool, partly: bool
) -> int:
    """Turn IN into OUT. Where something is refused, nothing is written and the exit status is 1, unless --partly is given."""
    form = target or SUFFIXES.get(target_file.suffix.lower())
    if not form:
        raise Unusable(Problem(str(target_file), "its name tells no format", f"Give --to: {', '.join(sorted(WRITTEN))}."))
    taken = _read(source_file, source, short_as_reflection=short_as_reflection)
    written = write_questions(taken.items, form)
    lines = [line for line in (*taken.report.lines, *written.report.lines) if line.state != "taken"]
    _say(lines)
    if any(line.state == "refused" for line in lines) and not partly:
        click.echo(f"{target_file}: not written, because something is refused. Mend it, or give --partly.", err=True)
        return 1
    try:
        target_file.write_bytes(written.data)
    except OSError as fault:
        raise Unusable(Problem(str(target_file), f"cannot be written: {fault.strerror}", "Choose another place.")) from None
    kept = sum(line.state != "refused" for line in written.report.lines)
    click.echo(f"{target_file}: {kept} {'question' if kept == 1 else 'questions'} as {WRITTEN[form].label}")
    return 0


def _read(file: Path, source: str | None, *, short_as_reflection: bool) -> Taken:
    """What a file holds. Raises Unusable where nothing of it can be taken or named."""
    try:
        data = file.read_bytes()
    except OSError as fault:
        raise Unusable(Problem(str(file), f"cannot be read: {fault.strerror}", "Name a file of questions.")) from None
    taken = read_questions(data, file.name, source or "", short_as_reflection=short_as_reflection)
    if not taken.format or (not taken.items and len(taken.report.lines) == 1 and taken.report.refused):
        line = taken.report.lines[0]
        raise Unusable(Problem(line.where, line.what, line.mend))
    return taken


def _summary(taken: Taken) -> str:
    """The counts in a line."""
    counts = ", ".join(f"{taken.report.count(state)} {state}" for state in ("taken", "changed", "refused"))
    beside = f"; {len(taken.pages)} pages, {len(taken.links)} links" if taken.pages or taken.links else ""
    return f"{FORMATS[taken.format]}: {counts}{beside}"


def _say(lines: Iterable[Entry]) -> None:
    for line in lines:
        title = f"{line.title}: " if line.title else ""
        click.echo(f"  {line.state:<8} {line.where}: {title}{line.what}. {line.mend}".rstrip())
