"""Has files laid on pages and the packet set by processes apart (`apart.py`): none of them can hold up or bring down the site."""

import contextlib
import json
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

from perennial.apps.standing.packet.jobs import Job, Laid, Limits

BROKE = "It could not be read."
SLOW = "It took too long to read, and was left."
SET_SECONDS = 30


class Unset(Exception):
    """The packet could not be set from what was laid."""


def lay_all(
    jobs: Sequence[Job], folder: Path, *, seconds: float, limits: Limits, progress: Callable[[int], None] = lambda done: None
) -> list[Laid]:
    """Lay files that lie in `folder`; each is laid or says why it is not. Takes at most about `seconds`.

    `progress` is told how many are done, after each.
    """
    until, waiting, done = time.monotonic() + seconds, list(jobs), list[Laid]()
    while waiting and time.monotonic() < until:
        room = limits.pages - sum(len(one.pages) for one in done)
        before = len(done)
        for one in _lay(waiting, folder, until - time.monotonic(), limits, room):
            done.append(one)
            progress(len(done))
        waiting = waiting[len(done) - before :]
        if waiting:  # the process ended while it had this one
            done.append(Laid(waiting.pop(0).number, says=BROKE))
    return done + [Laid(job.number, says=SLOW) for job in waiting]


def set_pdf(folder: Path, *, fonts: Path | None) -> Path:
    """Make packet.pdf of words.json, packet.json and what was laid, all in `folder`; gives its path. Raises Unset where it fails."""
    task = {"folder": str(folder), "fonts": str(fonts) if fonts and fonts.is_dir() else None, "seconds": 2 * SET_SECONDS}
    try:
        ended = subprocess.run(
            [sys.executable, "-m", "perennial.apps.standing.packet.apart", "set"],
            input=json.dumps(task).encode(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=SET_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise Unset from None
    if ended.returncode:
        raise Unset
    return folder / "packet.pdf"


def _lay(jobs: Sequence[Job], folder: Path, seconds: float, limits: Limits, room: int) -> Iterator[Laid]:
    """As many of these as one process gets done, in their order, each as soon as it is done."""
    task = {
        "folder": str(folder),
        "jobs": [asdict(job) for job in jobs],
        "limits": asdict(limits),
        "room": room,
        "seconds": 2 * int(seconds) + 2,
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "perennial.apps.standing.packet.apart", "copy"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    clock = threading.Timer(seconds, process.kill)
    clock.start()
    assert process.stdin is not None and process.stdout is not None  # noqa: PT018, S101  they are pipes
    try:
        with contextlib.suppress(BrokenPipeError):
            process.stdin.write(json.dumps(task).encode())
            process.stdin.close()
        yield from (_read(line) for line in process.stdout if line.endswith(b"}\n"))
    finally:
        clock.cancel()
        process.kill()
        process.wait()
        process.stdout.close()


def _read(line: bytes) -> Laid:
    told = json.loads(line)
    return Laid(told["number"], [(name, page, wide) for name, page, wide in told["pages"]], told["cut"], told["says"])
