"""What one license asks of what is held and offered, as numbers: read by the engine's own pieces, never from the rule file anew."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import gcd

import numpy as np

from perennial.core.planner.basis import Basis, carry_most, question_of
from perennial.core.planner.dates import Copy
from perennial.core.planner.linear import Flags, Ints
from perennial.core.rules.asked import Ask, Cap, asks, caps
from perennial.core.rules.assign import Demand
from perennial.core.rules.count import carried_over, ceilings_of, choice_of, full_of, gives_of, group_of, is_completed
from perennial.core.rules.periods import window_before
from perennial.core.rules.question import Question
from perennial.core.rules.rule import Rule
from perennial.core.rules.selection import Entry, Reading


@dataclass(frozen=True, slots=True)
class Need:
    """A minimum in units. An item gives at most `gives`, and no more than is counted of it where `in_total`.

    `free` are units that serve whatever is counted (earned before the window, still serving).
    `inside`: caps among its hours, as (units, what each item has under the cap).
    """

    id: str
    asked: int
    gives: Ints
    free: Ints
    in_total: bool
    inside: tuple[tuple[int, Ints], ...] = ()


@dataclass(frozen=True, slots=True)
class Ceiling:
    """A limit in units over items; where `share` is given (numerator, denominator) it is that part of all that counts."""

    units: int
    items: Ints
    holds: Ints
    share: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Kinds:
    """So many of these kinds of item must be among those taken."""

    at_least: int
    kinds: tuple[Flags, ...]


@dataclass(frozen=True, slots=True)
class Carry:
    """Surplus of the window before that could still be earned: at most `most`, above `full` less what is held."""

    most: int
    short: int
    units: Ints


@dataclass(frozen=True, slots=True)
class Terms:
    """Everything about one license that a plan must respect. Item by item: units and the copy (-1: held already)."""

    key: str
    copy: Ints
    units: Ints
    most: Ints
    needs: tuple[Need, ...]
    ceilings: tuple[Ceiling, ...]
    disjoint: tuple[tuple[int, int], ...]
    kinds: tuple[Kinds, ...]
    rivals: Mapping[int, tuple[int, ...]]
    """Items that do not count where one of these copies is taken."""
    carry: Carry | None

    @property
    def held(self) -> Flags:
        """Which items are earned already."""
        found: Flags = self.copy < 0
        return found


def terms_of(basis: Basis, entries: Sequence[Entry], copies: Sequence[Copy], numbers: Mapping[str, int]) -> Terms:
    """The terms of a license over these copies; `numbers` gives a copy's number by the id of its credit."""
    question, early, held = question_of(basis, tuple(entries))
    asked, carry = asks(question), _carry(question, early)
    choice = choice_of(question, asked, ())
    items = [*question.inside, *early]
    copy = np.array([-1] * held + [numbers[e.credit.id] for e in items[held:]], dtype=np.int64)
    units = _array(choice.units, len(early))
    needs = tuple(_needs(question, asked, choice.demands, early, 0 if carry else carried_over(question)))
    places = {need.id: place for place, need in enumerate(needs)}
    holds = [c for cap in caps(question, asked) for c in _holds(question, cap, choice.units, copies, copy)]
    ceilings, most = _bounded(holds, units)
    return Terms(
        key=basis.owed.key,
        copy=copy,
        units=units,
        most=most,
        needs=needs,
        ceilings=tuple(ceilings),
        disjoint=tuple((places[a], places[b]) for a, b in choice.disjoint if a in places and b in places),
        kinds=tuple(_kinds(question, asked, len(early))),
        rivals=_rivals(question, items, copy),
        carry=carry,
    )


def _array(values: Sequence[int], more: int) -> Ints:
    return np.concatenate([np.array(values, dtype=np.int64), np.zeros(more, dtype=np.int64)])


def _needs(
    question: Question, asked: Mapping[str, Ask], demands: Sequence[Demand], early: tuple[Entry, ...], carried: int
) -> Iterator[Need]:
    for demand in demands:
        ask = asked[demand.id.split("@")[0]]
        if is_completed(question, ask):
            continue
        free = np.zeros(len(question.inside) + len(early), dtype=np.int64)
        if demand.id == ask.id and ask.lookback is not None and ask.id in question.rule.requirements and early:
            picked = question.rule.requirements[ask.id].units_of_all(early, Reading.AS_READ)
            free[len(question.inside) :] = [u if ask.lookback.holds(e.day) else 0 for u, e in zip(picked, early, strict=True)]
        units = demand.asked - (carried if demand.id == "total" else 0)
        inside = tuple((most, _array(part, len(early))) for most, part in demand.within)
        yield Need(demand.id, max(0, units), _array(demand.gives, len(early)), free, demand.in_total, inside)


