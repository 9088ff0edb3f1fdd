"""How the count is compiled: when first called, kept for the next time, without wrappers that nobody calls.

What is kept is found again by the text of every compiled module together: a function holds the code of those it calls, and a
change to any of them must not leave the old one in use.
"""

import tempfile
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar, cast

import numba

F = TypeVar("F", bound=Callable[..., Any])
_NJIT: Callable[..., Any] = numba.njit
_MODULES = ("compiling", "packed", "kernel", "filling", "counting", "tallies", "naming")


def kept_in() -> Path:
    """The folder for what was compiled: beside the source, or where that cannot be written to in the home folder."""
    here = Path(__file__).parent
    digest = sha256(b"".join((here / f"{name}.py").read_bytes() for name in _MODULES)).hexdigest()[:16]
    for place in (here / "__pycache__", Path.home() / ".cache" / "perennial"):
        folder = place / f"compiled-{digest}"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            tempfile.TemporaryFile(dir=folder).close()
        except OSError:
            continue
        return folder
    return Path(tempfile.mkdtemp(prefix="perennial-"))


cast(Any, numba).config.CACHE_DIR = str(kept_in())


def outer(function: F) -> F:
    """Compile what Python calls."""
    return cast(F, _NJIT(nogil=True, cache=True, no_cfunc_wrapper=True)(function))


def inner(function: F) -> F:
    """Compile what only compiled code calls."""
    return cast(F, _NJIT(nogil=True, cache=True, no_cfunc_wrapper=True, no_cpython_wrapper=True)(function))
