"""One count: from a question to hours counted, what is missing, and what each credit gave."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations

from perennial.core.rules.asked import Ask, Cap, asks, caps, units_of
from perennial.core.rules.assign import Assignment, Ceiling, Choice, Demand, assign
from perennial.core.rules.facts import Credit, Done, Standing
from perennial.core.rules.ledger import Ledger, entries_of, reread, sort_credits
from perennial.core.rules.periods import CreditWindow, months_after, months_before, window_before
from perennial.core.rules.question import Question, open_effects, renewal_number
from perennial.core.rules.rule import Rule, in_force
from perennial.core.rules.schema import Grant, Limit, Requirement
from perennial.core.rules.selection import UNITS, Entry, Picker, Reading, settled_by


@dataclass(frozen=True, slots=True)
class Tally:
    """What one requirement got: units now, units from an earlier time that still serve, and what lacks.

    `short` is None where only completion counts and it is lacking.
    """

    ask: Ask
    got: int
    earlier: int
    short: int | None
    by_item: tuple[int, ...]
    done: bool = False

    @property
    def met(self) -> bool:
        """Whether nothing is missing."""
        return self.short == 0


@dataclass(frozen=True, slots=True)
class Count:
    """The whole count under one reading."""

    question: Question
    ledger: Ledger
    asked: dict[str, Ask]
    caps: tuple[Cap, ...]
    assignment: Assignment
    tallies: dict[str, Tally]
    carried: int
    counted: int

    @property
    def compliant(self) -> bool:
        """Whether nothing that is asked is missing."""
        return not self.question.window.owed or all(t.met for t in self.tallies.values())


def count(rule: Rule, standing: Standing, entries: tuple[Entry, ...], window: CreditWindow) -> Count:
    """Judge one standing against a rule as its file reads it."""
    standing = standing.on_its_day()
    number = renewal_number(rule, standing.license, window)
    effects = open_effects(rule, standing, window, number)
    ledger = sort_credits(rule, standing.as_of, (*entries, *grants_of(rule, standing, window, number)), window)
    return _counted(Question(rule, standing, window, ledger.every, ledger.inside, Reading.AS_READ, number, effects), ledger)


def recount(found: Count, reading: Reading) -> Count:
    """The same standing under another reading of what is open."""
    question, window = found.question, found.question.window
    if reading is Reading.STRICT:
        earlier = max((e.closes_months_earlier or 0 for e in question.effects), default=0)
        window = replace(window, end=months_after(window.end, -earlier)) if earlier else window
    ledger, doubted = found.ledger, undated_grants(question) if reading is Reading.STRICT else frozenset[str]()
    if window is not question.window or doubted or (reading is Reading.STRICT and ledger.unaccepted):
        ledger = reread(question.rule, ledger, window, reading, doubted)
    memo = question.memo if ledger is found.ledger else {}
    other = replace(question, window=window, entries=ledger.every, inside=ledger.inside, reading=reading, memo=memo)
    return _counted(other, ledger)


def _counted(question: Question, ledger: Ledger) -> Count:
    asked = asks(question)
    limits = tuple(caps(question, asked))
    choice = choice_of(question, asked, limits)
    assignment = assign(choice)
    carried = carried_over(question)
    tallies = {key: _tally(question, ask, choice, assignment, carried) for key, ask in asked.items() if ask.state == "asked"}
    return Count(question, ledger, asked, limits, assignment, tallies, carried, assignment.most + carried)


def grants_of(rule: Rule, standing: Standing, window: CreditWindow, renewal: int | None) -> tuple[Entry, ...]:
    """Duties that earn hours (an exam worth an ethics hour), as entries."""
    earned = [
        Credit(
            id=f"done:{grant.what}",
            title=rule.vocabulary.name(grant.what),
            date=done.on if done.on and window.holds(done.on) else window.start,
            hours=grant.hours,
            format="other_grant",
            topics=grant.topics,
            approvals=tuple(rule.accepted),
        )
        for grant in rule.file.grants
        for done in standing.done
        if done.what == grant.what and _grant_counts(grant, done, window, renewal)
    ]
    return entries_of(earned, rule.vocabulary) if earned else ()


def _grant_counts(grant: Grant, done: Done, window: CreditWindow, renewal: int | None) -> bool:
    if grant.first_renewal:
        return renewal == 1
    return done.on is None or window.holds(done.on)


def undated_grants(question: Question) -> frozenset[str]:
    """Ids of hours granted by a duty of which the day was not told: it may lie in another period."""
    told = {done.what for done in question.standing.done if done.on is None}
    return frozenset(f"done:{grant.what}" for grant in question.rule.file.grants if grant.what in told and not grant.first_renewal)


def choice_of(question: Question, asked: dict[str, Ask], limits: Iterable[Cap]) -> Choice:
    """The count as numbers: what may be counted of each credit, minimums, limits."""
    file, reading, inside = question.rule.file, question.reading, question.inside
    outside = [key for key, r in file.requirements.items() if on_top(r, asked[key], reading)]
    units = _in_total(question, outside) if outside else tuple(e.units for e in inside)
    demands: list[Demand] = []
    for key, ask in asked.items():
        if ask.state == "asked" and key in file.requirements:
            demands += _demands(question, key, ask, units)
    ceilings = [c for cap in limits for c in ceilings_of(question, cap, units)]
    ceilings += _open_ceilings(question, units)
    disjoint = [(key, other) for key, r in file.requirements.items() for other in r.disjoint]
    if reading is Reading.STRICT:
        disjoint += [pair for e in question.effects for pair in combinations(e.apart, 2)]
    total = asked.get("total")
    return Choice(units, tuple(demands), tuple(ceilings), tuple(disjoint), (total.units or 0) if total else 0)


def on_top(requirement: Requirement, ask: Ask, reading: Reading) -> bool:
    """Whether a topic's hours are kept out of the total of this person in this period."""
    if not outside_total(requirement, reading) or ask.state in ("not_applicable", "not_in_force"):
        return False
    return ask.state == "asked" or requirement.counts_toward_total is False


