"""The days on which a rule changes, made ready for pages: what changed, and what will."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from perennial.apps.licenses.queries import rule_for
from perennial.apps.portal.lines import Cited, cited
from perennial.apps.portal.words import sentence
from perennial.core.rules import Rule
from perennial.core.rules.diff import Change, next_changes
from perennial.core.values.words import day_in_words

FIRST, LAST = date(1900, 1, 1), date(2199, 12, 31)
STATES = {"added": "booked", "changed": "part", "removed": ""}


@dataclass(frozen=True, slots=True)
class ChangeView:
    """One line that changed, in words."""

    how: str
    name: str
    amounts: str
    says: str
    source: Cited | None

    @property
    def state(self) -> str:
        """The state of the mark that says how it changed."""
        return STATES[self.how]


@dataclass(frozen=True, slots=True)
class Turn:
    """A day from which renewal periods that end on it or later are asked something else, and what."""

    day: date
    changes: tuple[ChangeView, ...]

    @property
    def words(self) -> str:
        """The day with its month in words."""
        return day_in_words(self.day)


def turns_of(rule: Rule, *, after: date = FIRST) -> tuple[Turn, ...]:
    """Every day past `after` on which a rule changes, the earliest first."""
    return tuple(Turn(day, views(changes)) for day, changes in next_changes(rule, after, LAST))


@lru_cache(maxsize=1000)
def coming(jurisdiction: str, profession: str, today: date) -> tuple[Turn, ...]:
    """The changes of a rule that lie ahead, the next first; none where there is no such rule."""
    rule = rule_for(jurisdiction, profession)
    return turns_of(rule, after=today) if rule is not None else ()


def views(changes: tuple[Change, ...]) -> tuple[ChangeView, ...]:
    """Changes in words."""
    return tuple(_view(change) for change in changes)


def _view(change: Change) -> ChangeView:
    stands = [stand for stand in (change.before, change.after) if stand is not None]
    amounts = ", then ".join(stand.amount for stand in stands)
    return ChangeView(change.how, change.name, amounts, sentence(stands[-1].says), cited(stands[-1].source))
