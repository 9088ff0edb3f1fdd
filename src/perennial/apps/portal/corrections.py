"""What we corrected in our own reading of a rule, made ready for pages; what the law changed is in `turns`."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby

from perennial.apps.portal.lines import Cited, cited
from perennial.apps.requirements.lines import line_name
from perennial.apps.requirements.queries import history_of
from perennial.core.rules import Rule
from perennial.core.rules.changes import Correction
from perennial.core.values.words import day_in_words

HOW = {"corrected": "corrected", "opened": "now open", "settled": "settled"}
STATES = {"corrected": "met", "opened": "part", "settled": "met"}


@dataclass(frozen=True, slots=True)
class CorrectionView:
    """One thing that we read otherwise, in words: where, how, what, and the source that decides."""

    name: str
    how: str
    state: str
    says: str
    source: Cited | None


@dataclass(frozen=True, slots=True)
class OwnDay:
    """A day on which we read something otherwise, or read the rule first; `readings` are sentences."""

    day: date
    corrections: tuple[CorrectionView, ...]
    readings: tuple[str, ...]

    @property
    def words(self) -> str:
        """The day with its month in words."""
        return day_in_words(self.day)


def own_days(rule: Rule) -> tuple[OwnDay, ...]:
    """The days of our own reading, the last first."""
    history = history_of(rule)
    corrections = {day: tuple(_view(rule, one) for one in found) for day, found in groupby(history.corrections, lambda one: one.on)}
    readings = {day: tuple(one.says for one in found) for day, found in groupby(history.readings, lambda one: one.on)}
    return tuple(OwnDay(day, corrections.get(day, ()), readings.get(day, ())) for day in sorted({*corrections, *readings}, reverse=True))


def _view(rule: Rule, correction: Correction) -> CorrectionView:
    names = dict.fromkeys(_name(rule, path) for path in correction.lines)
    source = cited(rule.file.sources.get(correction.source)) if correction.source else None
    return CorrectionView("; ".join(names), HOW[correction.kind], STATES[correction.kind], correction.says, source)


def _name(rule: Rule, path: str) -> str:
    """What a key path is called: the line that it belongs to, or the table."""
    outer, _, rest = path.partition(".")
    if outer == "open":
        return "An open question"
    if outer == "classes":
        return "A class of hours"
    line = f"{outer}.{rest.split('.')[0]}" if outer in ("requirements", "limits") else outer
    name = line_name(rule, line)
    return name if name != line else {"grants": "Hours that a duty earns", "not_covered": "What is not covered"}.get(outer, outer)
