"""`perennial export PERSON OUT.zip`: a person's whole record in one file."""

import contextlib
import os
from pathlib import Path

import click
from django.utils import timezone

from perennial.apps.accounts.queries import person_by_email
from perennial.apps.portal.services import write_record
from perennial.cli.unusable import Unusable
from perennial.core.values import Problem

SITE = "http://localhost:8000"


@click.command()
@click.argument("person")
@click.argument("out", type=click.Path(path_type=Path))
@click.option("--site", default=SITE, show_default=True, help="Address under which certificates are verified.")
def export(person: str, out: Path, site: str) -> int:
    """Write the whole record of PERSON (an e-mail address) into OUT, a zip file that must not be there yet."""
    found = person_by_email(person)
    if found is None:
        raise Unusable(Problem(f"PERSON {person}", "nobody signs in with this address", "Check its spelling."))
    try:
        descriptor = os.open(out, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as error:
        mend = "Choose a name that is not taken, in a folder that exists."
        raise Unusable(Problem(f"OUT {out}", f"it cannot be written ({error.strerror})", mend)) from error
    try:
        with os.fdopen(descriptor, "wb") as target:
            write_record(person=found, at=timezone.now(), site=site, target=target)
    except BaseException:
        with contextlib.suppress(OSError):
            out.unlink()
        raise
    click.echo(f"{out}: the record of {found.email}, {out.stat().st_size} bytes")
    return 0
