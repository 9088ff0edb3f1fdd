"""Judge one license: the verdict, whether it would survive what is not known, and why, line by line."""

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from functools import lru_cache

from perennial.core.rules.answer import Answer, Counted, Line, NotCounted
from perennial.core.rules.asked import Ask, Cap, open_duties
from perennial.core.rules.attributes import needed
from perennial.core.rules.count import Count, Tally, count, recount, undated_grants
from perennial.core.rules.facts import Standing
from perennial.core.rules.ledger import entries_of
from perennial.core.rules.periods import CreditWindow, credit_window
from perennial.core.rules.question import Question, first_step
from perennial.core.rules.rule import Rule
from perennial.core.rules.schema import Figure, Source
from perennial.core.rules.selection import UNITS, Entry, Reading
from perennial.core.rules.unanswered import Unsure, agreed, ways


def evaluate(rule: Rule, standing: Standing) -> Answer:
    """The answer for one license on one day.

    The verdict is the rule's as its file reads it. Where it is favorable it is judged again with every open point
    against the person, where it is not with every one in favor; `certain` says that the verdict stayed.
    Attributes that the person has not answered are taken both ways, and only what these agree on is told.
    """
    slugs = needed(rule, standing.unanswered) if standing.unanswered else ()
    if not slugs:
        return _evaluated(rule, standing)
    return agreed(Unsure(rule, slugs, {held: _evaluated(rule, said) for held, said in ways(standing, slugs)}))


def _evaluated(rule: Rule, standing: Standing) -> Answer:
    window = credit_window(rule.file, standing.license)
    entries = entries_of(standing.credits, rule.vocabulary)
    found = count(rule, standing, entries, window)
    needs = (*window.needs, *_needed(found))
    unknown = bool(window.needs)
    compliant = None if unknown or is_unknown(rule) else is_suspended(rule, window) or found.compliant
    return Answer(
        compliant=compliant,
        certain=compliant is not None and _survives(rule, found, compliant=compliant),
        counted_hours=hours(found.counted),
        asked_hours=_asked_hours(found),
        carried_hours=hours(found.carried),
        missing={} if compliant else _missing(found),
        start=window.start,
        due=window.end,
        owed=window.owed and not is_suspended(rule, window),
        unchecked=tuple(_unchecked(rule, found)),
        lines=tuple(_lines(rule, found)),
        not_counted=tuple(_not_counted(rule, found)),
        needs=tuple(dict.fromkeys(needs)),
    )


@lru_cache(maxsize=4096)
def hours(units: int) -> Decimal:
    """Units as CE hours without trailing zeros."""
    value = Decimal(units) / UNITS
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()


def in_words(units: int) -> str:
    """Units with their name: 1 CE hour, 1.5 CE hours."""
    return f"{hours(units)} CE hour{'' if units == UNITS else 's'}"


def _count(units: int) -> str:
    return "counts" if units == UNITS else "count"


def _survives(rule: Rule, found: Count, *, compliant: bool) -> bool:
    window = found.question.window
    if any(e.anything for e in found.question.effects) or any(stale_sources(found.question, found.asked, found.caps)):
        return False
    if not window.owed or is_suspended(rule, window):
        return True
    if not (rule.has_doubt or found.question.effects or (_against(found) if compliant else _in_favor(found))):
        return True
    other = recount(found, Reading.STRICT if compliant else Reading.LOOSE)
    return other.compliant is compliant


def _against(found: Count) -> bool:
    """Whether anything beside the file's own doubts could go against this person."""
    return found.ledger.unaccepted or bool(open_duties(found.question)) or bool(undated_grants(found.question))


def _in_favor(found: Count) -> bool:
    """Whether anything beside the file's own doubts could go in this person's favor."""
    file, question = found.question.rule.file, found.question
    first = question.renewal in (1, None) and (file.first_renewal.unknown or bool(file.first_renewal.steps))
    carries = file.carry_over.unknown and any(e.day < question.window.start for e in question.entries)
    return first or carries or any(ask.needs for ask in found.asked.values())


def is_suspended(rule: Rule, window: CreditWindow) -> bool:
    return any(w.start <= window.end <= w.until for w in rule.file.suspended)


