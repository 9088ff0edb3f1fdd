"""A plan as `perennial plan` prints it: a readable page, or the JSON that the format promises."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from perennial.core.planner import MOST_ALTERNATIVES, Alternative, Chosen, Offer, Plan, Verdict
from perennial.core.rules.scenario import plain
from perennial.core.values.words import dollars, time_in_words

WIDTH = 44
UNITS = {"cost": "cheaper", "hours": "shorter", "time": "quicker"}
BELOW = {"cost": "none costs less than {}", "hours": "none has fewer than {}", "time": "none takes less than {}"}


def as_json(found: Plan, dropped: Mapping[str, Plan]) -> dict[str, Any]:
    """The plan as a table of plain values."""
    return {
        "minimize": found.minimize,
        "chosen": _chosen(found.chosen),
        "cost_cents": found.cost_cents,
        "hours": plain(found.hours),
        "minutes": found.minutes,
        "optimal": found.optimal,
        "bound": plain(found.bound),
        "stopped": found.stopped,
        "gap_percent": None if found.gap_percent is None else plain(found.gap_percent),
        "alternatives_complete": found.all_ties and len(found.alternatives) < MOST_ALTERNATIVES,
        "alternatives": [_set(one) for one in found.alternatives],
        "alone": [{"license": a.key, "feasible": a.feasible, **_set(a)} for a in found.alone],
        "dropping": {key: _dropped(p) for key, p in dropped.items()},
        "verdicts": [_verdict(v) for v in found.verdicts],
        "infeasible": [
            {
                "license": u.key or None,
                "requirement": u.requirement,
                "hours": None if u.hours is None else plain(u.hours),
                "what": u.what,
                "mend": u.mend,
            }
            for u in found.infeasible
        ],
        "unknown": list(found.unknown),
    }


def _dropped(other: Plan) -> dict[str, Any]:
    if not other.found:
        return {"feasible": None, "cost_cents": None, "minutes": None, "optimal": False}
    return {"feasible": other.feasible, "cost_cents": other.cost_cents, "minutes": other.minutes, "optimal": other.optimal}


def _chosen(chosen: Sequence[Chosen]) -> list[dict[str, str]]:
    return [{"id": c.id, "on": c.on.isoformat(), "until": c.until.isoformat()} for c in chosen]


def _set(one: Any) -> dict[str, Any]:
    return {"chosen": _chosen(one.chosen), "cost_cents": one.cost_cents, "hours": plain(one.hours), "minutes": one.minutes}


def _verdict(verdict: Verdict) -> dict[str, Any]:
    answer = verdict.answer
    return {
        "license": verdict.key,
        "name": verdict.name,
        "compliant": answer.compliant,
        "certain": answer.certain,
        "counted_hours": plain(answer.counted_hours),
        "missing": {key: None if hours is None else plain(hours) for key, hours in answer.missing.items()},
        "due": answer.due.isoformat(),
        "unchecked": list(answer.unchecked),
        "needs": list(answer.needs),
    }


def in_words(found: Plan, offers: Mapping[str, Offer], dropped: Mapping[str, Plan]) -> Iterator[str]:
    """The plan as lines for people."""
    if found.infeasible:
        yield "There is no plan."
        yield from _no_plan(found)
    elif not found.found:
        yield "No plan was found in the time given; whether there is one is not known."
        yield f"Proved so far: {BELOW[found.minimize].format(_amount(found, found.bound))}. Give it more time."
    elif not found.chosen:
        yield "Nothing needs to be taken." if not found.unknown else "Nothing can be planned."
    else:
        yield from _table(found, offers)
        yield from _proof(found)
        yield from _others(found, offers)
        yield from _drops(found, offers, dropped)
    yield ""
    yield from _verdicts(found)


def _no_plan(found: Plan) -> Iterator[str]:
    names = {v.key: v.name for v in found.verdicts}
    for one in found.infeasible:
        yield f"  {names[one.key] + ': ' if one.key in names else ''}{one.what}"
        yield f"    {one.mend}"


def _table(found: Plan, offers: Mapping[str, Offer]) -> Iterator[str]:
    yield f"{'Complete on':<18} {'Course':<{WIDTH}} {'Hours':>6} {'Price':>9}  Serves"
    for one in found.chosen:
        offer = offers[one.id]
        title = offer.title if len(offer.title) <= WIDTH else offer.title[: WIDTH - 1] + "…"
        yield f"{_day(one.on):<18} {title:<{WIDTH}} {plain(offer.hours):>6} {dollars(offer.price_cents):>9}  {_serves(found, one.id)}"
        if one.until > one.on:
            yield f"{'':<18} any day up to {_day(one.until)}"
    yield f"{'':<18} {'In all':<{WIDTH}} {plain(found.hours):>6} {dollars(found.cost_cents):>9}  {time_in_words(found.minutes)}"


def _serves(found: Plan, offer: str) -> str:
    """For each license the lines that count hours of the offer, the hours in all first."""
    told = []
    for verdict in found.verdicts:
        lines = [(line.name, c.hours) for line in verdict.answer.lines if line.kind != "limit" for c in line.credits if c.credit == offer]
        if lines:
            told.append(f"{verdict.name.split(',')[0]} ({', '.join(f'{name.lower()} {plain(hours)}' for name, hours in lines)})")
    return "; ".join(told) or "nothing that counts"


def _proof(found: Plan) -> Iterator[str]:
    if found.optimal:
        yield f"Proved: no {UNITS[found.minimize]} set exists (bound {_amount(found, found.bound)})."
    else:
        yield "Not proved to be the best: the time was over. This is the best plan found so far."
        below = BELOW[found.minimize].format(_amount(found, found.bound))
        yield f"Proved: {below}. A better one, if there is one, is better by at most {found.gap_percent} %."
    if len(found.alone) > 1 and all(a.feasible for a in found.alone):
        alone = sum(a.cost_cents for a in found.alone)
        yield f"Each license planned by itself: {dollars(alone)} in all; together saves {dollars(max(0, alone - found.cost_cents))}."
    if found.optimal and found.stopped:
        yield "The time was over before all was compared: other sets as good, and each license planned by itself."
    elif found.optimal and not found.all_ties:
        yield "Of the sets as good as this one not all were weighed; there may be others, and quicker ones."
    elif len(found.alternatives) >= MOST_ALTERNATIVES:
        yield f"There may be more sets as good; {MOST_ALTERNATIVES} are named."


def _amount(found: Plan, value: Decimal) -> str:
    if found.minimize == "cost":
        return dollars(int(value))
    return f"{plain(value)} CE hours" if found.minimize == "hours" else time_in_words(int(value))


def _others(found: Plan, offers: Mapping[str, Offer]) -> Iterator[str]:
    mine = {c.id for c in found.chosen}
    for other in found.alternatives:
        yield _instead(mine, other, offers)


def _instead(mine: set[str], other: Alternative, offers: Mapping[str, Offer]) -> str:
    theirs = {c.id for c in other.chosen}
    taken, left = ("; ".join(offers[key].title for key in sorted(keys)) or "nothing" for keys in (theirs - mine, mine - theirs))
    return f"As good: {taken} instead of {left}."


def _drops(found: Plan, offers: Mapping[str, Offer], dropped: Mapping[str, Plan]) -> Iterator[str]:
    for key, other in dropped.items():
        if not other.found:
            yield f"Without {offers[key].title}: not worked out in the time given."
            continue
        more = f"costs {dollars(other.cost_cents)}" if other.feasible else "leaves no plan"
        at_most = "" if other.optimal else " at most"
        yield f"Without {offers[key].title}: {more}{at_most if other.feasible else ''}{_difference(found, other)}."


def _difference(found: Plan, other: Plan) -> str:
    return f", {dollars(other.cost_cents - found.cost_cents)} more" if other.feasible and other.cost_cents > found.cost_cents else ""


def _verdicts(found: Plan) -> Iterator[str]:
    for verdict in found.verdicts:
        answer = verdict.answer
        word = {True: "compliant", False: "not compliant", None: "not known"}[answer.compliant]
        doubt = "" if answer.certain or answer.compliant is None else ", by what we have read"
        yield f"{verdict.name}: {word}{doubt} by {_day(answer.due)} ({plain(answer.counted_hours)} CE hours count)"
        for key, hours in answer.missing.items():
            yield f"  missing: {key}{'' if hours is None else f', {plain(hours)} CE hours'}"
        if answer.needs:
            yield f"  to be told: {', '.join(answer.needs)}"
        if answer.compliant and not answer.certain:
            for point in answer.unchecked[:3]:
                yield f"  open: {point}"


def _day(day: date) -> str:
    return f"{day:%-d %B %Y}"
