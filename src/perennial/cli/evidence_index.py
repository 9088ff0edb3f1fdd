"""`perennial evidence index`: brings the index of works up to date, or makes it anew."""

import json
from collections.abc import Callable

import click
from django.conf import settings
from django.db import DatabaseError
from django.utils import timezone

from perennial.apps.evidence.indexing import follow, opened, rebuild
from perennial.apps.evidence.meaning import follow_meanings, meanings
from perennial.cli.progress import done, show
from perennial.cli.unusable import Unusable
from perennial.core.search import Busy, model_folder
from perennial.core.values import Problem
from perennial.core.values.words import counted


@click.command("index")
@click.option("--rebuild", "anew", is_flag=True, help="Make the index anew; whoever searches meanwhile finds what there was.")
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
def index_(*, anew: bool, as_json: bool) -> int:
    """Bring the index of works up to date.

    The background worker does so by itself all the time: this is for after a large import, and for an index that is lost or broken. Where
    perennial[semantic] is installed, what works mean is worked out too. Progress goes to standard error.

    Status 0: the index is up to date; 2: it could not be written.
    """
    try:
        taken = whole() if anew or not in_index() else follow(at=timezone.now(), carry_on=told(in_index, "works in the index"))
        meant = follow_meanings(at=timezone.now(), carry_on=told(lambda: meanings().count, "works whose meaning is known"))
    except Busy as error:
        raise Unusable(Problem(str(settings.SEARCH), str(error), "Wait for the background worker to finish, then run it again.")) from error
    except DatabaseError as error:
        raise Unusable(Problem("database", " ".join(str(error).split()), "Run: perennial manage migrate")) from error
    except OSError as error:
        raise Unusable(Problem(str(settings.SEARCH), error.strerror or str(error), "See that it has room and may be written.")) from error
    done()
    known = meanings().count if model_folder() else None
    facts = {"taken_in": taken, "works": in_index(), "meanings_worked_out": meant, "meanings": known}
    click.echo(json.dumps(facts, indent=2) if as_json else words(taken, meant, known))
    return 0


def in_index() -> int:
    """How many works the index has; none where it cannot be opened."""
    index = opened()
    return index.count if index else 0


def whole() -> int:
    """Make the index anew."""
    return rebuild(report=show)


def told(count: Callable[[], int], what: str) -> Callable[[], bool]:
    """What is asked before each batch: it says how far it is, and always goes on."""

    def carry_on() -> bool:
        show(f"{count():,} {what}")
        return True

    return carry_on


def words(taken: int, meant: int, known: int | None) -> str:
    """What was done, for people."""
    said = f"{counted(taken, 'work')} taken in; the index has {in_index():,}."
    if known is not None:
        said += f" Meaning: {counted(meant, 'work')} worked out, {known:,} known."
    return said
