"""`perennial serve` and `perennial load`: from an empty folder to a running site."""

import os
import socket
import sys
import time
from importlib import import_module

import click
from django.conf import settings
from django.core.management import call_command

from perennial.apps.accounts import samples
from perennial.cli.site import environment
from perennial.cli.unusable import Unusable
from perennial.config.environment import Environment
from perennial.core.values import Problem

HOST = "127.0.0.1"


@click.command()
@click.option("--port", type=click.IntRange(1, 65535), help="Instead of PORT.")
def serve(port: int | None) -> None:
    """Migrate, load the starter library, and serve on 127.0.0.1."""
    began = time.monotonic()
    chosen = environment()
    door = port or chosen.port
    refuse_taken(door)
    tell("Making the tables ready")
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    load_library()
    if not settings.DEBUG:
        tell("Gathering static files")
        call_command("collectstatic", interactive=False, verbosity=0)
    tell(f"Ready after {time.monotonic() - began:.1f} s")
    greet(door)
    sys.stdout.flush()
    os.execv(sys.executable, gunicorn(chosen, door))  # noqa: S606  our own interpreter, our own arguments


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


def gunicorn(chosen: Environment, port: int) -> list[str]:
    """The server's command line: few processes, many threads, since a page waits for the disk more than it computes."""
    options = {
        "bind": f"{HOST}:{port}",
        "workers": chosen.workers,
        "threads": chosen.threads,
        "worker-class": "gthread",
        "timeout": 60,
        "graceful-timeout": 10,
        "log-level": "warning",
        "limit-request-line": 8190,
        "worker-tmp-dir": "/dev/shm" if os.path.isdir("/dev/shm") else None,  # noqa: S108  memory, where there is some
    }
    flags = [f"--{name}={value}" for name, value in options.items() if value is not None]
    return [sys.executable, "-m", "gunicorn", *flags, "perennial.config.wsgi:application"]


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
