"""The server of a site: gunicorn with our options, in the process that made the site ready, and the background worker beside it."""

import os
import signal
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from threading import Event
from typing import Any, NoReturn

from gunicorn.app.wsgiapp import WSGIApplication
from gunicorn.arbiter import Arbiter

from perennial.config.environment import Environment

HOST = "127.0.0.1"
PATIENCE_SECONDS = 10.0  # for the worker to end what it has begun
FIRST_REST_SECONDS, LONGEST_REST_SECONDS = 1.0, 60.0
Work = Callable[[Event, int], None]
"""What a background worker does until the event is set, or the process of this number is no longer its parent."""


def gunicorn(chosen: Environment, port: int) -> list[str]:
    """The server's command line: few processes, many threads, since a page waits for the disk more than it computes."""
    options = {
        "bind": f"{HOST}:{port}",
        "workers": chosen.workers,
        "threads": chosen.threads,
        "worker-class": "perennial.cli.threads.Threads",
        "timeout": 60,
        "graceful-timeout": 10,
        "log-level": "warning",
        "limit-request-line": 8190,
        "worker-tmp-dir": "/dev/shm" if os.path.isdir("/dev/shm") else None,  # noqa: S108  memory, where there is some
    }
    flags = [f"--{name}={value}" for name, value in options.items() if value is not None]
    return [sys.executable, "-m", "gunicorn", *flags, "perennial.config.wsgi:application"]


def run_server(command: list[str], *, background: Work | None = None) -> NoReturn:
    """Become the server. What is imported already stays: its workers are forks of this process and start at once.

    `background`: a background worker that does this runs beside it, ends with it, and is started anew when it dies.
    """
    sys.argv = command[command.index("gunicorn") :]
    Site("%(prog)s [OPTIONS] [APP_MODULE]", background=background).run()
    sys.exit(0)


class Site(WSGIApplication):  # type: ignore[misc]  # gunicorn ships no types
    """gunicorn's application, whose arbiter looks after the background worker as well."""

    def __init__(self, usage: str, *, background: Work | None) -> None:
        self.background = background
        super().__init__(usage)

    def run(self) -> None:
        """Serve until told to stop; a server that cannot start says why in a line."""
        try:
            Keeper(self, background=self.background).run()
        except RuntimeError as fault:
            sys.exit(f"perennial serve: {fault}")


class Keeper(Arbiter):  # type: ignore[misc]  # gunicorn ships no types
    """gunicorn's arbiter with one more child. It looks after its children about once a second, and so after this one."""

    def __init__(self, app: Site, *, background: Work | None) -> None:
        super().__init__(app)
        self.background = background
        self.child = 0
        self.began_at = 0.0
        self.rest = FIRST_REST_SECONDS

    def manage_workers(self) -> None:
        """Start what is missing: the server's own workers, and the background worker, at once or after a rest."""
        super().manage_workers()
        if self.background and not (self.child and runs(self.child)):
            self.start_again(self.background)

    def start_again(self, work: Work) -> None:
        """Fork the background worker; one that dies young rests twice as long each time, a minute at most."""
        now = time.monotonic()
        if self.child:
            lived = now - self.began_at
            self.rest = FIRST_REST_SECONDS if lived > LONGEST_REST_SECONDS else self.rest
            if lived < self.rest:
                return
            self.rest = min(self.rest * 2, LONGEST_REST_SECONDS)
        self.began_at = now
        parent = os.getpid()
        self.child = os.fork()
        if self.child == 0:
            be_background(work, self.LISTENERS, parent)

    def stop(self, graceful: bool = True) -> None:  # noqa: FBT001, FBT002  as gunicorn calls it
        """End the background worker and the server's own, each with time to finish."""
        self.background = None
        if self.child:
            with suppress(ProcessLookupError):
                os.kill(self.child, signal.SIGTERM)
        super().stop(graceful)
        until = time.monotonic() + PATIENCE_SECONDS
        while self.child and runs(self.child) and time.monotonic() < until:
            self.reap_workers()
            time.sleep(0.05)
        if self.child and runs(self.child):
            os.kill(self.child, signal.SIGKILL)
        self.child = 0


def be_background(work: Work, listeners: list[Any], parent: int) -> NoReturn:
    """What the forked child does: let go of the server's sockets and signals, and work until told to stop."""
    status = 1
    try:
        for listener in listeners:
            listener.sock.close()
        stop = Event()
        for number in range(1, signal.NSIG):
            with suppress(OSError, ValueError):
                signal.signal(number, signal.SIG_DFL)
        signal.signal(signal.SIGPIPE, signal.SIG_IGN)
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGQUIT):
            signal.signal(number, lambda *_: stop.set())
        work(stop, parent)
        status = 0
    except Exception:  # noqa: BLE001  the last place where it can be told
        sys.excepthook(*sys.exc_info())
    finally:
        os._exit(status)


def runs(process: int) -> bool:
    """Whether a child still runs: one that ended is gone once it was waited for."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True
