"""Credits made ready for the count, and the reasons for which one does not count at all."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_FLOOR, Decimal

from perennial.core.rules.asked import units_of
from perennial.core.rules.facts import Credit
from perennial.core.rules.periods import CreditWindow, window_before
from perennial.core.rules.rule import Rule
from perennial.core.rules.schema import Counting
from perennial.core.rules.selection import UNITS, Entry, Reading
from perennial.core.rules.vocabulary import ANY, Vocabulary

NONE: dict[str, int] = {}
COURSES = frozenset({"live_in_person", "live_online", "asynchronous", "self_study", "reading"})
"""Formats of what others offer, so that somebody may have approved it."""
TWICE = "The same certificate is entered twice; it counts once."
EXCLUDED = "This board does not count credits of this kind."
UNACCEPTED = "Its provider is not approved by a body that this board accepts."
ONCE = "The same course already counts in this period; it counts once."
NOT_RUNNING = "The same course counted in the period before; it may not count in two periods running."


@dataclass(frozen=True, slots=True)
class Out:
    """A credit that does not count, and why, in one sentence."""

    credit: Credit
    because: str


@dataclass(frozen=True, slots=True)
class Ledger:
    """Entries sorted into those that may count now and those that do not, with the reason."""

    inside: tuple[Entry, ...]
    every: tuple[Entry, ...]
    out: tuple[Out, ...]
    unnamed: tuple[str, ...]
    """Approvers of counted credits that the rule does not name."""
    unaccepted: bool
    """Whether any credit in the window is from an approver that is not known to be accepted."""


def entries_of(credits: Iterable[Credit], vocabulary: Vocabulary) -> tuple[Entry, ...]:
    """Credits by date, their words brought to the vocabulary's spelling."""
    return tuple(_entry(c, vocabulary) for c in sorted(credits, key=lambda c: (c.date, c.id)))


def _entry(credit: Credit, vocabulary: Vocabulary) -> Entry:
    labels, key = vocabulary.labels_of(credit.format, credit.approvals, credit.category)
    topics = {topic: int(hours * UNITS) for topic, hours in credit.topics.items()} if credit.topics else NONE
    return Entry(credit, credit.date, int(credit.hours * UNITS), topics, labels, key)


def sort_credits(rule: Rule, as_of: date, entries: tuple[Entry, ...], window: CreditWindow) -> Ledger:
    """Every credit once: measured, then either inside the window or out with a reason."""
    kept: list[Entry] = []
    out: list[Out] = []
    seen: set[str] = set()
    counting = rule.file.counting
    as_written = counting.step_hours is None and counting.least_hours is None
    for entry in entries:
        reason = _never_counts(rule, entry, as_of, seen)
        seen.add(entry.credit.id)
        measured = entry if reason or as_written else _measured(counting, entry)
        if reason or not measured.units:
            out.append(Out(entry.credit, reason or _too_short(counting)))
        else:
            kept.append(measured)
    inside, repeated = _inside(rule, kept, window)
    told = {id(o.credit) for o in repeated}
    early = f"Completed before {window.start:%-d %B %Y}, when hours for this period begin to count."
    late = f"Completed after {window.end:%-d %B %Y}, the last day on which hours count for this period."
    out += repeated
    out += [Out(e.credit, early if e.day < window.start else late) for e in kept if not window.holds(e.day) and id(e.credit) not in told]
    unnamed = tuple(_unnamed(rule, inside))
    return Ledger(tuple(inside), tuple(kept), tuple(out), unnamed, not all(accepts(rule, e) for e in inside))


def reread(rule: Rule, ledger: Ledger, window: CreditWindow, reading: Reading, doubted: frozenset[str] = frozenset()) -> Ledger:
    """The same credits, without the doubted ones, in another reading: against the person, only those whose approver the rule names."""
    kept = tuple(e for e in ledger.every if e.credit.id not in doubted) if doubted else ledger.every
    if reading is Reading.STRICT and ledger.unaccepted:
        kept = tuple(e for e in kept if accepts(rule, e))
    inside, _ = _inside(rule, kept, window)
    return Ledger(tuple(inside), kept, (), (), unaccepted=False)


def _never_counts(rule: Rule, entry: Entry, as_of: date, seen: set[str]) -> str | None:
    if entry.credit.id in seen:
        return TWICE
    if entry.day > as_of:
        return f"Completed after {as_of:%-d %B %Y}, the day asked about."
    if rule.excluded and any(m.units(entry, None) for m in rule.excluded):
        return EXCLUDED
    if rule.file.approvals.exclusive and not accepts(rule, entry):
        return UNACCEPTED
    return None


def accepts(rule: Rule, entry: Entry) -> bool:
    """Whether the approver is one that the rule names; work that nobody approves (teaching, writing) needs none."""
    if ANY in rule.accepted or (not entry.credit.approvals and entry.credit.format not in COURSES):
        return True
    return bool(rule.accepted & entry.labels)


def _unnamed(rule: Rule, inside: Iterable[Entry]) -> Iterator[str]:
    if not rule.accepted or rule.file.approvals.exclusive:
        return
    told: set[str] = set()
    for entry in inside:
        if not accepts(rule, entry):
            name = ", ".join(rule.vocabulary.name(a) for a in entry.credit.approvals) or "no approver"
            if name not in told:
                told.add(name)
                yield f"Approver not named in the rule: {name} ({entry.credit.title})."


def _measured(counting: Counting, entry: Entry) -> Entry:
    """The credit in this board's steps and least length."""
    hours = entry.credit.hours
    if counting.least_hours is not None and hours < counting.least_hours:
        return replace(entry, units=0)
    if counting.step_hours is None or hours <= (counting.step_after_hours or Decimal(0)):
        return entry
    stepped = (hours / counting.step_hours).to_integral_value(ROUND_FLOOR) * counting.step_hours
    return replace(entry, units=units_of(stepped))


def _too_short(counting: Counting) -> str:
    if counting.least_hours is not None:
        return f"Shorter than {counting.least_hours.normalize():f} hours, the least this board counts."
    return "Shorter than the smallest step this board counts."


def _inside(rule: Rule, entries: Sequence[Entry], window: CreditWindow) -> tuple[list[Entry], list[Out]]:
    """Entries in the window, with repeats of a course taken out where the rule does so."""
    found = [e for e in entries if window.holds(e.day)]
    repeats = rule.file.counting.repeats
    if repeats is None:
        return found, []
    taken: set[str] = set()
    bound = rule.repeats_of
    if repeats == "not_consecutive":
        before = window_before(rule.file, window)
        taken = {e.credit.course for e in entries if e.credit.course and before.holds(e.day)}
    kept: list[Entry] = []
    late: list[Out] = []
    for entry in sorted(found, key=lambda e: (-e.units, e.day, e.credit.id)):
        free = bound and not any(m.units(entry, None) for m in bound)
        course = None if free else entry.credit.course
        if course and course in taken:
            late.append(Out(entry.credit, _repeat(repeats)))
            continue
        if course and repeats == "once_per_period":
            taken.add(course)
        kept.append(entry)
    return kept, late


def _repeat(repeats: str) -> str:
    if repeats == "once_per_period":
        return ONCE
    return NOT_RUNNING
