"""A case as its author sees it: the steps with where each choice leads, drawn as an outline, and what is wrong with the way."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from perennial.apps.desk.parts import Data
from perennial.core.courses import Case, Choice, Step
from perennial.core.courses.cases import case_faults


@dataclass(frozen=True, slots=True)
class Knot:
    """A step in the outline: its depth, the choice that leads here, and whether it stands elsewhere already."""

    id: str
    text: str
    depth: int
    by: str
    seen: bool
    missing: bool
    ends: bool

    @property
    def level(self) -> int:
        """The depth as it is drawn."""
        return min(self.depth, 4)


@dataclass(frozen=True, slots=True)
class Outline:
    """The whole case, and its faults in sentences."""

    knots: Sequence[Knot]
    faults: Sequence[str]


def outline_of(data: Data) -> Outline:
    """The outline of a case from its first step, each step told once."""
    steps: dict[str, Data] = {str(step.get("id")): step for step in data.get("steps", []) if step.get("id")}
    knots: list[Knot] = []
    start = str(data.get("start") or "")
    waiting: list[tuple[str, int, str]] = [(start, 0, "")] if start else []
    told: set[str] = set()
    while waiting:
        id, depth, by = waiting.pop()
        choices = _choices(steps.get(id))
        knots.append(
            Knot(id, str(steps.get(id, {}).get("text") or ""), depth, by, id in told, id not in steps, id in steps and not choices)
        )
        if id in steps and id not in told:
            waiting += [(str(one.get("goto")), depth + 1, str(one.get("text") or "")) for one in reversed(choices)]
        told.add(id)
    return Outline(knots, _faults(data))


def _choices(step: Any) -> list[Data]:
    return [one for one in (step or {}).get("choices", []) if one.get("goto")]


def _faults(data: Data) -> list[str]:
    """What the folder's reader says of the way, so far as the steps can be told apart."""
    steps = [
        Step(
            str(step.get("id")),
            str(step.get("text") or ""),
            tuple(Choice(str(one.get("text") or ""), str(one["goto"]), str(one.get("says") or "")) for one in _choices(step)),
        )
        for step in data.get("steps", [])
        if step.get("id")
    ]
    if not steps:
        return ["Write the first step, and give it a short name."]
    case = Case("The case", "", "", "", str(data.get("start") or ""), tuple(steps))
    return [f"{fault.what[0].upper()}{fault.what[1:]}. {fault.mend}" for fault in case_faults(case, "")]
