"""What works mean, as rows of numbers in files beside the index: kept by one process, looked through by any number.

A row is looked for by its signs first (one bit of each number, 48 bytes a work), and the nearest by signs are compared exactly. A million
works are looked through in tens of milliseconds so, and what is read stays small.
"""

import fcntl
import json
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from perennial.core.search.busy import Busy
from perennial.core.search.sense import WIDTH, Numbers

FORM = 1  # of the files; another form is made anew
BY_SIGNS = 2_000  # so many are compared exactly
CHUNK = 65_536
GONE = -1
SIGNS = WIDTH // 64
Rows = npt.NDArray[Any]


@dataclass(frozen=True, slots=True)
class Mapped:
    """The rows of the files as they were at one moment."""

    ids: Rows
    signs: Rows
    values: Rows


class Meanings:
    """The rows kept in `folder`, made where there is none."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / f"meanings-{FORM}"
        self.folder.mkdir(parents=True, exist_ok=True)
        self._stamp, self._mapped = b"", _mapped(self.folder, 0)

    @property
    def count(self) -> int:
        """How many works have a row."""
        return int((self._rows().ids != GONE).sum())

    def place(self) -> dict[str, object]:
        """What was noted last; empty where nothing was."""
        found = self._state().get("place")
        return found if isinstance(found, dict) else {}

    def keep(self, ids: Sequence[int], vectors: Numbers, *, gone: Iterable[int] = (), place: dict[str, object] | None = None) -> None:
        """Put rows in, in the place of what was there of these works, take out those that are gone, and note `place`.

        New rows count once the state that tells of them is written; a process that dies before leaves what there was. Raises Busy while
        another process writes.
        """
        with self._alone():
            rows = len(self._rows().ids)
            old = np.flatnonzero(np.isin(self._rows().ids, np.array([*ids, *gone], np.int64)))
            for name, part in (("ids", np.asarray(ids, "<i8")), ("signs", _signs(vectors)), ("values", vectors.astype("<f2"))):
                _append(self.folder / name, part, rows)
            if len(old):
                there = np.memmap(self.folder / "ids", "<i8", "r+")
                there[old] = GONE
                there.flush()
            self._note({"rows": rows + len(ids), "place": self.place() if place is None else place})

    def known(self, ids: Sequence[int]) -> set[int]:
        """Those of the works that have a row."""
        rows = self._rows().ids
        return set(rows[np.isin(rows, np.array(ids, np.int64))].tolist())

    def near(self, vector: Numbers, *, most: int) -> list[tuple[int, float]]:
        """The works whose meaning is nearest to a row of length 1, the nearest first, each with its likeness (1 is the same)."""
        rows = self._rows()
        if not len(rows.ids):
            return []
        found = _nearest_by_signs(rows.signs, _signs(vector[None])[0])
        ids, likeness = rows.ids[found], rows.values[found].astype(np.float32) @ vector
        order = np.argsort(-likeness, kind="stable")
        return [(int(ids[one]), float(likeness[one])) for one in order if ids[one] != GONE][:most]

    @contextmanager
    def _alone(self) -> Iterator[None]:
        with (self.folder / "lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as fault:
                raise Busy("the meanings are being written by another process") from fault
            yield

    def _rows(self) -> Mapped:
        try:
            stamp = (self.folder / "state.json").read_bytes()  # a file's times are too coarse: two writings can share one
        except OSError:
            return self._mapped
        if stamp != self._stamp:
            self._mapped, self._stamp = _mapped(self.folder, int(self._state().get("rows", 0))), stamp
        return self._mapped

    def _state(self) -> dict[str, Any]:
        try:
            found = json.loads((self.folder / "state.json").read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return found if isinstance(found, dict) else {}

    def _note(self, state: dict[str, object]) -> None:
        new = self.folder / "state.json.new"
        new.write_text(json.dumps(state), encoding="utf-8")
        os.replace(new, self.folder / "state.json")


def _mapped(folder: Path, rows: int) -> Mapped:
    if not rows:
        return Mapped(np.empty(0, "<i8"), np.empty((0, SIGNS), "<u8"), np.empty((0, WIDTH), "<f2"))
    return Mapped(
        np.memmap(folder / "ids", "<i8", "r", shape=(rows,)),
        np.memmap(folder / "signs", "<u8", "r", shape=(rows, SIGNS)),
        np.memmap(folder / "values", "<f2", "r", shape=(rows, WIDTH)),
    )


def _append(file: Path, part: Rows, rows: int) -> None:
    """Write rows after the first `rows` of a file, over whatever a process that died left there."""
    size = part.itemsize * (part.shape[1] if part.ndim > 1 else 1)
    with file.open("r+b" if file.exists() else "w+b") as out:
        out.seek(rows * size)
        out.write(part.tobytes())
        out.truncate()
        out.flush()
        os.fsync(out.fileno())


def _signs(vectors: Numbers) -> Rows:
    return np.packbits(vectors > 0, axis=1).view("<u8")


def _nearest_by_signs(signs: Rows, asked: Rows) -> Rows:
    """The places of the rows that differ from what is asked in the fewest signs."""
    if len(signs) <= BY_SIGNS:
        return np.arange(len(signs))
    apart = np.empty(len(signs), np.uint16)
    for start in range(0, len(signs), CHUNK):
        part = slice(start, start + CHUNK)
        apart[part] = np.bitwise_count(signs[part] ^ asked).sum(axis=1, dtype=np.uint16)
    return np.argpartition(apart, BY_SIGNS)[:BY_SIGNS]
