"""A figure as a file: SVG with its own colors, PNG by the typesetter, CSV of what it shows; each with whose data they are."""

import csv
import io
import json

import typst

from perennial.apps.trials.figures.plots import Figure
from perennial.core.values.typesetting import typefaces

DOTS_PER_INCH = 200
PAGE = b"""#let told = json(bytes(sys.inputs.told))
#set page(width: auto, height: auto, margin: 12pt)
#set text(size: 8pt)
#image(bytes(sys.inputs.drawing), format: "svg", width: told.width * 0.75pt)
#block(width: told.width * 0.75pt, told.credit)
"""
MEDIA = {"svg": "image/svg+xml", "png": "image/png", "csv": "text/csv; charset=utf-8"}


def file_of(figure: Figure, form: str, credit: str) -> bytes:
    """The figure in one of the forms of MEDIA. `credit` says whose data they are, and stands in each."""
    if form == "svg":
        return _with_credit(figure.drawing.svg(alone=True), credit).encode()
    if form == "png":
        return _png(figure, credit)
    out = io.StringIO(newline="")
    rows = csv.writer(out)
    rows.writerow(figure.columns)
    rows.writerows([_harmless(cell) for cell in row] for row in figure.rows)
    rows.writerow([_harmless(f"Data: {credit}")])
    return out.getvalue().encode("utf-8-sig")


def _with_credit(svg: str, credit: str) -> str:
    safe = credit.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return svg.replace(">", f"><desc>Data: {safe}</desc>", 1)


def _png(figure: Figure, credit: str) -> bytes:
    told = {"width": figure.drawing.width, "credit": f"Data: {credit}"}
    made = typst.compile(
        PAGE,
        format="png",
        ppi=DOTS_PER_INCH,
        sys_inputs={"told": json.dumps(told), "drawing": figure.drawing.svg(alone=True)},
        font_paths=typefaces(),
    )
    if not isinstance(made, bytes):
        raise TypeError("the typesetter gave several files for one")
    return made


def _harmless(cell: str) -> str:
    """The cell, so that no spreadsheet takes it for a formula; figures with their sign stay figures."""
    plain = cell.replace("\N{MINUS SIGN}", "-")
    return f"'{plain}" if plain[:1] in ("=", "+", "@", "\t", "\r") or (plain[:1] == "-" and not plain[1:2].isdigit()) else plain
