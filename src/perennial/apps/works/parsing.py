"""Makes rows of a file: in this process, or for large files of PubMed in processes of their own; no Django here, they start quickly."""

import gc
import gzip
import os
import zlib
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from itertools import islice
from multiprocessing import get_context, parent_process
from multiprocessing.process import BaseProcess
from threading import Thread
from typing import IO

from perennial.apps.works.rows import Ready, ready
from perennial.core.literature import Record
from perennial.core.literature.pubmed_file import Deleted, Part, cut, read_part, unpacked
from perennial.core.literature.reading import READERS
from perennial.core.values import Problem

LARGE = 4 * 1024 * 1024  # bytes from which on processes are worth their start
PROCESSES, AHEAD = 2, 18  # and how many parts are under way at most: more than a batch, so that none waits while it is written
AT_ONCE = 500  # records of a part of other files
Made = Ready | Deleted | Problem


@dataclass(frozen=True, slots=True)
class Done:
    """A part of a file, made ready: by its number from 1, and whether the file cannot be read further."""

    number: int
    made: list[Made]
    ends: bool = False


def parts_of(file: IO[bytes], form: str, skip: int, size: int) -> Iterator[Done]:
    """The parts of the file after the first `skip`, in order; those are passed over without being parsed where the form allows it."""
    if form == "pubmed":
        yield from _of_pubmed(file, skip, size)
        return
    read = READERS[form](gzip.GzipFile(fileobj=file) if _packed(file) else file)  # type: ignore[arg-type]  # it reads as a file of bytes does
    for number in range(1, 1 << 31):
        items, fault = _some(read)
        if not items and fault is None:
            return
        if number > skip:
            yield Done(number, [*map(_made, items), *([fault] if fault else [])], ends=fault is not None)
        if fault is not None:
            return


def make(part: Part) -> list[Made]:
    """The rows of a part of a file of PubMed; called in a process of its own."""
    return [_made(one) for one in read_part(part)]


def make_at(path: str, byte: int, size: int, line: int) -> list[Made]:
    """The rows of a part that stands in a plain file, which this process reads by itself: quicker than to be sent it."""
    with open(path, "rb") as file:
        file.seek(byte)
        return make(Part(file.read(size), byte, line))


def _of_pubmed(file: IO[bytes], skip: int, size: int) -> Iterator[Done]:
    parts = ((number, part) for number, part in enumerate(cut(unpacked(file)), 1) if number > skip)
    if size < LARGE or (os.cpu_count() or 1) < 2:
        for number, part in parts:
            made: list[Made] = [part] if isinstance(part, Problem) else make(part)
            yield Done(number, made, ends=_ends(made))
        return
    with ProcessPoolExecutor(PROCESSES, get_context("spawn"), _end_with_parent) as pool:
        path = getattr(file, "name", None)
        if isinstance(path, str) and not _packed(file):
            yield from _in_order(parts, lambda part: pool.submit(make_at, path, part.byte, len(part.body), part.line))
        else:
            yield from _in_order(parts, lambda part: pool.submit(make, part))


def _in_order(parts: Iterator[tuple[int, Part | Problem]], submit: Callable[[Part], "Future[list[Made]]"]) -> Iterator[Done]:
    under_way: deque[tuple[int, Future[list[Made]] | Problem]] = deque()
    while True:
        for number, part in islice(parts, AHEAD - len(under_way)):
            under_way.append((number, part if isinstance(part, Problem) else submit(part)))
        if not under_way:
            return
        number, future = under_way.popleft()
        try:
            made: list[Made] = [future] if isinstance(future, Problem) else future.result()
        except BrokenProcessPool:
            made = [Problem(f"part {number}", "a process that reads it was ended", "Import the file again: it goes on where it stopped.")]
        yield Done(number, made, ends=_ends(made))
        if _ends(made):
            return


def _packed(file: IO[bytes]) -> bool:
    """Whether the file is packed with gzip; it stands at its start again. Asked before it is read."""
    packed = file.read(2) == b"\x1f\x8b"
    file.seek(0)
    return packed


def _some(read: Iterator[Record | Deleted | Problem]) -> tuple[list[Record | Deleted | Problem], Problem | None]:
    items: list[Record | Deleted | Problem] = []
    try:
        for one in islice(read, AT_ONCE):
            items.append(one)  # what came before a fault is kept
    except (EOFError, OSError, zlib.error) as fault:
        return items, Problem("file", f"cannot be read further ({type(fault).__name__}: {str(fault)[:80]})", "Download the file again.")
    return items, None


def _made(one: Record | Deleted | Problem) -> Made:
    if not isinstance(one, Record):
        return one
    if not (one.title or one.doi or one.pmid):
        return Problem("record", "has neither title, DOI nor PMID", "Look at the file; it was left out.")
    return ready(one)


def _ends(made: list[Made]) -> bool:
    return bool(made) and isinstance(made[-1], Problem)


def _end_with_parent() -> None:
    """End this process when the one that started it is gone, however it went; and collect no cycles, of which parsing makes none."""
    gc.disable()
    parent = parent_process()
    if parent is not None:
        Thread(target=_watch, args=(parent,), daemon=True).start()


def _watch(parent: BaseProcess) -> None:
    parent.join()
    os._exit(1)
