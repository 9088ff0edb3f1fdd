"""What a server does not import before it is needed."""

import subprocess
import sys

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
