"""`perennial attendance`: from a log of marks at doors to the hours that each body grants."""

import io
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

from perennial.cli.unusable import Unusable
from perennial.core.attendance import Attended, Mark, Session, attended, presences, read_log, read_session
from perennial.core.values import Problem


@click.group()
def attendance() -> None:
    """Count who attended a session for how long."""


@attendance.command()
@click.argument("log", type=click.Path(path_type=Path))
@click.option("--session", "session_file", type=click.Path(path_type=Path), required=True, help="The session as a TOML file.")
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
def credit(log: Path, session_file: Path, *, as_json: bool) -> int:
    """Count the minutes and hours of everybody in LOG.csv.

    Status 0: every line was read and every presence is clear; 1: something is left open, each is named; 2: a file cannot be used.
    """
    session = _session(session_file)
    marks, problems = _marks(log)
    found = [attended(presence, session) for presence in presences(marks).values()]
    if as_json:
        click.echo(json.dumps([_plain(one) for one in found], indent=2, ensure_ascii=False))
    else:
        click.echo("\n".join(_told(found)))
    for problem in problems:
        click.echo(str(problem), err=True)
    return int(bool(problems) or any(one.doubts for one in found))


def _session(file: Path) -> Session:
    session, problems = read_session(_text(file), file.name)
    if session is None:
        raise Unusable(problems[0])
    return session


def _marks(file: Path) -> tuple[list[Mark], list[Problem]]:
    rows = list(read_log(io.StringIO(_text(file), newline="")))
    problems = [Problem(f"{file.name}: {row.where}", row.what, row.mend) for row in rows if isinstance(row, Problem)]
    marks = [row for row in rows if isinstance(row, Mark)]
    if problems and not marks:
        raise Unusable(problems[0])
    return marks, problems


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise Unusable(Problem(str(file), f"cannot be opened ({error.strerror})", "Name a file that can be read.")) from error
    except UnicodeDecodeError as error:
        raise Unusable(Problem(str(file), f"is not UTF-8 (byte {error.start})", "Save it as UTF-8.")) from error


def _plain(one: Attended) -> dict[str, Any]:
    return {
        "person": one.person,
        "minutes": one.minutes,
        "of_minutes": one.of_minutes,
        "spans": [{"from": span.starts.isoformat(), "to": span.ends.isoformat()} for span in one.spans],
        "parts": [{"title": part.title, "minutes": part.minutes, "topics": list(part.topics)} for part in one.parts],
        "bodies": [
            {"name": body.name, "hours": str(body.hours), "minutes_per_hour": body.minutes_per_hour, "because": body.because}
            for body in one.bodies
        ],
        "doubts": list(one.doubts),
    }


def _told(found: Iterable[Attended]) -> Iterable[str]:
    for one in found:
        yield f"{one.person}: {one.minutes} of {one.of_minutes} minutes"
        yield from (f"  {part.title}: {part.minutes} minutes" for part in one.parts)
        yield from (f"  {body.name}: {body.hours:f} h ({body.because})" for body in one.bodies)
        yield from (f"  not clear: {doubt}" for doubt in one.doubts)
