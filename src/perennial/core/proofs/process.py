"""The process that `apart` starts: reads one file after another, within limits. Alone among these modules it brings what opens PDF,
pictures and workbooks, so that the site itself does not carry them."""

import base64
import json
import sys
from typing import IO

from perennial.core.proofs.apart import MANY
from perennial.core.proofs.found import Limits, Unreadable, Words
from perennial.core.proofs.pieces import Piece
from perennial.core.proofs.read import read_piece

try:
    import resource
except ImportError:  # no such limits on this system; the time limit holds everywhere
    resource = None  # type: ignore[assignment]  # a module that is not there


def answer(line: bytes) -> bytes:
    """What the process does with one line: a line of JSON again."""
    asked = json.loads(line)
    limits, words = Limits.model_validate(asked["limits"]), Words.model_validate(asked["words"])
    _bounded(limits)
    piece = Piece(asked["name"], base64.b64decode(asked["data"]), asked["part"], asked["says"], asked["kind"])
    try:
        found = read_piece(piece, words, limits)
    except Unreadable as fault:
        return json.dumps({"says": str(fault)}).encode()
    return b'{"found": ' + MANY.dump_json(found) + b"}"


def _bounded(limits: Limits) -> None:
    """Let this file have its seconds of work, and no more memory than the limit."""
    if resource is None:
        return  # type: ignore[unreachable]  # not on this system
    used = resource.getrusage(resource.RUSAGE_SELF)
    resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + 2 * limits.seconds, resource.RLIM_INFINITY))
    if sys.platform == "linux":
        resource.setrlimit(resource.RLIMIT_AS, (limits.memory_bytes, limits.memory_bytes))


def serve(lines: IO[bytes], out: IO[bytes]) -> None:
    """Answer line by line until no more come."""
    for line in lines:
        out.write(answer(line) + b"\n")
        out.flush()


if __name__ == "__main__":
    serve(sys.stdin.buffer, sys.stdout.buffer)
