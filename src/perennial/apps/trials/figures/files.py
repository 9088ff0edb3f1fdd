"""A figure as a file: SVG with its own colors, PNG by the typesetter, CSV of what it shows; each with whose data they are."""

import csv
import io
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from perennial.apps.trials.figures.drawing import Drawing, Figure
from perennial.core.values.late import late
from perennial.core.values.typesetting import typefaces

if TYPE_CHECKING:
    import typst
else:
    typst = late("typst")

SCALE, TALLEST = 2, 16_000  # pixels of a PNG for one of the drawing; no PNG is taller than this
PAGE = b"""#let told = json(bytes(sys.inputs.told))
#set page(width: told.width * 1pt, height: told.height * 1pt, margin: 0pt)
#image(bytes(sys.inputs.drawing), format: "svg", width: told.width * 1pt, height: told.height * 1pt)
"""
FIGURES = re.compile(r"-[\d.,]+(?: ?%| to -?[\d.,]+)?")  # with a sign: a figure, a share, an interval
MEDIA = {"svg": "image/svg+xml", "png": "image/png", "csv": "text/csv; charset=utf-8"}


@dataclass(frozen=True, slots=True)
class Told:
    """What stands in each file: the dataset's title, whose data they are, the address that asks it again, and the digest of the data."""

    title: str
    credit: str
    address: str
    digest: str

    @property
    def lines(self) -> tuple[str, ...]:
        """The lines under a figure."""
        return (f"Data: {self.credit}", f"Reckoned from data with the digest {self.digest[:12]}. Asked again by {self.address}")


def file_of(figure: Figure, form: str, told: Told) -> bytes:
    """The figure in one of the forms of MEDIA."""
    if form == "csv":
        return _table(figure, told)
    made = alone(figure, told)
    if form == "svg":
        return made.file().encode()
    if made.height * SCALE > TALLEST:
        made = figure.drawing.alone(f"{told.title}: {figure.title}", (*figure.tells, figure.note, *told.lines))
    return _png(made)


def alone(figure: Figure, told: Told) -> Drawing:
    """The whole figure as a picture of its own."""
    notes = () if figure.full else (figure.note,)
    return (figure.full() if figure.full else figure.drawing).alone(f"{told.title}: {figure.title}", (*figure.tells, *notes, *told.lines))


def _table(figure: Figure, told: Told) -> bytes:
    out = io.StringIO(newline="")
    rows = csv.writer(out)
    rows.writerow([_harmless(cell) for cell in figure.columns])
    rows.writerows([_harmless(cell) for cell in row] for row in figure.rows)
    rows.writerows([_harmless(line)] for line in (told.title, *figure.tells, *told.lines))
    return out.getvalue().encode("utf-8-sig")


def _png(made: Drawing) -> bytes:
    found = typst.compile(
        PAGE,
        format="png",
        ppi=72.0 * SCALE,
        sys_inputs={"told": json.dumps({"width": made.width, "height": made.height}), "drawing": made.file()},
        font_paths=typefaces(),
    )
    if not isinstance(found, bytes):
        raise TypeError("the typesetter gave several files for one")
    return found


def _harmless(cell: str) -> str:
    """The cell, so that no spreadsheet takes it for a formula; figures with their sign stay figures."""
    plain = cell.replace("\N{MINUS SIGN}", "-")
    return f"'{plain}" if plain[:1] in ("=", "+", "-", "@", "\t", "\r") and not FIGURES.fullmatch(plain) else plain
