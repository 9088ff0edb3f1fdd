"""Write Parquet piece by piece into a file beside the target, which takes its name only when all is written."""

import threading
from collections.abc import Iterator
from pathlib import Path
from queue import Queue
from types import TracebackType
from typing import BinaryIO, Self

import polars as pl
from polars.io.plugins import register_io_source

GROUP = 65_536
"""Rows in a row group: the same however the rows come, so that the same rows give the same bytes."""


class _GivenUp(Exception):
    """The rest will not come."""


class Writer:
    """Writes frames of one schema, in their order, in a thread of its own; memory holds a few row groups.

    Used with `with`: the file appears under its name when it is finished and kept; in every other case nothing is left.
    """

    def __init__(self, path: Path, schema: pl.Schema) -> None:
        self.path, self.schema = path, schema
        self.part = path.with_name(f".{path.name}.{threading.get_native_id()}.part")
        self.rows = 0
        self._waiting: list[pl.DataFrame] = []
        self._held = 0
        self._queue: Queue[pl.DataFrame | _GivenUp | None] = Queue(maxsize=2)
        self._fault: BaseException | None = None
        self._file: BinaryIO
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> Self:
        self._file = self.part.open("wb")  # opened here: Polars would open a path by itself, even after all was given up
        self._thread.start()
        return self

    def write(self, frame: pl.DataFrame) -> None:
        """Take rows. Raises what the writing thread met, an OSError where the disk is full."""
        self._waiting.append(frame)
        self._held += frame.height
        self.rows += frame.height
        if self._held >= GROUP:
            joined = pl.concat(self._waiting)
            whole = self._held - self._held % GROUP
            for start in range(0, whole, GROUP):
                self._put(_anew(joined[start : start + GROUP]))
            self._waiting, self._held = [joined[whole:]], self._held - whole

    def finish(self) -> None:
        """Write what is left."""
        if self._held or not self.rows:
            self._put(_anew(pl.concat([self.schema.to_frame(), *self._waiting])))
        self._put(None)
        self._thread.join()
        if self._fault is not None:
            raise self._fault
        self._file.close()

    def keep(self) -> None:
        """Give the finished file its name."""
        self.part.replace(self.path)

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None) -> None:
        while self._thread.is_alive():
            if not self._queue.full():
                self._queue.put(_GivenUp())
            self._thread.join(0.02)
        self._file.close()
        self.part.unlink(missing_ok=True)

    def _put(self, piece: pl.DataFrame | None) -> None:
        if self._fault is not None:
            raise self._fault
        self._queue.put(piece)

    def _run(self) -> None:
        try:
            source = register_io_source(self._pieces, schema=self.schema)
            source.sink_parquet(self._file, row_group_size=GROUP, compression="zstd", compression_level=1, maintain_order=True)
        except _GivenUp:
            pass
        except BaseException as fault:  # noqa: BLE001  given to the main thread; Polars raises KeyboardInterrupt in any thread
            self._fault = fault
            while isinstance(self._queue.get(), pl.DataFrame):
                pass

    def _pieces(self, *_: object) -> Iterator[pl.DataFrame]:
        while (piece := self._queue.get()) is not None:
            if isinstance(piece, _GivenUp):
                raise piece
            yield piece


def _anew(rows: pl.DataFrame) -> pl.DataFrame:
    """The same in memory of their own: a part of longer columns would be cut into pages otherwise, and give other bytes."""
    return pl.concat([rows[:1], rows[1:]], rechunk=True)
