"""Reads files in a process of its own, with limits on time and memory, so that no file can hold up or bring down the site."""

import base64
import json
import subprocess
import sys
import threading
from types import TracebackType
from typing import Any, Self

from pydantic import TypeAdapter, ValidationError

from perennial.core.proofs.found import Found, Limits, Unreadable, Words
from perennial.core.proofs.pieces import Piece

SLOW = "It took too long to read and was left. Enter what it says, or send a simpler copy such as a photo of it."
BROKE = "It could not be read. Enter what it says, or send another copy of it."
MANY = TypeAdapter(list[Found])


class Reader:
    """A process that reads one file after another; a file that breaks it or holds it up ends it, and the next file has a new one."""

    def __init__(self, words: Words, limits: Limits) -> None:
        self.words, self.limits = words, limits
        self.process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None) -> None:
        self.end()

    def read(self, piece: Piece) -> list[Found]:
        """As `read_piece`; raises Unreadable as well where it takes too long or breaks."""
        process = self.process if self.process is not None and self.process.poll() is None else self._begin()
        late = threading.Event()
        clock = threading.Timer(self.limits.seconds, _stop, (process, late))
        clock.start()
        try:
            answer = self._ask(process, piece)
        finally:
            clock.cancel()
        if not answer:
            self.end()
            raise Unreadable(SLOW if late.is_set() else BROKE)
        return answered(answer)

    def _begin(self) -> subprocess.Popen[bytes]:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "perennial.core.proofs.process"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        return self.process

    def _ask(self, process: subprocess.Popen[bytes], piece: Piece) -> bytes:
        asked: dict[str, Any] = {"name": piece.name, "part": piece.part, "says": piece.says, "kind": piece.kind}
        asked |= {"words": self.words.model_dump(mode="json"), "limits": self.limits.model_dump(mode="json")}
        asked["data"] = base64.b64encode(piece.data).decode()
        assert process.stdin is not None and process.stdout is not None  # noqa: PT018, S101  they are pipes
        try:
            process.stdin.write(json.dumps(asked).encode() + b"\n")
            process.stdin.flush()
            return process.stdout.readline()
        except OSError:
            return b""

    def end(self) -> None:
        """End the process, if there is one."""
        if self.process is None:
            return
        self.process.kill()
        self.process.communicate()
        self.process = None


class Readers:
    """Readers that are kept for the next file: `most` at once, each ended when it had nothing to do for a while."""

    def __init__(self, most: int = 2, idle_seconds: float = 30) -> None:
        self.idle_seconds = idle_seconds
        self.slots = threading.BoundedSemaphore(most)
        self.lock = threading.Lock()
        self.idle: list[tuple[Reader, threading.Timer]] = []

    def read(self, piece: Piece, words: Words, limits: Limits) -> list[Found]:
        """As `Reader.read`; waits while all readers are busy."""
        with self.slots:
            reader = self._taken(words, limits)
            try:
                return reader.read(piece)
            finally:
                self._put_back(reader)

    def _taken(self, words: Words, limits: Limits) -> Reader:
        with self.lock:
            if not self.idle:
                return Reader(words, limits)
            reader, clock = self.idle.pop()
            clock.cancel()
        reader.words, reader.limits = words, limits
        return reader

    def _put_back(self, reader: Reader) -> None:
        clock = threading.Timer(self.idle_seconds, self._ended, (reader,))
        clock.daemon = True
        with self.lock:
            self.idle.append((reader, clock))
        clock.start()

    def _ended(self, reader: Reader) -> None:
        with self.lock:
            there = any(one is reader for one, _ in self.idle)
            self.idle = [(one, clock) for one, clock in self.idle if one is not reader]
        if there:
            reader.end()


def _stop(process: subprocess.Popen[bytes], late: threading.Event) -> None:
    late.set()
    process.kill()


def read_apart(piece: Piece, words: Words, limits: Limits) -> list[Found]:
    """As `read_piece`, in a process of its own; raises Unreadable as well where that takes too long or breaks."""
    with Reader(words, limits) as reader:
        return reader.read(piece)


def answered(out: bytes) -> list[Found]:
    """The answer of the process, which is not trusted either."""
    try:
        answer: dict[str, Any] = json.loads(out)
        if answer.get("says"):
            raise Unreadable(str(answer["says"])[:400])
        return MANY.validate_python(answer["found"])
    except (ValueError, KeyError, TypeError, AttributeError, ValidationError):
        raise Unreadable(BROKE) from None