def _holds(question: Question, cap: Cap, units: tuple[int, ...], copies: Sequence[Copy], copy: Ints) -> Iterator[Ceiling]:
    limit = question.rule.file.limits[cap.id]
    if limit.each in ("period", "topic"):
        for one in ceilings_of(question, cap, units):
            held = np.array(one.holds, dtype=np.int64)
            items = np.nonzero(held)[0]
            share = (one.of_earned.numerator, one.of_earned.denominator) if one.of_earned is not None else None
            yield Ceiling(one.units, items, held[items], share)
        return
    held = np.array(gives_of(question, question.rule.limits[cap.id], units), dtype=np.int64)
    groups: dict[object, list[int]] = {}
    for item in np.nonzero(held)[0].tolist():
        number = int(copy[item])
        movable = limit.each == "day" and number >= 0 and copies[number].first < copies[number].last
        group = ("own day", number) if movable else group_of(question, limit, question.inside[item])
        groups.setdefault(group, []).append(item)
    for members in groups.values():
        items = np.array(members, dtype=np.int64)
        yield Ceiling(cap.units, items, held[items])


def _bounded(holds: Sequence[Ceiling], units: Ints) -> tuple[list[Ceiling], Ints]:
    """Limits that could bind, and the most of each item; a limit over one item is a bound of that item."""
    most, found = units.copy(), []
    for ceiling in holds:
        if ceiling.share is None and int(ceiling.holds.sum()) <= ceiling.units:
            continue
        if ceiling.share is None and ceiling.items.size == 1:
            item = int(ceiling.items[0])
            most[item] = min(most[item], units[item] - ceiling.holds[0] + ceiling.units)
        else:
            found.append(ceiling)
    return found, most


def _kinds(question: Question, asked: Mapping[str, Ask], early: int) -> Iterator[Kinds]:
    for key, ask in asked.items():
        requirement = question.rule.file.requirements[key]
        if ask.state != "asked" or requirement.kinds is None or is_completed(question, ask):
            continue
        matched = (m.units_of_all(question.inside, None) for m in question.rule.kinds[key])
        yield Kinds(requirement.kinds.at_least, tuple(_array(units, early) > 0 for units in matched))


def _rivals(question: Question, items: Sequence[Entry], copy: Ints) -> dict[int, tuple[int, ...]]:
    """For items of a course that counts once: the copies before which they step back (-1: something held)."""
    repeats = question.rule.file.counting.repeats
    if repeats is None:
        return {}
    inside = len(question.inside)
    taken = _taken_before(question, items, copy) if repeats == "not_consecutive" else {}
    found: dict[int, tuple[int, ...]] = {}
    for item in sorted(range(inside), key=lambda i: (-items[i].units, items[i].day, items[i].credit.id)):
        course = items[item].credit.course
        if not course or not _bound(question.rule, items[item]):
            continue
        if course in taken:
            found[item] = tuple(taken[course])
        if repeats == "once_per_period":
            taken.setdefault(course, []).append(int(copy[item]))
    return found


def _taken_before(question: Question, items: Sequence[Entry], copy: Ints) -> dict[str, list[int]]:
    """Courses of the window before: those held, and those that could still be taken in it."""
    before = window_before(question.rule.file, question.window)
    held = [(e, -1) for e in question.entries]
    early = [(items[item], int(copy[item])) for item in range(len(question.inside), len(items))]
    found: dict[str, list[int]] = {}
    for entry, number in (*held, *early):
        if entry.credit.course and before.holds(entry.day):
            found.setdefault(entry.credit.course, []).append(number)
    return found


def _bound(rule: Rule, entry: Entry) -> bool:
    """Whether the rule on repeats holds for this entry."""
    return not rule.repeats_of or any(m.units(entry, None) for m in rule.repeats_of)


def _carry(question: Question, early: tuple[Entry, ...]) -> Carry | None:
    """What may still be carried over, where the window before is not over yet. Limits of that window are left to the judge."""
    most = carry_most(question)
    before = window_before(question.rule.file, question.window)
    if not most or not any(before.holds(e.day) for e in early):
        return None
    held = tuple(e for e in question.entries if before.holds(e.day))
    number = question.renewal - 1 if question.renewal else None
    full = full_of(asks(replace(question, window=before, entries=held, inside=held, renewal=number, memo={})).get("total"))
    units = [0] * len(question.inside) + [e.units if before.holds(e.day) else 0 for e in early]
    return Carry(most, full - sum(e.units for e in held), np.array(units, dtype=np.int64))


def divisor(values: Ints, more: int) -> int:
    """The greatest number that divides all of them."""
    found = int(np.gcd.reduce(values)) if values.size else 0
    return gcd(found, abs(more)) or 1
