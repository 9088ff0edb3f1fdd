"""`perennial courses`: check course folders against the format, the library's demands, and approval bodies."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import click

from perennial.core.approval import (
    METHODS,
    Body,
    Computed,
    Finding,
    Provider,
    bodies,
    check_course,
    claimed_hours,
    computed_length,
    credit_in_words,
    granted_credit,
    granted_hours,
    library,
    read_provider,
)
from perennial.core.courses import Course, read_course
from perennial.core.values import Problem

PROVIDER_FILE = "provider.toml"


@dataclass(frozen=True, slots=True)
class Checked:
    """A folder, the course in it if it can be read, and all that was found."""

    folder: Path
    course: Course | None
    problems: tuple[Problem, ...]
    findings: tuple[Finding, ...]
    provider: Provider | None

    @property
    def status(self) -> int:
        """0 in order, 1 with something that blocks, 2 where no course can be read."""
        if self.course is None:
            return 2
        return int(bool(self.problems) or any(finding.severity == "block" for finding in self.findings))


@click.group()
def courses() -> None:
    """Check course folders."""


@courses.command()
@click.argument("folders", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--body", "slugs", multiple=True, type=click.Choice(sorted(bodies()), case_sensitive=False), help="Also check what this body asks."
)
@click.option(
    "--provider",
    "provider_file",
    type=click.Path(path_type=Path),
    help="The provider's papers for all these folders; else the provider.toml of each folder is read.",
)
@click.option(
    "--on", "day", type=click.DateTime(["%Y-%m-%d"]), help="The day on which approvals and declarations must hold; else today. YYYY-MM-DD"
)
@click.option("--json", "as_json", is_flag=True, help="Answer in JSON: a list, an object per folder.")
def check(folders: Sequence[Path], slugs: Sequence[str], provider_file: Path | None, day: datetime | None, *, as_json: bool) -> int:
    """Say whether each course folder is in order, how its hours are computed, and what to mend.

    Exit status: 0 all in order, 1 something blocks, 2 a folder that cannot be used.
    """
    asked = [bodies()[slug] for slug in dict.fromkeys(slugs)]
    on = day.date() if day else datetime.now().astimezone().date()
    checked = [_check(folder, asked, provider_file or folder / PROVIDER_FILE, on) for folder in folders]
    if as_json:
        click.echo(json.dumps([_plain(each, asked) for each in checked], indent=2, ensure_ascii=False))
    for each in checked:
        for line in () if as_json else _lines(each, asked):
            click.echo(line)
        for problem in each.problems if each.course is None else ():
            click.echo(" ".join(str(problem).split()), err=True)
    return max(each.status for each in checked)


def _check(folder: Path, asked: Sequence[Body], provider_file: Path, on: date) -> Checked:
    """The folder with its findings; a provider's file that is there and cannot be used is a problem, one that is not there is none."""
    course, problems = read_course(folder)
    provider: Provider | None = None
    faults: tuple[Problem, ...] = ()
    if provider_file.exists() or provider_file.parent != folder:
        provider, faults = read_provider(provider_file)
    findings: tuple[Finding, ...] = ()
    if course:
        findings = sum((check_course(course, body, provider, on) for body in asked), check_course(course, None, provider, on))
    return Checked(folder, course, (*problems, *faults), findings, provider)


def _lines(checked: Checked, asked: Sequence[Body]) -> Iterator[str]:
    """What a person reads of one folder; an unusable one is said on standard error instead."""
    if checked.course is None:
        return
    yield f"{checked.course.slug}: {_verdict(checked)}"
    yield from _hours(checked.course, asked)
    if asked and checked.provider is None:
        yield f"  not looked at: the provider's papers (approvals, statement, policies, declarations); write {PROVIDER_FILE}"
    for problem in checked.problems:
        yield f"  block   {problem}"
    for finding in checked.findings:
        body = f"{finding.body}: " if finding.body else ""
        yield f"  {finding.severity:<7} {body}{finding.clause} [{finding.source}]"
        yield f"          {finding.where}: {finding.what}. {finding.mend}"


def _verdict(checked: Checked) -> str:
    blocking = len(checked.problems) + sum(finding.severity == "block" for finding in checked.findings)
    advice = sum(finding.severity == "advice" for finding in checked.findings)
    return f"{'not in order' if checked.status else 'in order'} ({blocking} blocking, {advice} advice)"


def _hours(course: Course, asked: Sequence[Body]) -> Iterator[str]:
    """The computation by every method, side by side, with what each body would give for it."""
    length = computed_length(course)
    claimed = claimed_hours(course)
    yield f"  claims {claimed.amount.normalize():f} h of {claimed.minutes_per_hour} minutes by {METHODS[length.claimed]}"
    for method in length.known:
        given = ((body.slug, credit_in_words(granted_credit(length.by(method), body))) for body in (library(), *asked))
        rounded = ", ".join(f"{slug} {credit}" for slug, credit in given)
        mark = "*" if method == length.claimed else " "
        yield f"  {mark} {METHODS[method]}: {length.by(method).amount:.1f} min from {_inputs(length, method)}; rounded {rounded}"


def _inputs(length: Computed, method: str) -> str:
    """What went into a method, in words."""
    level = f"difficulty {length.difficulty}{'' if length.difficulty_is_stated else ' (not stated; the middle level)'}"
    questions = "1 question" if length.questions == 1 else f"{length.questions} questions"
    running = f" and {length.running.amount.normalize():f} min of audio and video" if length.running.amount else ""
    return {
        "words_6000": f"{length.words:,} words{running}",
        "mergener": f"{length.words:,} words, {questions}, {level}{running}",
        "running_time": "audio and video",
        "pilot": f"the times of {len(length.pilots)} readers, the middle one",
    }[method]


def _plain(checked: Checked, asked: Sequence[Body]) -> dict[str, object]:
    """The same as JSON. `in_order` is null where no course can be read."""
    course = checked.course
    return {
        "folder": str(checked.folder),
        "slug": course.slug if course else None,
        "digest": course.digest if course else None,
        "in_order": checked.status == 0 if course else None,
        "hours": _plain_hours(course, asked) if course else None,
        "problems": [asdict(problem) for problem in checked.problems],
        "provider": checked.provider.name if checked.provider else None,
        "findings": [asdict(finding) for finding in checked.findings],
    }


def _plain_hours(course: Course, asked: Sequence[Body]) -> dict[str, object]:
    length = computed_length(course)
    return {
        "claimed": float(course.credit.hours),
        "minutes_per_hour": course.credit.minutes_per_hour,
        "method": length.claimed,
        "topics": {topic: float(hours) for topic, hours in course.credit.topics},
        "words": length.words,
        "questions": length.questions,
        "difficulty": float(length.difficulty),
        "difficulty_is_stated": length.difficulty_is_stated,
        "methods": {
            method: {
                "minutes": _number(length.by(method).amount),
                "rounded_hours": {body.slug: _number(granted_hours(course, body, method).amount) for body in (library(), *asked)},
            }
            for method in length.known
        },
    }


def _number(value: Decimal) -> float:
    """A decimal as JSON has it, to a hundredth."""
    return float(round(value, 2))
