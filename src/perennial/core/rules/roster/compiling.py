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
from numba.extending import intrinsic
from numba.np.arrayobj import populate_array

A = TypeVar("A")
F = TypeVar("F", bound=Callable[..., Any])
_NJIT: Callable[..., Any] = numba.njit
_COUNT = ("packed", "packing", "kernel", "filling", "counting", "plainly", "tallies", "sums", "naming")
_MODULES = ("compiling", "calendar", "mixing", *_COUNT)


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
    """Compile what only compiled code calls and what gives back numbers: who holds the arrays that it is given is not counted."""
    return cast(F, _NJIT(nogil=True, cache=True, no_cfunc_wrapper=True, no_cpython_wrapper=True, _nrt=False)(function))


def maker(function: F) -> F:
    """Compile what only compiled code calls and what gives back arrays."""
    return cast(F, _NJIT(nogil=True, cache=True, no_cfunc_wrapper=True, no_cpython_wrapper=True, _nrt=True)(function))


def _uncounted(_: Any, array: Any) -> Any:
    def build(context: Any, builder: Any, signature: Any, given: Any) -> Any:
        made = context.make_array(signature.return_type)(context, builder, given[0])
        made.meminfo = made.meminfo.type(None)
        return made._getvalue()  # noqa: SLF001  as numba names it

    return array(array), build


def _pointer(_: Any, array: Any) -> Any:
    def build(context: Any, builder: Any, _: Any, given: Any) -> Any:
        return context.make_array(array)(context, builder, given[0]).data

    types = cast(Any, numba).types
    return types.CPointer(array.dtype)(array), build


def _in_rows(_: Any, array: Any, rows: Any, columns: Any) -> Any:
    types = cast(Any, numba).types
    made = types.Array(array.dtype, 2, "C")

    def build(context: Any, builder: Any, _: Any, given: Any) -> Any:
        flat, grid = context.make_array(array)(context, builder, given[0]), context.make_array(made)(context, builder)
        size = context.get_constant(types.intp, 8)
        strides = [builder.mul(given[2], size), size]
        cast(Any, populate_array)(grid, data=flat.data, shape=list(given[1:]), strides=strides, itemsize=size, meminfo=None)
        return grid._getvalue()  # noqa: SLF001  as numba names it

    return made(array, rows, columns), build


uncounted: Callable[[A], A] = cast(Any, intrinsic)(_uncounted)
"""Inside compiled code: the same array, of which nobody counts who holds it. Counting at every call took two thirds of the time.
Only for arrays that Python holds until the compiled code returns."""
pointer: Callable[[A], A] = cast(Any, intrinsic)(_pointer)
"""Inside compiled code: only where an array's numbers begin, row after row; one word to hand on instead of seven. The same holds."""
in_rows: Callable[[Any, int, int], Any] = cast(Any, intrinsic)(_in_rows)
"""Inside compiled code: a list of numbers seen as so many rows of so many columns; numba's `reshape` asks and checks too much."""
