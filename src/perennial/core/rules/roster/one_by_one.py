"""A roster judged one licensee after another by `evaluate`: what the columns must agree with, and where they turn when unsure."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import polars as pl

from perennial.core.rules.answer import Answer
from perennial.core.rules.evaluate import evaluate
from perennial.core.rules.facts import Credit, Done, License, Standing
from perennial.core.rules.load import RuleBase
from perennial.core.rules.selection import UNITS

HOURS = pl.Decimal(18, 4)
RESULT = pl.Schema(
    {
        "licensee_id": pl.String(),
        "jurisdiction": pl.String(),
        "profession": pl.String(),
        "compliant": pl.Boolean(),
        "certain": pl.Boolean(),
        "counted_hours": HOURS,
        "due": pl.Date(),
        "missing": pl.List(pl.Struct({"what": pl.String(), "hours": HOURS})),
        "unchecked": pl.List(pl.String()),
    }
)
"""The columns of a result, in their order."""

Row = dict[str, Any]


def judge_one_by_one(base: RuleBase, licensees: pl.DataFrame, credits: pl.DataFrame, *, on: date) -> pl.DataFrame:
    """The answers to a checked roster, each from `evaluate`; rows in the order of the licensees."""
    held: Mapping[str, list[Row]] = defaultdict(list)
    for row in credits.iter_rows(named=True):
        held[row["licensee_id"]].append(row)
    rows = []
    for row in licensees.iter_rows(named=True):
        rule = base.rule(row["jurisdiction"], row["profession"])
        if rule is None:
            raise KeyError(f"no rule for {row['profession']} in {row['jurisdiction']}")
        rows.append(answer_row(row, evaluate(rule, standing_of(row, held.get(row["licensee_id"], ()), on))))
    return pl.DataFrame(rows, schema=RESULT, orient="row")


def standing_of(row: Row, credits: Iterable[Row], on: date) -> Standing:
    """A row of the licensees with its credits, as `evaluate` takes it; `on` is the day asked about where the row names none."""
    license = License(
        expires=row["expires"],
        issued=row["issued"],
        birth_date=row["birth_date"],
        renewal_number=row["renewal_number"],
        last_application_received=row["last_application_received"],
        number=row["number"],
    )
    return Standing(
        license=license,
        as_of=row.get("as_of") or on,
        credits=tuple(_credits(credits)),
        attributes=frozenset(row["attributes"] or ()),
        done=tuple(Done(d["what"], d["on"]) for d in row["done"] or ()),
    )


def _credits(rows: Iterable[Row]) -> Iterator[Credit]:
    for row in rows:
        topics: dict[str, Decimal] = {}
        for part in row["topics"] or ():
            topics[part["topic"]] = topics.get(part["topic"], Decimal(0)) + Decimal(part["units"]) / UNITS
        yield Credit(
            id=row["credit_id"],
            title=row["title"] or "",
            date=row["date"],
            hours=Decimal(row["units"]) / UNITS,
            format=row["format"],
            topics=topics,
            approvals=tuple(row["approvals"] or ()),
            category=row["category"],
            course=row["course_id"],
        )


def answer_row(row: Row, answer: Answer) -> tuple[Any, ...]:
    """One row of the result."""
    return (
        row["licensee_id"],
        row["jurisdiction"],
        row["profession"],
        answer.compliant,
        answer.certain,
        answer.counted_hours,
        answer.due,
        [{"what": what, "hours": hours} for what, hours in answer.missing.items()],
        list(answer.unchecked),
    )
