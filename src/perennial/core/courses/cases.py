"""Read cases that go on as their reader chooses, and find where such a case leads nowhere."""

from collections.abc import Iterator, Sequence

from perennial.core.courses.course import Case, Choice, Step
from perennial.core.courses.table import Table, read_each
from perennial.core.values import Problem


def read_case(table: Table) -> Case:
    """A case with its steps."""
    return Case(
        id=table.slug("id"),
        title=table.text("title", longest=120),
        section=table.text("section"),
        objective=table.text("objective"),
        start=table.slug("start"),
        steps=read_each(table.tables("steps"), _step),
    )


def _step(table: Table) -> Step:
    return Step(table.slug("id"), table.text("text"), read_each(table.tables("choices", optional=True), _choice))


def _choice(table: Table) -> Choice:
    return Choice(table.text("text", longest=500), table.slug("goto"), table.text("says", optional=True, blank=True))


def case_faults(case: Case, where: str) -> Iterator[Problem]:
    """Steps named twice or not there, steps that no way leads to, and steps from which no way leads to an end."""
    known = case.step_of
    if len(known) < len(case.steps):
        yield Problem(where, f"{case.id} has two steps of one name", "Give each step a name of its own.")
    if case.start not in known:
        yield Problem(where, f"{case.id} begins at '{case.start}', which is not there", f"Known: {', '.join(sorted(known)) or 'none'}.")
    ways = [(step.id, choice.goto) for step in case.steps for choice in step.choices]
    for step, goto in ways:
        if goto not in known:
            yield Problem(where, f"step '{step}' leads to '{goto}', which is not there", f"Known: {', '.join(sorted(known))}.")
    reached = _closure({case.start}, ways)
    ending = _closure({step.id for step in case.steps if not step.choices}, [(goto, step) for step, goto in ways])
    for step in known:
        if step not in reached:
            yield Problem(where, f"no choice leads to step '{step}'", "Lead to it, or remove it.")
        elif step not in ending:
            yield Problem(where, f"from step '{step}' no way leads to an end", "Let one of its choices lead to a step without choices.")


def _closure(start: set[str], ways: Sequence[tuple[str, str]]) -> set[str]:
    """Everything that can be reached from `start` by these ways."""
    found = set(start)
    while new := {end for begin, end in ways if begin in found} - found:
        found |= new
    return found
