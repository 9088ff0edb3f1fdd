"""Tests of modules that are imported when they are first used."""

import subprocess
import sys

import pytest

from perennial.core.values.late import late

PROGRAM = """
import sys
from perennial.core.values.late import late
colors = late("colorsys")
assert "colorsys" not in sys.modules
assert colors.rgb_to_hsv(0, 0, 0) == (0.0, 0.0, 0)
assert colors.rgb_to_hsv is sys.modules["colorsys"].rgb_to_hsv
"""


def test_a_module_is_imported_when_something_of_it_is_first_asked_for() -> None:
    subprocess.run([sys.executable, "-c", PROGRAM], check=True, timeout=60)


def test_what_is_not_there_is_a_fault_where_it_is_used() -> None:
    missing = late("no_module_has_this_name")
    with pytest.raises(ModuleNotFoundError):
        missing.anything  # noqa: B018  asking is the test
    with pytest.raises(AttributeError):
        late("colorsys").nothing  # noqa: B018  asking is the test
