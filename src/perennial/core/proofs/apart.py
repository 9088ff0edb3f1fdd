"""Reads a file in a process of its own, with limits on time and memory, so that no file can hold up or bring down the site."""

import base64
import json
import subprocess
import sys
from collections.abc import Sequence
from typing import Any

from pydantic import TypeAdapter, ValidationError

from perennial.core.proofs.found import Found, Limits, Unreadable, Words
from perennial.core.proofs.read import Piece, read_piece

try:
    import resource
except ImportError:  # no such limits on this system; the time limit holds everywhere
    resource = None  # type: ignore[assignment]

SLOW = "It took too long to read and was left. Enter what it says, or send a simpler copy such as a photo of it."
BROKE = "It could not be read. Enter what it says, or send another copy of it."
MANY = TypeAdapter(list[Found])


def read_apart(piece: Piece, words: Words, limits: Limits) -> list[Found]:
    """As `read_piece`, in a process of its own; raises Unreadable as well where that takes too long or breaks."""
    asked = {"name": piece.name, "part": piece.part, "says": piece.says, "kind": piece.kind, "words": words.model_dump(mode="json")}
    head = json.dumps({**asked, "limits": limits.model_dump(mode="json")}).encode()
    try:
        done = subprocess.run(
            [sys.executable, "-m", "perennial.core.proofs.apart"],
            input=head + b"\n" + base64.b64encode(piece.data),
            capture_output=True,
            timeout=limits.seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise Unreadable(SLOW) from None
    return _answered(done.stdout)


def _answered(out: bytes) -> list[Found]:
    try:
        answer: dict[str, Any] = json.loads(out)
        if answer.get("says"):
            raise Unreadable(str(answer["says"])[:400])
        return MANY.validate_python(answer["found"])
    except (ValueError, KeyError, TypeError, ValidationError):
        raise Unreadable(BROKE) from None


def serve(head: bytes, body: bytes) -> bytes:
    """What the process of its own does: the answer to what it was asked, as JSON."""
    asked = json.loads(head)
    limits, words = Limits.model_validate(asked["limits"]), Words.model_validate(asked["words"])
    _bounded(limits)
    piece = Piece(asked["name"], base64.b64decode(body), asked["part"], asked["says"], asked["kind"])
    try:
        found: Sequence[Found] = read_piece(piece, words, limits)
    except Unreadable as fault:
        return json.dumps({"says": str(fault)}).encode()
    return b'{"found": ' + MANY.dump_json(list(found)) + b"}"


def _bounded(limits: Limits) -> None:
    if resource is not None:
        resource.setrlimit(resource.RLIMIT_CPU, (limits.seconds, limits.seconds))
        if sys.platform == "linux":
            resource.setrlimit(resource.RLIMIT_AS, (limits.memory_bytes, limits.memory_bytes))


if __name__ == "__main__":
    first, _, rest = sys.stdin.buffer.read().partition(b"\n")
    sys.stdout.buffer.write(serve(first, rest))
