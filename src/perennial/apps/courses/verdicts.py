"""Whether many courses count for the licenses of one person: judged once for all courses that a rule cannot tell apart.

A rule reads of a credit its hours, format, approvals, the topics that the rule names, and the words of titles that it names. Courses
that agree in these are judged together; what was judged is remembered as long as license, record and day stay the same.
"""

import time
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from perennial.apps.accounts.queries import Person
from perennial.apps.courses.awarding import approvers_of, key_of
from perennial.apps.courses.shelf import Entry, Shelf, bits_of, folded
from perennial.apps.providers.queries import ApprovalView, approvals_in_force
from perennial.apps.standing.queries import LicenseStanding, standing_of, topics_of
from perennial.core.rules import Credit, Rule, Standing
from perennial.core.rules.selection import WORD
from perennial.core.rules.would_count import would_count
from perennial.core.values.words import WOULD_COUNT

STATES = {"yes": "met", "partly": "part", "no": "missing", "not_known": ""}
MOST_REMEMBERED = 400
MOST_RULES = 400

Shape = tuple[Any, ...]
Approvers = Mapping[str, tuple[tuple[str, str], ...]]  # by provider: the body's short name, and how rules know it


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one course is for one license."""

    license: str
    verdict: str

    @property
    def words(self) -> str:
        """The verdict with the license it is for."""
        return f"{self.license}: {WOULD_COUNT[self.verdict].lower()}"

    @property
    def state(self) -> str:
        """The state of its leaf."""
        return STATES[self.verdict]


@dataclass(frozen=True, slots=True)
class Alike:
    """Courses that a rule cannot tell apart: by what, which they are, and one of them."""

    shape: Shape
    these: int
    one: Entry


@dataclass(frozen=True, slots=True)
class Groups:
    """All courses of a shelf as a rule tells them apart, and the group of each place; the rule is held, so that its id stays its own."""

    rule: Rule
    groups: tuple[Alike, ...]
    of: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _License:
    """A license with the courses as its rule tells them apart, and the verdicts known so far."""

    standing: LicenseStanding
    groups: Groups
    known: dict[Shape, str]


class Judge:
    """Judges the courses of a shelf for one person on one day, within a time."""

    def __init__(self, person: Person, shelf: Shelf, *, day: date, seconds: float, clock: Callable[[], float] = time.perf_counter) -> None:
        self._shelf, self._day = shelf, day
        self._standings = standing_of(person, day=day)
        self._clock, self._until = clock, clock() + seconds
        in_force = approvals_in_force(day) if self._standings else {}
        self._approvers = {slug: _pairs(approvals) for slug, approvals in in_force.items()}
        self._licenses = [
            _License(one, _groups(shelf, one.rule, self._approvers), _remembered(one.rule, one.facts))
            for one in self._standings
            if one.rule is not None
        ]
        self._taken = self._of_the_record()

    @property
    def has_licenses(self) -> bool:
        """Whether there is anything to judge for."""
        return bool(self._standings)

    def counting(self, fitting: int, wanted: str) -> tuple[int, int]:
        """Of a set of courses those that count for at least one license ("may": or may count), and those not judged yet."""
        words = {"yes", "partly", *(("not_known",) if wanted == "may" else ())}
        unruled = wanted == "may" and len(self._licenses) < len(self._standings)
        good, open_ = (fitting, 0) if unruled else (0, 0)
        for license in self._licenses:
            for group in license.groups.groups:
                these = group.these & fitting & ~good & ~self._taken
                if these:
                    verdict = self._verdict(license, group.shape, group.one)
                    good, open_ = (good | these, open_) if verdict in words else (good, open_ if verdict else open_ | these)
        for entry in self._shelf.these(self._taken & fitting & ~good):
            told = {self._verdict(license, (entry.pk,), entry) for license in self._licenses}
            bit = 1 << self._shelf.places[entry.pk]
            good, open_ = (good | bit, open_) if told & words else (good, open_ | bit if None in told else open_)
        return good, open_ & ~good

    def verdicts(self, entry: Entry) -> tuple[Verdict, ...]:
        """For each license what the course is, if it is completed on the day; empty where the time did not suffice."""
        place = self._shelf.places[entry.pk]
        told = []
        ruled = {one.standing.license.pk: one for one in self._licenses}
        for standing in self._standings:
            license = ruled.get(standing.license.pk)
            shape = (entry.pk,) if self._taken >> place & 1 else license.groups.groups[license.groups.of[place]].shape if license else ()
            verdict = self._verdict(license, shape, entry) if license else "not_known"
            if verdict is None:
                return ()
            told.append(Verdict(standing.name, verdict))
        return tuple(told)

    def _verdict(self, license: _License, shape: Shape, entry: Entry) -> str | None:
        known = license.known
        if shape not in known:
            if self._clock() > self._until:
                return None
            known[shape] = would_count(
                license.groups.rule, license.standing.facts, credit_of(entry, self._day, _naming(entry, self._approvers))
            ).verdict
        return known[shape]

    def _of_the_record(self) -> int:
        """The courses that may be in the record already: each is judged for itself."""
        credits = [credit for one in self._standings[:1] for credit in one.facts.credits]
        named = self._shelf.named
        pks = {pk for credit in credits for key in (credit.course, folded(credit.title)) if key for pk in named.get(key, ())}
        return bits_of((self._shelf.places[pk] for pk in pks), len(self._shelf.entries))


def credit_of(entry: Entry, day: date, approvers: tuple[str, ...] = ()) -> Credit:
    """The credit that completing the course on a day brings, under the approvals in force then; hours of 60 minutes."""
    return Credit(
        id="asked",
        title=entry.title,
        date=day,
        hours=Decimal(entry.minutes) / 60,
        format=entry.format,
        topics=topics_of(entry.topics),
        approvals=approvers,
        course=key_of(entry.slug),
    )


def _pairs(approvals: Iterable[ApprovalView]) -> tuple[tuple[str, str], ...]:
    """Each approval's body, and how the rules of boards know it; what is made up for samples counts nowhere."""
    return tuple((approval.slug, approver) for approval in approvals for approver in approvers_of([approval]))


