"""What a server does before it forks, so that its processes share memory and give back what they no longer need."""

import ctypes
import gc
from pathlib import Path
from typing import Any

from django.apps import apps
from django.template.loader import get_template
from django.urls import get_resolver

from perennial.config.settings import SOURCE

# Of glibc's malloc.h. A large piece, such as the 19 MB that a password's hash takes, is mapped for itself and so given back at once;
# without a fixed limit glibc raises it after the first such piece and keeps the next ones in the heap of each thread.
M_TRIM_THRESHOLD, M_MMAP_THRESHOLD, M_ARENA_MAX = -1, -3, -8
PIECE = 1 << 20
HOLES = (65536, 16384, 4096, 1024, 768, *range(512, 0, -16))  # bytes, the large ones first
MOST_HOLES = 100_000


def share() -> None:
    """Read every page and template, then let go of garbage and set what is left apart, so that no process copies it."""
    spare()
    get_resolver()._populate()  # noqa: SLF001  imports every page, and makes the table that addresses are written from
    for folder, among in ((SOURCE / "apps", "apps/**/*.html"), (SOURCE, "ui/**/*.html")):
        for path in sorted(SOURCE.glob(among)):
            get_template(str(path.relative_to(folder)))
    for model in apps.get_models():
        model._meta.get_fields()  # noqa: SLF001  works out, once, who refers to it
    gc.collect()
    fill_holes()
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


class _Heap(ctypes.Structure):
    """glibc's `struct mallinfo2`, in bytes: `fordblks` is what is free, `keepcost` of it what lies at the end of the heap."""

    _fields_ = [
        (name, ctypes.c_size_t)
        for name in ("arena", "ordblks", "smblks", "hblks", "hblkhd", "usmblks", "fsmblks", "uordblks", "fordblks", "keepcost")
    ]
    fordblks: int
    keepcost: int


def fill_holes() -> int:
    """Take the holes that garbage left between what stays, so that a fork puts what is new on pages of its own, one beside the other.

    In the holes it would lie scattered, and the first few bytes in each have a whole shared page copied. Gives how many bytes are
    still free before the end of the heap; 0 where the C library tells nothing of its heap (before glibc 2.33, macOS, musl).
    """
    library: Any = ctypes.CDLL(None)
    if not hasattr(library, "mallinfo2"):
        return 0
    library.mallinfo2.restype, library.malloc.restype, library.sbrk.restype = _Heap, ctypes.c_void_p, ctypes.c_void_p
    library.malloc.argtypes, library.free.argtypes, library.sbrk.argtypes = [ctypes.c_size_t], [ctypes.c_void_p], [ctypes.c_ssize_t]
    end = library.sbrk(0) - library.mallinfo2().keepcost
    for size in HOLES:
        for _ in range(MOST_HOLES):
            hole = library.malloc(size - 8)  # with the 8 bytes that glibc adds
            if not hole or hole >= end:
                library.free(hole)
                break
    heap = library.mallinfo2()
    return int(heap.fordblks - heap.keepcost)
