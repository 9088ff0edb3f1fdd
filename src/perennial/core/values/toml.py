"""Reads TOML from anyone: numbers stay exact, and a key of thousands of parts, over which `tomllib` would sit for minutes, is refused."""

import re
import tomllib
from decimal import Decimal
from typing import Any

MOST_PARTS = 32  # of a key such as a.b.c
STRING_OR_COMMENT = re.compile(
    r'"""(?:[^\\"]|\\.|"(?!""))*+(?:"{3,5}|\\?\Z)'
    r"|'''(?:[^']|'(?!''))*+(?:'{3,5}|\Z)"
    r'|"(?:[^"\\\n]|\\[^\n])*+"?'
    r"|'[^'\n]*+'?"
    r"|#[^\n]*+",
    re.DOTALL,
)
BETWEEN = re.compile(r"[\n=,\[\]{}]")


def read_toml(text: str) -> dict[str, Any]:
    """The tables of a TOML text, its numbers as Decimal.

    Raises ValueError (`tomllib.TOMLDecodeError` among them), ArithmeticError or RecursionError where it is none, or made to harm.
    """
    bare = STRING_OR_COMMENT.sub("x", text)
    if any(piece.count(".") >= MOST_PARTS for piece in BETWEEN.split(bare)):
        raise ValueError(f"a key has more than {MOST_PARTS} parts")
    return tomllib.loads(text, parse_float=Decimal)
