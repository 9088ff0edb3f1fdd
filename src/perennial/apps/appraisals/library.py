"""The forms and worked examples of the library, read once for each state of its files."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from perennial.core.appraisal import Example, Form, read_forms, read_gym
from perennial.core.values import Problem


def forms() -> Mapping[str, Form]:
    """The forms by design; one with a fault is left out, which `problems` tells."""
    return _read(*_state())[0]


def examples() -> Sequence[Example]:
    """The worked examples."""
    return _read(*_state())[1]


def problems() -> Sequence[Problem]:
    """What is wrong with files of the library."""
    return _read(*_state())[2]


def example_of(id: str) -> Example | None:
    """The example with this id."""
    return next((one for one in examples() if one.id == id), None)


def _state() -> tuple[Path, tuple[tuple[str, int], ...]]:
    folder = settings.LIBRARY / "appraisals"
    return folder, tuple((str(file), file.stat().st_mtime_ns) for file in sorted(folder.rglob("*.toml")))


@lru_cache(maxsize=4)
def _read(folder: Path, state: tuple[tuple[str, int], ...]) -> tuple[Mapping[str, Form], Sequence[Example], Sequence[Problem]]:
    """`state` names the files with their times, so that a changed file is read anew."""
    found, faults = read_forms(folder)
    made_up, more = read_gym(folder / "gym", found)
    return found, made_up, [*faults, *more] if state else []
