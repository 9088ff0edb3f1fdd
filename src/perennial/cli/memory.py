"""What a server does before it forks, so that its processes share memory and give back what they no longer need."""

import ctypes
import gc
from pathlib import Path

from django.template.loader import get_template
from django.urls import get_resolver

from perennial.config.settings import SOURCE

# Of glibc's malloc.h. A large piece, such as the 19 MB that a password's hash takes, is mapped for itself and so given back at once;
# without a fixed limit glibc raises it after the first such piece and keeps the next ones in the heap of each thread.
M_TRIM_THRESHOLD, M_MMAP_THRESHOLD, M_ARENA_MAX = -1, -3, -8
PIECE = 1 << 20


def share() -> None:
    """Read every page and template, then let go of garbage and set what is left apart, so that no process copies it."""
    spare()
    get_resolver()._populate()  # noqa: SLF001  imports every page, and makes the table that addresses are written from
    for path in sorted(SOURCE.glob("apps/**/*.html")):
        get_template(str(path.relative_to(SOURCE / "apps")))
    gc.collect()
    gc.freeze()


def spare() -> None:
    """Have the C library give memory back; nothing happens where it has no such setting (macOS, musl)."""
    library = ctypes.CDLL(None)
    setting = getattr(library, "mallopt", None)
    if setting is None or not Path("/proc/self/maps").exists():
        return
    setting(M_ARENA_MAX, 1)
    setting(M_MMAP_THRESHOLD, PIECE)
    setting(M_TRIM_THRESHOLD, PIECE)
