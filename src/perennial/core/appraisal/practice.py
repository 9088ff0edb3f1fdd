"""Which question of the gym comes next: those answered wrong before come first, those known come back after longer and longer times."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from perennial.core.appraisal.form import Form
from perennial.core.appraisal.gym import Example, Key

KINDS = {
    "question": "The question and the plan",
    "selection": "Who or what was studied",
    "allocation": "How groups or phases came about",
    "masking": "Who knew what",
    "measurement": "How it was measured",
    "losses": "Who was lost",
    "confounding": "Other explanations",
    "analysis": "Analysis",
    "reporting": "What is told and what is not",
    "use": "Using it",
}
"""The kinds of question, which are the domains of every form, in the order in which they are shown."""
RESTS = (timedelta(days=1), timedelta(days=4), timedelta(days=12), timedelta(days=30))
"""How long a question rests after it was answered right once, twice, ... in a row."""


@dataclass(frozen=True, slots=True)
class Try:
    """One answer in the gym, as it was given."""

    design: str
    example: str
    item: str
    right: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class Next:
    """What to ask, and in a sentence why now; `due` is false where it comes before its time."""

    example: Example
    key: Key
    because: str
    due: bool = True


@dataclass(frozen=True, slots=True)
class Progress:
    """One kind of question: how often it was answered, how often right, and how the last answers to its questions were."""

    kind: str
    words: str
    tries: int
    right: int
    weak: int


@dataclass(frozen=True, slots=True)
class _State:
    streak: int
    last: datetime


def next_question(examples: Sequence[Example], tries: Iterable[Try], at: datetime, design: str = "") -> Next | None:
    """The question to ask now, of one design or of all; None where there is no example."""
    history = sorted(tries, key=lambda one: one.at)
    states = _states(history)
    seen = {(one.example, one.item): place for place, one in enumerate(history)}
    asked = [(example, key) for example in examples if not design or example.design == design for key in example.keys]
    if not asked:
        return None
    last = (history[-1].example, history[-1].item) if history else None
    ranked = []
    for place, (example, key) in enumerate(asked):
        rank, because, due = _rank(states.get((example.design, key.item)), at)
        again = (example.id, key.item) == last
        ranked.append(((again, rank, seen.get((example.id, key.item), -1), place), Next(example, key, because, due)))
    return min(ranked, key=lambda one: one[0])[1]


def progress(forms: Mapping[str, Form], tries: Iterable[Try]) -> list[Progress]:
    """By kind of question, in the order of KINDS; those that no form has are left out."""
    history = sorted(tries, key=lambda one: one.at)
    kinds = {(form.design, item.id): item.domain for form in forms.values() for item in form.items}
    states = _states(history)
    found = []
    for kind, words in KINDS.items():
        mine = [one for one in history if kinds.get((one.design, one.item)) == kind]
        weak = sum(state.streak == 0 for where, state in states.items() if kinds.get(where) == kind)
        found.append(Progress(kind, words, len(mine), sum(one.right for one in mine), weak))
    return [one for one in found if one.kind in set(kinds.values())]


def _states(history: Iterable[Try]) -> dict[tuple[str, str], _State]:
    found: dict[tuple[str, str], _State] = {}
    for one in history:
        before = found.get((one.design, one.item))
        streak = (before.streak if before else 0) + 1 if one.right else 0
        found[one.design, one.item] = _State(streak, one.at)
    return found


def _rank(state: _State | None, at: datetime) -> tuple[int, str, bool]:
    if state is None:
        return 2, "You have not met this question yet.", True
    if state.streak == 0:
        return 0, "You answered this question otherwise last time, so it comes first.", True
    if at >= state.last + RESTS[min(state.streak, len(RESTS)) - 1]:
        return 1, "You knew this a while ago. It comes back to stay.", True
    return 3, "Nothing is due today; this comes before its time.", False