def is_unknown(rule: Rule) -> bool:
    return rule.total is None and not rule.file.requirements


def _needed(found: Count) -> Iterator[str]:
    for ask in found.asked.values():
        yield from ask.needs
    steps = found.question.rule.file.first_renewal.steps
    if found.question.renewal == 1 and found.question.license.issued is None and steps:
        yield "issued"
    if found.question.renewal is None:
        yield "renewal_number"


def _asked_hours(found: Count) -> Decimal | None:
    total = found.asked.get("total")
    if total is None or not found.question.window.owed:
        return Decimal(0)
    return hours(total.units or 0) if total.state in ("asked", "exempt") else Decimal(0)


def _missing(found: Count) -> dict[str, Decimal | None]:
    if not found.question.window.owed:
        return {}
    return {
        key: None if tally.short is None else hours(tally.short)
        for key, tally in found.tallies.items()
        if tally.short is None or tally.short > 0
    }


def stale_sources(question: Question, asked: dict[str, Ask], limits: Iterable[Cap]) -> Iterator[str]:
    """Sources that were read in a copy younger than the period, where the start of what they say is not known."""
    end, rule = question.window.end, question.rule
    figures = [a.figure for a in asked.values() if a.state == "asked"] + [c.figure for c in limits]
    used = [figure.source for figure in figures if figure is not None and figure.start is None]
    if first_step(question) is not None and rule.file.first_renewal.source is not None:
        used.append(rule.file.first_renewal.source)
    for source in dict.fromkeys(used):
        dated = _first_day(rule.file.sources[source].as_of) if source in rule.file.sources else None
        if dated is not None and dated > end:
            yield (f"Read in a copy of {dated:%-d %B %Y}, after this period ended: whether the same was in force then is not known.")


def _first_day(as_of: str | None) -> date | None:
    """The earliest day that a source's own date can mean."""
    if as_of is None:
        return None
    parts = [int(part) for part in as_of.split("-")]
    return date(*[*parts, 1, 1][:3])


def _unchecked(rule: Rule, found: Count) -> Iterator[str]:
    """Everything the file leaves open, the file's own points first."""
    yield from left_open(rule, open_duties(found.question))
    yield from found.ledger.unnamed
    yield from stale_sources(found.question, found.asked, found.caps)


def left_open(rule: Rule, duties: Iterable[str]) -> Iterator[str]:
    """What the file leaves open for anyone, and whether these duties are done."""
    file = rule.file
    for point in file.open.values():
        yield f"{point.ask} {point.read}"
    for duty in duties:
        word = rule.vocabulary.duties.get(duty)
        yield (word.question if word and word.question else f"{rule.vocabulary.name(duty)}: done?") + " It earns no hours."
    if file.first_renewal.unknown:
        yield "What is owed at the first renewal was not read; the full hours are shown."
    if file.carry_over.unknown:
        yield "Whether surplus hours carry over was not read; none are carried."
    if not file.approvals.accepted:
        yield "Whose approval the board accepts was not read; every credit is taken as accepted."
    for key, requirement in file.requirements.items():
        if requirement.counts_toward_total == "unknown":
            yield f"Whether the hours in {_name(rule, key)} count toward the total was not read; they are counted."


def _name(rule: Rule, key: str) -> str:
    requirement = rule.file.requirements.get(key)
    if requirement is not None and requirement.name:
        return requirement.name
    limit = rule.file.limits.get(key)
    if limit is not None and limit.name:
        return limit.name
    return "Hours in all" if key == "total" else rule.vocabulary.name(key)


def _lines(rule: Rule, found: Count) -> Iterator[Line]:
    for key, ask in found.asked.items():
        tally = found.tallies.get(key)
        yield _asked_line(rule, found, ask, tally) if tally else _quiet_line(rule, ask)
    for cap in found.caps:
        yield _limit_line(rule, found, cap)


def _source(rule: Rule, figure: Figure | None) -> Source | None:
    return rule.file.sources.get(figure.source) if figure is not None else None


