"""Files of JSON: a list, one object, or an object on each line (JSON Lines), each told apart from what is no JSON at all."""

import json
from collections.abc import Iterator
from itertools import chain
from typing import IO, Any

from perennial.core.values import Problem

MOST_BYTES = 64 * 1024 * 1024  # of a file that must be held whole
MOST_LINE = 8 * 1024 * 1024  # of a line of JSON Lines
LINES = "Give JSON Lines, an object on each line: such a file may be of any size."


def items_of(stream: IO[bytes]) -> Iterator[tuple[str, Any]]:
    """Each object with its place ("item 3", "line 3"): those of a list, of the file itself, or of each line. Faults come as a Problem."""
    first = stream.readline(MOST_LINE + 1)
    while first and not first.strip(b"\xef\xbb\xbf \t\r\n"):
        first = stream.readline(MOST_LINE + 1)
    fault = not_json(first)
    if fault:
        yield "line 1", fault
    elif len(first) <= MOST_LINE and _is_whole(first):
        yield from _lines(chain([first], iter(lambda: stream.readline(MOST_LINE + 1), b"")))
    else:
        yield from _whole(first + stream.read(MOST_BYTES + 1 - len(first)))


def not_json(head: bytes) -> Problem | None:
    """What the file is, if it begins as no JSON does."""
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:200].lower()
    if start.startswith((b"{", b"[")):
        return None
    if not start:
        return Problem("line 1", "is empty", "Download or export the file again.")
    if start.startswith((b"<!doctype html", b"<html")):
        return Problem("line 1", "is a web page (HTML), not JSON: most often a fault that a service told", "Download the file again.")
    what = "XML" if start.startswith(b"<") else "not JSON"
    return Problem("line 1", f"is {what}" if what == "XML" else "is no JSON", "Name the format that the file has.")


def _is_whole(line: bytes) -> bool:
    """Whether the first line is an object by itself: then each line is one."""
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def _lines(lines: Iterator[bytes]) -> Iterator[tuple[str, Any]]:
    for number, line in enumerate(lines, 1):
        if len(line) > MOST_LINE:
            yield (
                f"line {number}",
                Problem(f"line {number}", f"is longer than {MOST_LINE // 1024 // 1024} MB", "Split the file; it was read up to here."),
            )
            return
        if not line.strip():
            continue
        try:
            yield f"line {number}", json.loads(line.removeprefix(b"\xef\xbb\xbf"))
        except (ValueError, RecursionError) as fault:
            what = f"is no whole JSON ({_short(fault)})"
            yield f"line {number}", Problem(f"line {number}", what, "Download the file again: it may be cut off here.")


def _whole(body: bytes) -> Iterator[tuple[str, Any]]:
    if len(body) > MOST_BYTES:
        yield "file", Problem("file", f"is one JSON value of more than {MOST_BYTES // 1024 // 1024} MB", LINES)
        return
    try:
        value = json.loads(body.removeprefix(b"\xef\xbb\xbf"))
    except (ValueError, RecursionError) as fault:
        place = f"line {fault.lineno}, character {fault.colno}" if isinstance(fault, json.JSONDecodeError) else "file"
        yield (
            place,
            Problem(
                place, f"is no whole JSON ({_short(fault)})", "Download the file again: it may be cut off here. Nothing of it was taken."
            ),
        )
        return
    for number, item in enumerate(value if isinstance(value, list) else [value], 1):
        yield f"item {number}", item


def _short(fault: Exception) -> str:
    if isinstance(fault, RecursionError):
        return "nested too deep"
    return getattr(fault, "msg", None) or str(fault)[:80]