def _in_total(question: Question, outside: list[str]) -> tuple[int, ...]:
    """Units of each credit that may count toward the total: those not in a topic that comes on top."""
    rule, inside = question.rule, question.inside
    apart: list[tuple[tuple[str, ...], list[bool]]] = []
    for key in outside:
        spared = [m.units_of_all(inside, "out") for m in rule.counts_where[key]]
        slugs = rule.file.requirements[key].topics or (key,)
        apart.append((slugs, [any(units) for units in zip(*spared, strict=True)] if spared else [False] * len(inside)))
    found = []
    for number, entry in enumerate(inside):
        topics = frozenset(slug for slugs, counted in apart if not counted[number] for slug in slugs)
        found.append(entry.units - entry.in_topics(topics) if topics else entry.units)
    return tuple(found)


def outside_total(requirement: Requirement, reading: Reading) -> bool:
    if requirement.counts_toward_total == "unknown":
        return reading is Reading.STRICT
    return requirement.counts_toward_total is False


def _demands(question: Question, key: str, ask: Ask, units: tuple[int, ...]) -> list[Demand]:
    requirement, inside = question.rule.file.requirements[key], question.inside
    outside = outside_total(requirement, question.reading)
    whole = key == "total"
    gives = units if whole else gives_of(question, question.rule.requirements[key], None if outside else units)
    first_only = question.rule.first_only.get(key) if question.renewal == 1 else None
    if first_only is not None:
        gives = tuple(map(min, gives, first_only.units_of_all(inside, settled_by(question.reading))))
    within = tuple(
        (units_of(figure.hours), gives_of(question, picker, gives))
        for part, picker in zip(requirement.within, question.rule.within.get(key, ()), strict=True)
        if (figure := in_force(part.at_most, question.window.end)) and figure.hours is not None
    )
    found = [Demand(key, _asked_now(question, ask), gives, not outside, within)]
    if ask.yearly:
        found += [Demand(f"{key}@{n}", ask.yearly, _in_year(question, gives, n), not outside) for n in range(_years(question))]
    return found


