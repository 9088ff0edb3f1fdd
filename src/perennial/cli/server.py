"""The server of a site: gunicorn with our options, in the process that made the site ready."""

import os
import runpy
import sys
from typing import NoReturn

from perennial.config.environment import Environment

HOST = "127.0.0.1"


def gunicorn(chosen: Environment, port: int) -> list[str]:
    """The server's command line: few processes, many threads, since a page waits for the disk more than it computes."""
    options = {
        "bind": f"{HOST}:{port}",
        "workers": chosen.workers,
        "threads": chosen.threads,
        "worker-class": "gthread",
        "timeout": 60,
        "graceful-timeout": 10,
        "log-level": "warning",
        "limit-request-line": 8190,
        "worker-tmp-dir": "/dev/shm" if os.path.isdir("/dev/shm") else None,  # noqa: S108  memory, where there is some
    }
    flags = [f"--{name}={value}" for name, value in options.items() if value is not None]
    return [sys.executable, "-m", "gunicorn", *flags, "perennial.config.wsgi:application"]


def run_server(command: list[str]) -> NoReturn:
    """Become the server. What is imported already stays: its workers are forks of this process and start at once."""
    sys.argv = command[command.index("gunicorn") :]
    runpy.run_module("gunicorn", run_name="__main__", alter_sys=True)
    sys.exit(0)
