"""Several numbers as one, compiled: rows of codes that are alike get one number, others different ones."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from perennial.core.rules.roster.compiling import inner, outer


@inner
def stirred(number: np.uint64) -> np.uint64:
    """The bits of a number mixed, so that the order in which several come in tells too."""
    found = (number ^ (number >> np.uint64(29))) * np.uint64(0xBF58476D1CE4E5B9)
    return (found ^ (found >> np.uint64(32))) * np.uint64(0x9E3779B97F4A7C15)


@outer
def stir_in(found: npt.NDArray[np.uint64], code: npt.NDArray[np.int64]) -> None:
    """Take one more code into each number."""
    for at in range(len(found)):
        found[at] = stirred(found[at] ^ np.uint64(code[at]))


def mixed(codes: Sequence[npt.NDArray[np.int64] | npt.NDArray[np.bool_]]) -> npt.NDArray[np.uint64]:
    """One number for each row of several; rows that differ get different ones but for one chance in some 10**13."""
    found = np.full(len(codes[0]), 1, dtype=np.uint64)
    for code in codes:
        stir_in(found, code.astype(np.int64, copy=False))
    return found