def _in_year(question: Question, gives: tuple[int, ...], year: int) -> tuple[int, ...]:
    """What each item gives in one year of the window."""
    window = question.window
    return tuple(g if _year(window, e.day) == year else 0 for g, e in zip(gives, question.inside, strict=True))


def _asked_now(question: Question, ask: Ask) -> int:
    """Units that this window must still give: what was earned earlier and still serves is taken off."""
    if ask.units is None:
        return 0 if is_completed(question, ask) else 1
    return max(0, ask.units - _earlier(question, ask))


def gives_of(question: Question, picker: Picker, most: tuple[int, ...] | None) -> tuple[int, ...]:
    """Units that each item inside gives to a selection, at most `most` of each."""
    gives = question.picked(picker)
    return tuple(map(min, gives, most)) if most is not None else tuple(gives)


def _earlier(question: Question, ask: Ask) -> int:
    """Units earned before this window that still serve a topic on its own clock."""
    if ask.lookback is None or ask.id not in question.rule.requirements:
        return 0
    picker, start = question.rule.requirements[ask.id], question.window.start
    before = tuple(e for e in question.entries if e.day < start and ask.lookback.holds(e.day))
    return sum(picker.units_of_all(before, question.reading)) if before else 0


def is_completed(question: Question, ask: Ask) -> bool:
    """Whether something on record, or a duty done, meets it whole."""
    requirement = question.rule.file.requirements.get(ask.id)
    names = frozenset({ask.id, *(requirement.met_by if requirement else ())})
    return question.done_on(names, ask.lookback or question.window) or (ask.units is None and _earlier(question, ask) > 0)


def _year(window: CreditWindow, day: date) -> int:
    """The year of the window in which a day lies, counted back from its end: 0 is the last."""
    years = 0
    while day <= months_before(window.end, 12 * (years + 1)):
        years += 1
    return years


