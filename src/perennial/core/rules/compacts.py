"""Agreements between states that stand beside a home license: what is known of each, and what is open."""

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

import rtoml
from pydantic import Field

from perennial.core.rules.schema import Hours, Part

MEMBERS = "Which states take part was not read. Ask the compact's own map."


class CompactSource(Part):
    """Where a statement about a compact comes from; `unread` says that no source was read."""

    cite: str
    url: str | None = None
    kind: Literal["regulation", "statute", "board_page", "summary", "unread"]
    read: str


class Compact(Part):
    """One agreement. Without `hours` it asks for none of its own, by what is known; it gives no verdict."""

    name: str
    professions: tuple[str, ...]
    kind: Literal["own_credential", "home_state"]
    credential: str | None = None
    attribute: str | None = Field(None, description="It is shown to a person's license only where this holds of the person.")
    certain: Literal[False] = False
    every_months: int | None = None
    hours: Hours | None = None
    topic: str | None = None
    says: str
    source: CompactSource
    open: tuple[str, ...] = Field(min_length=1)


def read_compacts(folder: Path) -> Mapping[str, Compact]:
    """The compacts of a rule base by id; none where it has no such file. A fault in the file is our own and raises."""
    path = folder / "compacts.toml"
    if not path.is_file():
        return {}
    data: dict[str, Any] = rtoml.loads(path.read_text(encoding="utf-8"))
    return {key: Compact.model_validate(table) for key, table in data.items()}


def compacts_for(compacts: Mapping[str, Compact], profession: str) -> tuple[Compact, ...]:
    """The compacts that a profession knows."""
    return tuple(compact for compact in compacts.values() if profession in compact.professions)


def as_row(compact: Compact) -> dict[str, Any]:
    """A compact as plain values, for JSON."""
    row = compact.model_dump(mode="json", exclude={"professions", "attribute"})
    return row | {"hours": _number(compact.hours), "members": MEMBERS}


def _number(hours: Decimal | None) -> float | None:
    return None if hours is None else float(hours)
