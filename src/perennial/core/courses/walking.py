"""Walk through a case: which steps and choices a way leads through, and where it stands."""

from collections.abc import Sequence
from dataclasses import dataclass

from perennial.core.courses.course import Case, Choice, Step

LONGEST_WAY = 200  # a case may lead in circles


@dataclass(frozen=True, slots=True)
class Walk:
    """The steps passed with what was chosen at each, and the step where one stands; `way` are the places of the choices, from 0."""

    case: Case
    way: tuple[int, ...]
    passed: tuple[tuple[Step, Choice], ...]
    here: Step

    @property
    def at_end(self) -> bool:
        """Whether the case ends here."""
        return not self.here.choices

    @property
    def seen(self) -> frozenset[str]:
        """The steps seen on this way, the one where it stands among them."""
        return frozenset({step.id for step, _ in self.passed} | {self.here.id})


def walk(case: Case, way: Sequence[int]) -> Walk:
    """Follow a way from the start; it stops where a choice is not there."""
    known = case.step_of
    here, passed, taken = known[case.start], list[tuple[Step, Choice]](), list[int]()
    for place in way[:LONGEST_WAY]:
        if not 0 <= place < len(here.choices):
            break
        choice = here.choices[place]
        passed.append((here, choice))
        taken.append(place)
        here = known[choice.goto]
    return Walk(case, tuple(taken), tuple(passed), here)


def endings(case: Case) -> frozenset[str]:
    """The steps at which the case ends."""
    return frozenset(step.id for step in case.steps if not step.choices)
