"""The files of the project, as the checks of its shape read them."""

import subprocess
from functools import cache
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
SOURCE = PROJECT / "src" / "perennial"
APPS = SOURCE / "apps"


@cache
def tracked() -> tuple[Path, ...]:
    """Every file that belongs to the project and is there."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], cwd=PROJECT, check=True, capture_output=True, text=True
    )
    return tuple(path for name in listed.stdout.split("\0") if name and (path := PROJECT / name).is_file())


def modules() -> list[Path]:
    """Every Python module but migrations."""
    return [path for path in tracked() if path.suffix == ".py" and "migrations" not in path.parts]


def templates() -> list[Path]:
    """Every template."""
    return [path for path in tracked() if path.suffix == ".html" and SOURCE in path.parents]


def named(path: Path) -> str:
    """The path as people write it."""
    return str(path.relative_to(PROJECT))
