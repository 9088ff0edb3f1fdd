"""Trials for tests: made up by a fixed sequence of numbers, in the format of Metapsy's files and in others."""

import math
from collections.abc import Sequence
from random import Random
from typing import NamedTuple


class Made(NamedTuple):
    """A made-up study: its number, true effect, people in each arm, and the sign of a g that favors therapy."""

    number: int
    true: float
    n: int
    sign: float


def trials(studies: int = 14, seed: int = 5, *, sign: float = 1.0) -> list[dict[str, object]]:
    """Rows of `studies` studies, some with several at post-test and one at follow-up; a g of the given sign favors therapy (arm 1)."""
    draw = Random(seed)  # noqa: S311  made-up data
    rows: list[dict[str, object]] = []
    for number in range(studies):
        made = Made(number, draw.gauss(0.6, 0.3), draw.randrange(15, 120), sign)
        for place in range(draw.choice((1, 1, 2, 3))):
            rows.append(_row(draw, made, "post", ("scale-a", "scale-b", "scale-c")[place]))
        if number % 4 == 0:
            rows.append(_row(draw, made._replace(true=made.true / 2), "follow-up", "scale-a"))
    return rows


def _row(draw: Random, made: Made, time: str, instrument: str) -> dict[str, object]:
    number, true, n, sign = made
    g, sd = round(draw.gauss(true, 0.1), 4), 8.0
    mean2 = round(draw.uniform(14, 20), 2)
    return {
        "study": f"Trial {number + 1}, {1995 + number * 2}",
        "condition_arm1": ("cbt", "ipt")[number % 2],
        "condition_arm2": ("wl", "cau", "cau")[number % 3],
        ".g": sign * g,
        ".g_se": round(math.sqrt(2 / n + g**2 / (4 * n)), 4),
        "instrument": instrument,
        "mean_arm1": round(mean2 - g * sd, 2),
        "sd_arm1": sd,
        "n_arm1": n,
        "mean_arm2": mean2,
        "sd_arm2": sd,
        "n_arm2": n,
        "baseline_m_arm1": 24.5,
        "baseline_m_arm2": 24.1,
        "year": 1995 + number * 2,
        "time": time,
        "format": ("ind", "grp", "gsh")[number % 3],
        "rob": number % 5,
        "full_ref": f"Made up; no trial of the name exists. Müller & Co {number}",
    }


def events(studies: int = 12, seed: int = 8) -> list[dict[str, object]]:
    """Rows of counts of an unwanted event, rarer in arm 1; one arm has none."""
    draw = Random(seed)  # noqa: S311  made-up data
    rows: list[dict[str, object]] = []
    for number in range(studies):
        n1, n2 = draw.randrange(20, 90), draw.randrange(20, 90)
        rows.append(
            {
                "study": f"Trial {number + 1}",
                "condition_arm1": "cbt",
                "condition_arm2": "cau",
                "outcome_type": "attempts",
                "event_arm1": 0 if number == 3 else draw.randrange(1, 6),
                "totaln_arm1": n1,
                "event_arm2": draw.randrange(3, 12),
                "totaln_arm2": n2,
                "time": "post",
            }
        )
    return rows


def csv_of(
    rows: Sequence[dict[str, object]], *, delimiter: str = ";", comma: bool = True, encoding: str = "latin-1", numbered: bool = True
) -> bytes:
    """The rows as a file: by default as R's write.csv2 makes them, text quoted, decimal commas, a column of row numbers."""
    columns = list(rows[0])
    head = delimiter.join([*(['""'] if numbered else []), *(f'"{name}"' for name in columns)])
    lines = [head]
    for number, row in enumerate(rows, 1):
        lines.append(delimiter.join([*([f'"{number}"'] if numbered else []), *(_cell(row[name], comma=comma) for name in columns)]))
    return ("\n".join(lines) + "\n").encode(encoding)


def _cell(value: object, *, comma: bool) -> str:
    if value is None:
        return "NA"
    if isinstance(value, str):
        return f'"{value}"'
    return str(value).replace(".", ",") if comma else str(value)
