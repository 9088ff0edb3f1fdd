"""`perennial doctor`: looks whether this installation is in order."""

import json
import sqlite3
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import timedelta

import click
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import DatabaseError, connection
from django.utils import timezone

from perennial.apps.jobs.queries import overview
from perennial.apps.notices.queries import MailOverview, errand_done_on, last_worker, mail_overview
from perennial.apps.notices.workers import lives, living
from perennial.apps.standing.tasks import ERRAND
from perennial.cli.site import environment
from perennial.core.values.words import day_in_words

LATE = timedelta(minutes=15)
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: whether it is in order, what was seen, and how to mend it."""

    what: str
    fine: bool
    seen: str
    mend: str = ""

    @property
    def line(self) -> str:
        """For people."""
        return f"{'ok  ' if self.fine else 'look'}  {self.what}: {self.seen}" + (f". {self.mend}" if self.mend else "")


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print a JSON list.")
def doctor(as_json: bool) -> int:  # noqa: FBT001  click passes it by name
    """Look at Python, the settings, the data folder, the tables and the folders of rules and courses."""
    findings = list(look())
    if as_json:
        click.echo(json.dumps([asdict(finding) for finding in findings], indent=2))
    else:
        for finding in findings:
            click.echo(finding.line)
    return 0 if all(finding.fine for finding in findings) else 1


def look() -> Iterator[Finding]:
    """Each finding in turn."""
    chosen = environment()
    version = ".".join(map(str, sys.version_info[:3]))
    yield Finding("Python", sys.version_info >= (3, 11), version)
    yield Finding("SQLite", sqlite3.sqlite_version_info >= (3, 31), sqlite3.sqlite_version)
    yield Finding("Data folder", chosen.data.is_dir(), str(chosen.data))
    found = tables()
    yield found
    if found.fine:
        waiting = mail_overview()
        yield background(waiting)
        yield mail(waiting)
        yield reminders()
        yield jobs()
    for name, folder in (("Rule base", chosen.rulebase), ("Library", chosen.library)):
        yield Finding(name, folder.is_dir(), str(folder), "" if folder.is_dir() else "Name the folder in the settings.")
    if not chosen.https and set(chosen.allowed_hosts) - {"localhost", "127.0.0.1", "[::1]"}:
        yield Finding(
            "https",
            fine=False,
            seen="others can reach this site without it",
            mend="Set PERENNIAL_HTTPS=yes behind a proxy that speaks https.",
        )


def tables() -> Finding:
    """Whether the database answers and every migration has been run."""
    name = f"Tables ({settings.DATABASES['default']['ENGINE'].rsplit('.', 1)[-1]})"
    try:
        connection.ensure_connection()
        call_command("migrate", check_unapplied=True, verbosity=0)
    except DatabaseError as error:
        return Finding(name, fine=False, seen=" ".join(str(error).split()), mend="See DATABASE_URL.")
    except (CommandError, SystemExit):
        return Finding(name, fine=False, seen="some migrations have not been run", mend="Run: perennial manage migrate")
    return Finding(name, fine=True, seen="all migrations are in")


def background(waiting: MailOverview) -> Finding:
    """Whether a background worker lives; without one nothing is amiss unless mail waits for it."""
    worker, at = last_worker(), timezone.now()
    oldest = waiting.oldest_at
    late = oldest is not None and at - oldest > LATE
    start = "Start it: perennial serve, or perennial worker"
    if worker is None:
        return Finding("Background worker", not late, "has not run yet", start if late else "")
    ago = f"{(at - worker.seen_at).total_seconds():.0f} s ago"
    if lives(worker, at=at):
        return Finding("Background worker", fine=True, seen=f"lives (process {worker.process} on {worker.host}, seen {ago})")
    return Finding("Background worker", not late, f"does not run (seen {ago})", start if late else "")


def reminders() -> Finding:
    """The last day on which the day's reminders were given to the end; late only where a worker lives that should have given them."""
    done, now = errand_done_on(ERRAND), timezone.now()
    if done is None:
        return Finding("Reminders", fine=True, seen="not given yet")
    late = timezone.localdate(now) - done > ONE_DAY and any(living(at=now))
    return Finding("Reminders", not late, f"last given on {day_in_words(done)}", "See what the worker's log says" if late else "")


def jobs() -> Finding:
    """Work that was enqueued: how much waits, and whether some of it failed for good."""
    found = overview(at=timezone.now())
    if found.failed:
        what = f"{found.failed} failed five times: {', '.join(name.rpartition('.')[2] for name in found.failed_tasks)}"
        return Finding(
            "Background jobs", fine=False, seen=what, mend="Look for the fault in the worker's log, mend it, and ask for the work again"
        )
    return Finding("Background jobs", fine=True, seen=f"{found.waiting} waiting" if found.waiting else "none wait")


def mail(found: MailOverview) -> Finding:
    """What waits to be sent, since when, and what cannot be."""
    at = timezone.now()
    parts = [f"{found.waiting} waiting"]
    if found.oldest_at:
        parts.append(f"the oldest for {(at - found.oldest_at).total_seconds() / 60:.0f} min")
    for count, words in (
        (found.retried, "tried in vain so far"),
        (found.failed, "refused for good"),
        (found.doubted, "sent twice perhaps"),
    ):
        parts += [f"{count} {words}"] if count else []
    if found.fault:
        parts.append(f"the server said: {found.fault}")
    return Finding(
        "Mail", not found.retried, ", ".join(parts), "See PERENNIAL_EMAIL_URL; it is tried again by itself" if found.retried else ""
    )
