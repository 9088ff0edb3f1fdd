"""How the count is compiled: when first called, kept beside the source or in NUMBA_CACHE_DIR, without wrappers that nobody calls."""

from numba import njit

outer = njit(nogil=True, cache=True, no_cfunc_wrapper=True)
"""For what Python calls."""

inner = njit(nogil=True, cache=True, no_cfunc_wrapper=True, no_cpython_wrapper=True)
"""For what only compiled code calls."""
