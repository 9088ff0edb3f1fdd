"""How long the command takes to start, and a page without tables to be made."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator

from benchmarks.result import Result, median_ms


def measure() -> Iterator[Result]:
    """The start of the command that every call pays for."""
    with tempfile.TemporaryDirectory() as data:
        environment = {**os.environ, "PERENNIAL_DATA": data}
        command = [sys.executable, "-m", "perennial.cli", "--help"]
        taken = median_ms(lambda: subprocess.run(command, env=environment, check=True, capture_output=True), times=11, warm=2)
    yield Result("perennial --help", taken, "ms", 400)
