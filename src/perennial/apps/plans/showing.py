"""A plan in words and rows for its pages: the headline, the table, the saving, the other ways, the proof."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from django.urls import reverse

from perennial.apps.plans.choices import LIBRARY
from perennial.apps.plans.outcome import Item, Outcome
from perennial.apps.plans.wishes import COST, HOURS, Wishes
from perennial.apps.plans.words import minutes_in_words, name_of, price_in_words
from perennial.core.values.words import day_in_words, dollars, listed, plain_hours

NUMBERS = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten", "Eleven", "Twelve")
BETTER: Mapping[str, str] = {COST: "cheaper set", HOURS: "set with fewer hours", "time": "quicker set"}


@dataclass(frozen=True, slots=True)
class Row:
    """A chosen course for the table; `serves` is (license, words, whether it counts there)."""

    item: Item
    on: str
    hours: str
    price: str
    format: str
    address: str
    outside: bool
    slug: str
    serves: tuple[tuple[str, str, bool], ...]
    drop: str = ""
    done: bool = False


@dataclass(frozen=True, slots=True)
class Total:
    """The foot of the table."""

    hours: str
    price: str


@dataclass(frozen=True, slots=True)
class Saved:
    """What planning together saves: a figure, words, and rows of (how, what)."""

    figure: str
    words: str
    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Way:
    """Another plan that is as good, in words; `address` shows it where it can be asked for."""

    words: str
    price: str
    hours: str
    takes: str
    address: str


def rows_of(outcome: Outcome, wishes: Wishes | None = None, done: Mapping[str, bool] | None = None) -> list[Row]:
    """The chosen courses in order of date; with wishes, each can be dropped."""
    return [
        Row(
            item=item,
            on=day_in_words(date.fromisoformat(item.on)),
            hours=hours_of(item.minutes),
            price=price_in_words(item.price_cents),
            format=name_of(item.format),
            address=reverse("courses:course", args=[item.ref]) if item.kind == LIBRARY else item.url,
            outside=item.kind != LIBRARY,
            slug=item.ref if item.kind == LIBRARY else "",
            serves=tuple((one.name, one.words, bool(one.lines) or one.counts != "0") for one in item.serves),
            drop=f"{reverse('plans:plan')}{wishes.but(item.id).query}" if wishes is not None else "",
            done=bool(done and done.get(item.id)),
        )
        for item in outcome.items
    ]


def total_of(outcome: Outcome) -> Total:
    """The sums."""
    return Total(hours_of(outcome.minutes), dollars(outcome.cost_cents))


def headline_of(outcome: Outcome) -> str:
    """What the page is about."""
    count = len(outcome.judged)
    if outcome.state == "infeasible":
        return "No plan yet meets everything"
    if outcome.state != "planned":
        return "Plan my renewal"
    if count == 1:
        return f"A plan for {outcome.judged[0].name}"
    return f"One plan for {'both' if count == 2 else f'all {NUMBERS[count].lower() if count < len(NUMBERS) else count}'} licenses"


def lead_of(outcome: Outcome) -> str:
    """The plan in one sentence, and what is proved of it."""
    if outcome.state == "infeasible":
        return f"With the {_courses(outcome.compared)} compared and what you wish, something stays missing."
    if outcome.state != "planned":
        return ""
    count = len(outcome.items)
    what = f"{NUMBERS[count] if count < len(NUMBERS) else count} course{'' if count == 1 else 's'}"
    sums = f"{what}, {hours_of(outcome.minutes)} CE hour{'' if outcome.minutes == 60 else 's'}, {dollars(outcome.cost_cents)}."
    return f"{sums} {proof_of(outcome)}"


def proof_of(outcome: Outcome) -> str:
    """The sentence of the proof."""
    if outcome.optimal:
        return f"No {BETTER[outcome.minimize]} exists among the {_courses(outcome.compared)} compared (bound {bound_of(outcome)})."
    return f"Whether a {BETTER[outcome.minimize]} exists is not proved: time ran out. None has less than {bound_of(outcome)}."


def how_of(outcome: Outcome) -> str:
    """What the bound means."""
    least = bound_of(outcome)
    if not outcome.optimal:
        return (
            f"The search was stopped before its end. It has proved that no set has less than {least}; this one may or may not be the best."
        )
    return f"The bound is the least that any set could have: {least} is proved, and this plan has just that, so none can do better."


def bound_of(outcome: Outcome) -> str:
    """The bound in its own unit."""
    value = Decimal(outcome.bound)
    if outcome.minimize == COST:
        return dollars(round(value))
    return minutes_in_words(round(value)) if outcome.minimize != HOURS else f"{plain_hours(value)} CE hours"


def saved_of(outcome: Outcome) -> Saved | None:
    """What planning together saves; None where there is one license, or one that cannot be planned by itself."""
    if len(outcome.alone) < 2 or outcome.alone_cost is None:
        return None
    money, minutes = outcome.alone_cost - outcome.cost_cents, outcome.alone_minutes - outcome.minutes
    rows = tuple((f"{one.name} alone", f"{hours_of(one.minutes)} h, {dollars(one.cost_cents)}") for one in outcome.alone)
    together = (*rows, ("Together", f"{hours_of(outcome.minutes)} h, {dollars(outcome.cost_cents)}"))
    if money > 0:
        more = f" and {hours_of(minutes)} CE hours" if minutes > 0 else ""
        return Saved(dollars(money), f"{more} less than planning each license alone", together)
    if minutes > 0:
        return Saved(f"{hours_of(minutes)} h", "less than planning each license alone", together)
    return Saved("Nothing", "saved here: each license alone would need as much", together)


def ways_of(outcome: Outcome, wishes: Wishes) -> list[Way]:
    """The other plans that are as good; one that lacks a course of this plan is asked for by leaving that one out."""
    found = []
    for swap in outcome.swaps:
        gone, new = [title for _, title in swap.dropped], [title for _, title in swap.taken]
        words = _swapped(new, gone)
        other = wishes
        for key, _ in swap.dropped:
            other = other.but(key)
        address = f"{reverse('plans:plan')}{other.query}" if swap.dropped else ""
        hours = f"{hours_of(swap.minutes)} CE hours"
        found.append(Way(words[:1].upper() + words[1:], dollars(swap.cost_cents), hours, f"takes {minutes_in_words(swap.takes)}", address))
    return found


def ways_out_of(outcome: Outcome, wishes: Wishes) -> list[tuple[str, str]]:
    """Where no plan meets everything: each wish that stands in the way could be let go, as (words, address)."""
    if outcome.state != "infeasible":
        return []
    page = reverse("plans:plan")
    loose: list[tuple[str, Wishes]] = []
    if wishes.budget_cents is not None:
        loose.append(("Plan without a budget", replace(wishes, budget_cents=None)))
    if wishes.by is not None:
        loose.append(("Plan by each license's own day", replace(wishes, by=None)))
    if wishes.minutes is not None:
        loose.append(("Plan with more time", replace(wishes, minutes=None)))
    return [(words, f"{page}{other.query}") for words, other in loose]


def difference_of(before: Outcome | None, after: Outcome, titles: Sequence[str]) -> str:
    """What changes where courses are left out, in a sentence."""
    gone = f"Without {listed([f'“{title}”' for title in titles])}"
    if after.state == "infeasible":
        return f"{gone} no plan meets everything"
    if before is None or before.state != "planned":
        return f"{gone}"
    parts = []
    for value, words in ((after.cost_cents - before.cost_cents, dollars), (after.minutes - before.minutes, _hours_words)):
        if value:
            parts.append(f"{words(abs(value))} {'more' if value > 0 else 'less'}")
    return f"{gone} it is {listed(parts)}" if parts else f"{gone} it costs as much and takes as many CE hours"


def hours_of(minutes: int) -> str:
    """Minutes of credit as CE hours without unit."""
    return plain_hours(Decimal(minutes) / 60)


def _swapped(new: list[str], gone: list[str]) -> str:
    if new and gone:
        return f"{listed(new)} in the place of {listed(gone)}"
    return f"without {listed(gone)}" if gone else f"with {listed(new)}"


def _hours_words(minutes: int) -> str:
    return f"{hours_of(minutes)} CE hour{'' if minutes == 60 else 's'}"


def _courses(count: int) -> str:
    return f"{count:,} course{'' if count == 1 else 's'}"
