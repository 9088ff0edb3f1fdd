"""Rows put by in many small files, so that a roster in any order can be taken up part by part."""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import polars as pl

_LENGTH = 8


class Spill:
    """Rows in numbered places on disk, each place in the order in which they came."""

    def __init__(self, folder: Path, name: str, schema: pl.Schema) -> None:
        self.folder, self.name, self.schema = folder, name, schema

    def put(self, frame: pl.DataFrame, places: pl.Series) -> None:
        """Put rows by, each in the place that stands beside it."""
        ordered = frame.with_columns(places.alias("_place")).sort("_place", maintain_order=True)
        runs = ordered["_place"].rle().struct.unnest()
        start = 0
        rows = ordered.drop("_place")
        for many, place in runs.iter_rows():
            self._append(int(place), rows[start : start + many])
            start += many

    def _append(self, place: int, rows: pl.DataFrame) -> None:
        held = BytesIO()
        rows.write_ipc_stream(held, compression="lz4")
        with self._path(place).open("ab") as file:
            file.write(held.tell().to_bytes(_LENGTH, "little"))
            file.write(held.getbuffer())

    def part(self, place: int) -> "Put":
        """The rows of a place, to be taken later, in whatever process."""
        return Put(self, place)

    def take(self, place: int) -> pl.DataFrame:
        """The rows of a place, which is then empty."""
        path = self._path(place)
        if not path.exists():
            return self.schema.to_frame()
        found = pl.concat(self._pieces(path))
        path.unlink()
        return found

    def _pieces(self, path: Path) -> Iterator[pl.DataFrame]:
        with path.open("rb") as file:
            while length := file.read(_LENGTH):
                yield pl.read_ipc_stream(BytesIO(file.read(int.from_bytes(length, "little"))))

    def _path(self, place: int) -> Path:
        return self.folder / f"{self.name}-{place}"


@dataclass(frozen=True, slots=True)
class Put:
    """The rows of one place."""

    spill: Spill
    place: int

    def read(self) -> pl.DataFrame:
        """Take them."""
        return self.spill.take(self.place)
