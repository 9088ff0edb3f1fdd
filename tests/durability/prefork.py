"""Starts servers one after another without importing the site each time: one import, then a fork for each line read.

What runs is the command line of `perennial serve`: the same gunicorn with the same options, in a process group of its own.
Writes the id of each server to standard output.
"""

import os
import sys
from importlib import import_module

from perennial.cli.server import gunicorn, run_server
from perennial.config.environment import read

READY = ("perennial.config.wsgi", "perennial.config.urls", "gunicorn.app.wsgiapp", "gunicorn.workers.gthread")


def main() -> None:
    """Fork a server for each line on standard input; end with the input."""
    for name in READY:
        import_module(name)
    chosen = read(os.environ)
    command = gunicorn(chosen, chosen.port)
    for _ in sys.stdin:
        reap()
        child = os.fork()
        if child == 0:
            os.setsid()
            os.close(0)
            run_server(command)
        print(child, flush=True)


def reap() -> None:
    """Let the dead go."""
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    except ChildProcessError:
        pass


if __name__ == "__main__":
    main()
