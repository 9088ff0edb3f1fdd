"""A plan in words and rows for its pages: the headline, the table, the saving, the other ways, the proof."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import groupby

from django.urls import reverse

from perennial.apps.plans.choices import LIBRARY
from perennial.apps.plans.outcome import Item, Outcome, Unmet
from perennial.apps.plans.wishes import COST, HOURS, Wishes
from perennial.apps.plans.words import name_of, price_in_words
from perennial.core.planner import MOST_ALTERNATIVES
from perennial.core.values.words import day_in_words, dollars, listed, plain_hours, time_in_words

TOTAL = "total"
NUMBERS = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten", "Eleven", "Twelve")
BELOW: Mapping[str, str] = {COST: "none costs less than {}", HOURS: "none has fewer than {}", "time": "none takes less than {}"}
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


@dataclass(frozen=True, slots=True)
class Lack:
    """What stays missing of one license: rows of (line, how much), and what would mend it."""

    name: str
    rows: tuple[tuple[str, str], ...]
    mend: str


@dataclass(frozen=True, slots=True)
class Open:
    """What is not settled of a plan whose search was stopped: in short, and in full."""

    short: str
    full: str


def open_of(outcome: Outcome, *, broken: bool = False) -> Open | None:
    """What is not settled of a plan; None where all is. `broken`: a fault of this site ended the search."""
    if not outcome.stopped:
        return None
    ended = "A fault on this site broke the search off." if broken else "The search ended before it was through."
    if outcome.state == "unfinished":
        known = f" It is proved that {BELOW[outcome.minimize].format(bound_of(outcome))}." if Decimal(outcome.bound) else ""
        return Open("No plan was found in that time", f"{ended} Whether there is a plan is not known.{known}")
    if outcome.state == "infeasible":
        return Open("Not all was looked into", f"{ended} It is certain that no plan meets everything.")
    if outcome.optimal:
        return Open("The best plan; not all was compared", f"{ended} Other plans as good, or each license alone, were left out.")
    most = f" A better plan, if there is one, is better by at most {outcome.gap} %." if outcome.gap else ""
    says = f"{ended} It is proved that {BELOW[outcome.minimize].format(bound_of(outcome))}.{most}"
    return Open("The best plan found so far; not proved to be the best", says)


def lacks_of(outcome: Outcome) -> list[Lack]:
    """What no choice can meet, license by license."""
    found: list[Lack] = []
    for name, group in groupby((one for one in outcome.unmet if one.line), key=lambda one: one.name):
        members = list(group)
        rows = tuple((one.line, f"{one.hours} h" if one.hours else "to complete") for one in members)
        found.append(Lack(name, rows, _mend(members)))
    return found


def _mend(members: Sequence[Unmet]) -> str:
    """What would mend it: the hours in all with the topics among them, or each by itself."""
    first, *others = members
    if first.requirement == TOTAL and others and first.mend.startswith("Add "):
        return f"{first.mend.rstrip('.')}, the others above among them."
    return " ".join(dict.fromkeys(one.mend for one in members))


def more_of(outcome: Outcome) -> str:
    """Whether there may be more plans as good than those that are named; empty where there are none."""
    if not outcome.all_ties and not outcome.stopped:
        return "Not every plan as good was weighed: there may be more, and quicker ones."
    if len(outcome.swaps) >= MOST_ALTERNATIVES:
        return f"There may be more; {NUMBERS[MOST_ALTERNATIVES].lower()} are named."
    return ""


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
    if outcome.state == "unfinished":
        return "No plan yet"
    if outcome.state != "planned":
        return "Plan my renewal"
    if count == 1:
        return f"A plan for {outcome.judged[0].name}"
    return f"One plan for {'both' if count == 2 else f'all {NUMBERS[count].lower() if count < len(NUMBERS) else count}'} licenses"


def lead_of(outcome: Outcome, *, wished: bool = True) -> str:
    """The plan in one sentence, and what is proved of it; `wished`: something beside the least was asked of it."""
    if outcome.state == "infeasible":
        if wished:
            return f"With the {_courses(outcome.compared)} compared and what you wish, something stays missing."
        return f"What there is to choose from, {_courses(outcome.compared)}, is not enough yet. Add some that you could take."
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
    return f"The best found so far among {_courses(outcome.compared)}; {BELOW[outcome.minimize].format(bound_of(outcome))}."


def how_of(outcome: Outcome) -> str:
    """What the bound means."""
    least = bound_of(outcome)
    if not outcome.optimal:
        below = BELOW[outcome.minimize].format(least)
        return f"The search was stopped before its end. It has proved that {below}; this plan may or may not be the best."
    return f"The bound is the least that any set could have: {least} is proved, and this plan has just that, so none can do better."


def bound_of(outcome: Outcome) -> str:
    """The bound in its own unit."""
    return amount_in_words(Decimal(outcome.bound), outcome.minimize)


def amount_in_words(value: Decimal, minimize: str) -> str:
    """What is spared, in its own unit: cents, CE hours or minutes."""
    if minimize == COST:
        return dollars(round(value))
    return time_in_words(round(value)) if minimize != HOURS else f"{plain_hours(value)} CE hours"


def saved_of(outcome: Outcome) -> Saved | None:
    """What planning together saves; None where there is one license, one that cannot be planned by itself, or time makes it dearer."""
    if len(outcome.alone) < 2 or outcome.alone_cost is None:
        return None
    money, minutes = outcome.alone_cost - outcome.cost_cents, outcome.alone_minutes - outcome.minutes
    rows = tuple((f"{one.name} alone", f"{hours_of(one.minutes)} h, {dollars(one.cost_cents)}") for one in outcome.alone)
    together = (*rows, ("Together", f"{hours_of(outcome.minutes)} h, {dollars(outcome.cost_cents)}"))
    if money < 0:
        return None
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
        found.append(Way(words[:1].upper() + words[1:], dollars(swap.cost_cents), hours, f"takes {time_in_words(swap.takes)}", address))
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
