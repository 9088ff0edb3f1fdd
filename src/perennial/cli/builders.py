"""Calls the command in the process of a test: all but the start of Python, which a few tests of each command take in as well."""

import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from unittest.mock import patch

from perennial.cli.root import main


def called(*words: object) -> subprocess.CompletedProcess[str]:
    """What `perennial …` answers: status, standard output and standard error, but for what compiled libraries print by themselves."""
    out, err = StringIO(), StringIO()
    line = ["perennial", *map(str, words)]
    status: object = 0
    with redirect_stdout(out), redirect_stderr(err), patch.object(sys, "argv", line):
        try:
            main()
        except SystemExit as end:
            status = end.code
    return subprocess.CompletedProcess(line, int(str(status or 0)), out.getvalue(), err.getvalue())