def _quiet_line(rule: Rule, ask: Ask) -> Line:
    """A requirement that asks nothing of this license now, and why."""
    figure = ask.figure
    return Line(
        requirement=ask.id,
        name=_name(rule, ask.id),
        kind="total" if ask.id == "total" else "requirement",
        asked=None,
        counted=Decimal(0),
        verdict="not_asked",
        missing=Decimal(0),
        because=ask.because,
        says=figure.says if figure else "",
        source=_source(rule, figure),
        credits=(),
        in_force=figure.start if figure else None,
    )


def _asked_line(rule: Rule, found: Count, ask: Ask, tally: Tally) -> Line:
    owed = found.question.window.owed
    figure = ask.figure
    return Line(
        requirement=ask.id,
        name=_name(rule, ask.id),
        kind="total" if ask.id == "total" else "requirement",
        asked=None if ask.units is None else hours(ask.units),
        counted=hours(tally.got + tally.earlier),
        verdict="met" if tally.met else ("missing" if owed else "not_asked"),
        missing=None if tally.short is None else hours(tally.short),
        because=_because(found, ask, tally) if owed else "Nothing is owed at this renewal; these hours stand for the next.",
        says=figure.says if figure else "",
        source=_source(rule, figure),
        credits=tuple(_credits(found.question.inside, tally.by_item)),
        in_force=figure.start if figure else None,
    )


def _because(found: Count, ask: Ask, tally: Tally) -> str:
    if tally.done:
        return "Met: recorded as done."
    if tally.short is None:
        return f"{ask.because} No completion is on record."
    if ask.units is None:
        return "Met: a completion is on record."
    have = f"{hours(tally.got + tally.earlier)} of {in_words(ask.units)} {_count(ask.units)}."
    if ask.id == "total" and found.carried:
        have += f" {hours(found.carried)} of them are carried over from the period before."
    if tally.earlier:
        have += f" {hours(tally.earlier)} of them were earned in an earlier period and still serve."
    if tally.short:
        have += f" {hours(tally.short)} missing."
    return have if ask.because == "Due at every renewal." else f"{have} {ask.because}"


def _credits(entries: tuple[Entry, ...], units: tuple[int, ...]) -> Iterator[Counted]:
    for entry, got in zip(entries, units, strict=False):
        if got:
            yield Counted(entry.credit.id, entry.credit.title, hours(got))


def _limit_line(rule: Rule, found: Count, cap: Cap) -> Line:
    picker = rule.limits[cap.id]
    held = found.question.picked(picker)
    kept = [min(h, c) for h, c in zip(held, found.assignment.counted, strict=True)]
    over = sum(held) > sum(kept)
    share = cap.of_earned is not None
    most = int((cap.of_earned or 0) * found.assignment.most) if share else cap.units
    words = f"{hours(sum(kept))} of {in_words(sum(held))} {_count(sum(held))}; the most is {hours(most)}."
    figure = cap.figure
    return Line(
        requirement=cap.id,
        name=_name(rule, cap.id),
        kind="limit",
        asked=hours(most),
        counted=hours(sum(kept)),
        verdict="over" if over else "within",
        missing=Decimal(0),
        because=words if over else f"At most {in_words(most)}; {hours(sum(held))} fall under it.",
        says=figure.says if figure else "",
        source=_source(rule, figure),
        credits=tuple(_credits(found.question.inside, tuple(kept))),
        in_force=figure.start if figure else None,
    )


def _not_counted(rule: Rule, found: Count) -> Iterator[NotCounted]:
    for out in found.ledger.out:
        yield NotCounted(out.credit.id, out.credit.title, out.credit.hours, out.credit.hours, out.because)
    for entry, units in zip(found.question.inside, found.assignment.counted, strict=True):
        if units < entry.units:
            credit, lost = entry.credit, entry.units - units
            yield NotCounted(credit.id, credit.title, credit.hours, hours(lost), _cut(rule, found, entry))


def _cut(rule: Rule, found: Count, entry: Entry) -> str:
    names = [
        f"{_name(rule, cap.id)} (at most {in_words(cap.units)})" for cap in found.caps if rule.limits[cap.id].units(entry, Reading.AS_READ)
    ]
    if names:
        return f"Over the limit on {' and '.join(names)}."
    return "Its topic comes on top of the hours in all and does not count toward them."
