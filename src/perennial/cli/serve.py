"""`perennial serve` and `perennial load`: from an empty folder to a running site."""

import socket
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from multiprocessing import get_context

import click
from django.conf import settings
from django.core.management import call_command
from django.db import connections

from perennial.apps.accounts import samples
from perennial.apps.licenses.queries import rule_base
from perennial.cli import worker
from perennial.cli.memory import share
from perennial.cli.rehearsal import rehearse
from perennial.cli.server import HOST, gunicorn, run_server
from perennial.cli.site import environment
from perennial.cli.unusable import Unusable
from perennial.core.values import Problem


@click.command()
@click.option("--port", type=click.IntRange(1, 65535), help="Instead of PORT.")
def serve(port: int | None) -> None:
    """Migrate, load the starter library, and serve on 127.0.0.1."""
    began = time.monotonic()
    chosen = environment()
    door = port or chosen.port
    if door != chosen.port:
        settings.SITE_ADDRESS = replace(chosen, port=door).site
    refuse_taken(door)
    apart(make_ready)
    rule_base()
    rehearse()
    share()
    tell(f"Ready after {time.monotonic() - began:.1f} s")
    greet(door)
    sys.stdout.flush()
    connections.close_all()
    run_server(gunicorn(chosen, door), background=worker.work if chosen.background else None)


def apart(work: Callable[[], None]) -> None:
    """Do the work in a process of its own, and end with it where it fails.

    What it takes of memory goes with that process; here it would stay, in pieces, and each of the server's processes would copy it.
    """
    process = get_context("fork").Process(target=work)
    process.start()
    process.join()
    if process.exitcode:
        sys.exit(abs(process.exitcode))


def make_ready() -> None:
    """Bring the tables, the starter library and the static files up to date, from whatever was there before."""
    tell("Making the tables ready")
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    load_library()
    if not settings.DEBUG:
        tell("Gathering static files")
        call_command("collectstatic", interactive=False, verbosity=0)


@click.command()
def load() -> None:
    """Load the starter library; safe to repeat."""
    load_library()


def load_library() -> None:
    """Call every loader that the settings name, in order, telling what each brought."""
    tell("Loading the starter library")
    for name in settings.LOADERS:
        import_module(name).load(lambda line: tell(f"  {line}"))


def refuse_taken(port: int) -> None:
    """Stop before any work when another program holds the port."""
    with socket.socket() as door:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            door.bind((HOST, port))
        except OSError as error:
            problem = Problem("PORT", f"{HOST}:{port} cannot be had ({error.strerror})", "Choose another: PORT=8001 make run")
            raise Unusable(problem) from error


def greet(port: int) -> None:
    """Say where the site is, and who can sign in on a local one."""
    tell("")
    tell(f"  Perennial is at http://localhost:{port}")
    if settings.SAMPLES:
        for email, _ in samples.PEOPLE:
            tell(f"  Sample sign-in: {email} with the password {samples.PASSWORD}")
    if settings.EMAIL_BACKEND.endswith("filebased.EmailBackend"):
        tell(f"  Mail is written to {settings.EMAIL_FILE_PATH}")
    tell("  Stop with Ctrl+C; start again with make run.")


def tell(line: str) -> None:
    """One line for the person who waits."""
    click.echo(line)
