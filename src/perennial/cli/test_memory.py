"""What a server does not import before it is needed, and what it leaves for a fork to copy."""

import ctypes
import subprocess
import sys

import pytest

LATE = ("scipy", "pyld", "requests", "httpx", "icalendar", "typst", "lxml", "PIL", "markdownify", "bs4", "bibtexparser", "pylatexenc")
PROGRAM = f"""
import sys, django
django.setup()
import perennial.cli.serve
from perennial.cli.memory import share
share()
print(*(name for name in {LATE!r} if name in sys.modules))
"""


def test_a_server_starts_without_what_is_seldom_needed() -> None:
    """See docs/decisions/0028: each of these takes megabytes in every process; where one is imported at a module's top, use `late`."""
    ran = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True, timeout=120)
    assert ran.stdout.split() == []


HOLED = """
import django
django.setup()
from perennial.cli.memory import fill_holes, spare
spare()
kept = [bytearray(2000) for _ in range(4000)]
del kept[::2]
print(fill_holes())
"""


@pytest.mark.skipif(not hasattr(ctypes.CDLL(None), "mallinfo2"), reason="the C library tells nothing of its heap")
def test_holes_that_garbage_left_are_filled_before_a_fork() -> None:
    ran = subprocess.run([sys.executable, "-c", HOLED], capture_output=True, text=True, check=True, timeout=120)
    assert int(ran.stdout) < 100_000, "of the 4 MB that were let go"