def _naming(entry: Entry, approvers: Approvers) -> tuple[str, ...]:
    """Who has approved the course, as the rules of boards know them."""
    pairs = approvers.get(entry.provider, ())
    return tuple(dict.fromkeys(approver for body, approver in pairs if not body or body in entry.bodies))


def _groups(shelf: Shelf, rule: Rule, approvers: Approvers) -> Groups:
    """The courses of a shelf as a rule tells them apart; made once for a shelf and the approvals of its providers."""
    key = (id(rule), frozenset(approvers.items()))
    kept = shelf.by_rule.get(key)
    if kept is None:
        if len(shelf.by_rule) >= MOST_RULES:
            shelf.by_rule.clear()
        kept = shelf.by_rule[key] = _grouped(shelf, rule, approvers)
    return kept


def _grouped(shelf: Shelf, rule: Rule, approvers: Approvers) -> Groups:
    file = rule.file.model_dump(mode="json")
    topics = frozenset(rule.vocabulary.topics) & set(_texts(file))
    words = tuple(sorted(set(_title_words(file))))
    places: dict[Shape, list[int]] = {}
    for place, entry in enumerate(shelf.entries):
        inside = frozenset((topic, minutes) for topic, minutes in entry.topics.items() if topic in topics)
        shape = (entry.minutes, entry.format, _naming(entry, approvers), inside, _named(entry.title, words) if words else ())
        places.setdefault(shape, []).append(place)
    of = [0] * len(shelf.entries)
    for number, alike in enumerate(places.values()):
        for place in alike:
            of[place] = number
    size = len(shelf.entries)
    groups = tuple(Alike(shape, bits_of(alike, size), shelf.entries[alike[0]]) for shape, alike in places.items())
    return Groups(rule, groups, tuple(of))


def _named(title: str, words: Sequence[str]) -> tuple[str, ...]:
    parts = WORD.findall(title.casefold())
    return tuple(word for word in words if any(part.startswith(word) for part in parts))


_facts: OrderedDict[tuple[int, Standing], tuple[Rule, dict[Shape, str]]] = OrderedDict()


def _remembered(rule: Rule, facts: Standing) -> dict[Shape, str]:
    """The verdicts known for a rule and the facts of a person; the rule is held, so that its id stays its own."""
    key = (id(rule), facts)
    kept = _facts.get(key)
    if kept is None:
        kept = _facts[key] = (rule, {})
        if len(_facts) > MOST_REMEMBERED:
            _facts.popitem(last=False)
    return kept[1]


def _texts(told: object) -> Iterable[str]:
    """Every text and key that a rule file holds."""
    if isinstance(told, Mapping):
        for key, value in told.items():
            yield str(key)
            yield from _texts(value)
    elif isinstance(told, list | tuple):
        for value in told:
            yield from _texts(value)
    elif isinstance(told, str):
        yield told


def _title_words(told: object) -> Iterable[str]:
    """Every word of titles that a rule file names."""
    if isinstance(told, Mapping):
        for key, value in told.items():
            yield from (word.casefold() for word in value) if key == "title_words" else _title_words(value)
    elif isinstance(told, list | tuple):
        for value in told:
            yield from _title_words(value)