def _years(question: Question) -> int:
    """Years in the window, a begun one too, but never more than a period has."""
    months = question.rule.file.period.months or 12
    return min(_year(question.window, question.window.start) + 1, max(1, -(-months // 12)))


def ceilings_of(question: Question, cap: Cap, units: tuple[int, ...]) -> list[Ceiling]:
    """A limit as it holds the items inside: one ceiling for the period, or one for each year, day, credit and so on."""
    limit, inside = question.rule.file.limits[cap.id], question.inside
    holds = gives_of(question, question.rule.limits[cap.id], units)
    if limit.each == "period":
        return [Ceiling(cap.id, cap.units, holds, cap.of_earned)]
    if limit.each == "topic":
        slugs = {t for e in inside for t in e.topics}
        return [
            Ceiling(cap.id, cap.units, tuple(min(e.topics.get(slug, 0), h) for e, h in zip(inside, holds, strict=True)))
            for slug in sorted(slugs)
        ]
    groups: dict[object, list[int]] = {}
    for index, entry in enumerate(inside):
        if holds[index]:
            groups.setdefault(group_of(question, limit, entry), []).append(index)
    return [
        Ceiling(cap.id, cap.units, tuple(h if i in members else 0 for i, h in enumerate(holds)))
        for members in (frozenset(g) for g in groups.values())
    ]


def group_of(question: Question, limit: Limit, entry: Entry) -> object:
    """What a limit that holds for each year, day, format, course or credit counts an entry under."""
    if limit.each == "year":
        return _year(question.window, entry.day)
    keys: dict[str, object] = {
        "day": entry.day,
        "format": entry.credit.format,
        "course": entry.credit.course or entry.title,
        "credit": entry.credit.id,
    }
    return keys[limit.each]


def _open_ceilings(question: Question, units: tuple[int, ...]) -> list[Ceiling]:
    """Caps that were not read, at their tightest, in the strict reading."""
    if question.reading is not Reading.STRICT:
        return []
    concerned = {id(e) for e in question.effects}
    found: list[Ceiling] = []
    for point, index, matcher in question.rule.open_caps:
        effect = question.rule.file.open[point].could[index]
        if id(effect) in concerned:
            holds = tuple(min(matcher.units(e, "in"), u) for e, u in zip(question.inside, units, strict=True))
            found.append(Ceiling(point, units_of(effect.cap_hours), holds))
    return found


def _tally(question: Question, ask: Ask, choice: Choice, assignment: Assignment, carried: int) -> Tally:
    by_item = tuple(assignment.counted) if ask.id == "total" else tuple(assignment.got.get(ask.id, ()))
    if ask.id not in question.rule.file.requirements:
        return Tally(ask, 0, 0, _open_short(question, ask), ())
    got = assignment.most + carried if ask.id == "total" else sum(by_item)
    earlier, done = _earlier(question, ask), is_completed(question, ask)
    short: int | None = None if ask.units is None and not (got or done) else 0
    if ask.units is not None and not done:
        short = max(0, ask.units - got - earlier, _yearly_short(choice, assignment, ask))
        short = max(short, _kinds_short(question, ask, assignment))
    return Tally(ask, got, earlier, short, by_item, done)


def _yearly_short(choice: Choice, assignment: Assignment, ask: Ask) -> int:
    if not ask.yearly:
        return 0
    parts = [d for d in choice.demands if d.id.startswith(f"{ask.id}@")]
    return sum(max(0, ask.yearly - assignment.sum_of(d.id)) for d in parts)


def _kinds_short(question: Question, ask: Ask, assignment: Assignment) -> int:
    kinds = question.rule.file.requirements[ask.id].kinds
    if kinds is None:
        return 0
    used = [e for e, units in zip(question.inside, assignment.counted, strict=True) if units]
    settled = settled_by(question.reading)
    matchers = question.rule.kinds[ask.id]
    have = sum(1 for m in matchers if any(m.units(e, settled) for e in used))
    return max(0, kinds.at_least - have) * UNITS


def _open_short(question: Question, ask: Ask) -> int:
    """What an unread clause could still lack, given the hours in its topic."""
    topics = frozenset(ask.id.removeprefix("?").split("|"))
    have = sum(e.in_topics(topics) for e in question.inside)
    return max(0, (ask.units or 0) - have)


def carried_over(question: Question) -> int:
    """Surplus units of the period before that count in this one."""
    rule = question.rule.file.carry_over
    if question.renewal == 1 or question.window.needs:
        return 0
    figure = in_force(rule.at_most, question.window.end)
    most = units_of(figure.hours) if figure and figure.hours is not None else 0
    loose, all_units = question.reading is Reading.LOOSE, sum(e.units for e in question.entries)
    if rule.unknown:
        most = all_units if loose else 0
    for effect in question.effects if question.reading is not Reading.AS_READ else ():
        if effect.figure == "carry_over":
            hours = effect.highest if loose else effect.lowest
            most = units_of(hours) if hours is not None else all_units if loose else 0
    if not most:
        return 0
    before = window_before(question.rule.file, question.window)
    entries = tuple(e for e in question.entries if before.holds(e.day))
    return min(most, _surplus(question, before, entries)) if entries else 0


def full_of(total: Ask | None) -> int:
    """Units above which hours are surplus: what is asked, in full also where a first period was exempt."""
    if total is None:
        return 0
    figure = total.figure.hours if total.figure else None
    return units_of(figure) if total.state == "exempt" and figure is not None else total.units or 0


def _surplus(question: Question, before: CreditWindow, entries: tuple[Entry, ...]) -> int:
    rule = question.rule.file.carry_over
    number = question.renewal - 1 if question.renewal else None
    earlier = replace(question, window=before, entries=entries, inside=entries, renewal=number, memo={})
    asked = asks(earlier)
    assignment = assign(choice_of(earlier, asked, caps(earlier, asked)))
    surplus = assignment.most - full_of(asked.get("total"))
    kept = frozenset(rule.not_topics)
    late = months_before(before.end, rule.earned_in_last_months) if rule.earned_in_last_months else date.min
    may = sum(u - min(u, e.in_topics(kept)) for e, u in zip(entries, assignment.counted, strict=True) if e.day > late)
    return max(0, min(surplus, may))
