"""Runs every check that is not a test: format, lint, types, borders, rules, reference, migrations; tells which failed."""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
MOST_LINES = 60
BIN = Path(sys.executable).parent
CHECKS = (
    ("format", ("ruff", "format", "--check", "--quiet", ".")),
    ("lint", ("ruff", "check", "--quiet", ".")),
    ("types", ("mypy", "--no-error-summary")),
    ("borders", ("lint-imports",)),
    ("rules", ("perennial", "requirements", "lint")),
    ("reference", ("perennial", "reference", "--check")),
    ("migrations", ("perennial", "manage", "makemigrations", "--check", "--dry-run")),
)


def run(name: str, command: tuple[str, ...], data: str) -> bool:
    """Run one check in a process of its own; its output is shown when it fails."""
    began = time.monotonic()
    environment = {key: value for key, value in os.environ.items() if not key.startswith("PERENNIAL_") and key != "DATABASE_URL"}
    environment["PERENNIAL_DATA"] = data
    done = subprocess.run(
        [BIN / command[0], *command[1:]],
        cwd=PROJECT,
        env=environment,
        check=False,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    fine = done.returncode == 0
    if not fine:
        lines = done.stdout.rstrip().splitlines()
        print("\n".join(lines[:MOST_LINES]))
        if len(lines) > MOST_LINES:
            print(f"… and {len(lines) - MOST_LINES} more lines, the last: {lines[-1]}")
    print(f"{'ok  ' if fine else 'FAIL'}  {name} ({time.monotonic() - began:.1f} s)", flush=True)
    return fine


def main() -> int:
    """Run them all; 1 when one failed."""
    with tempfile.TemporaryDirectory(prefix="perennial-check-") as data:
        results = [run(name, command, data) for name, command in CHECKS]
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
