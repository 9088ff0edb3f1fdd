"""`perennial plan`: what to take for several licenses of one person, at the least cost, with proof."""

import json
import os
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import click

from perennial.cli.plan_words import as_json, in_words
from perennial.cli.unusable import Unusable
from perennial.core.planner import Offer, Owed, Plan, Wishes
from perennial.core.planner import plan as make_plan
from perennial.core.planner import without as plan_without
from perennial.core.planner.catalog import read_offers
from perennial.core.planner.catalogs import Catalog
from perennial.core.planner.pace import ENDLESS, pace_of
from perennial.core.rules import RuleBase, load
from perennial.core.rules.scenario import Faulty, Scenario, read_scenarios, rule_of
from perennial.core.values import Problem
from perennial.core.values.words import counted

DAY = click.DateTime(["%Y-%m-%d"])
MOST_MINUTES = 1_000_000
SHOWN = 20
"""Faults of a catalog that are named; more are counted."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the command was given: licenses, offers, and the day."""

    licenses: tuple[Owed, ...]
    offers: tuple[Offer, ...]
    today: date
    set_aside: int = 0
    """Offers of the catalog that could not be used, where their reasons went to a file."""


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--catalog", required=True, type=click.Path(path_type=Path), help="Offers to choose from, a JSON list or a CSV table.")
@click.option("--budget", type=str, help="The most it may cost, in dollars: 150 or 149.50.")
@click.option("--minimize", type=click.Choice(["cost", "hours", "time"]), default="cost", show_default=True, help="What to spare.")
@click.option("--prefer", multiple=True, help="Among plans that spare as much: topic:ethics, format:live_online, or an offer's id.")
@click.option("--my-time", "my_time", type=str, help="The most of your own time that it may take, in hours: 20 or 12.5.")
@click.option("--by", type=DAY, help="The last day on which anything may be completed.")
@click.option("--as-of", type=DAY, help="Plan as of this day (default: the file's as_of, else today).")
@click.option("--without", "left_out", multiple=True, help="An offer's id that may not be taken.")
@click.option("--with", "taken", multiple=True, help="An offer's id that must be taken.")
@click.option(
    "--rejects", type=click.Path(path_type=Path), help="Set offers that cannot be used aside in this file, and plan from the rest."
)
@click.option("--dropping", is_flag=True, help="Also what the plan costs if each chosen offer is dropped.")
@click.option(
    "--time-limit",
    "seconds",
    type=click.FloatRange(min=0, min_open=True),
    help="Stop after so many seconds with the best plan so far and what is proved (default: search until it is proved).",
)
@click.option("--json", "as_json_", is_flag=True, help="Answer as JSON.")
def plan(file: Path, catalog: Path, *, as_of: datetime | None, as_json_: bool, dropping: bool, **wished: object) -> int:
    """Plan all licenses in FILE (scenarios of one person).

    Status 0: a plan, or nothing is needed; 1: there is none, or none was found in the time given; 2: unusable input.
    """
    base = load()
    try:
        asked = _asked(base, file, _offers(base, catalog, wished["rejects"]), as_of.date() if as_of else None)
        wishes = _wishes(base, asked, wished)
    except Faulty as fault:
        raise Unusable(fault.problem) from fault
    if sys.stderr.isatty():
        click.echo(f"Comparing {len(asked.offers):,} offers for {len(asked.licenses)} licenses ...", err=True)
    seconds = wished["seconds"]
    pace = pace_of(seconds, time.monotonic) if isinstance(seconds, float) else ENDLESS
    found = make_plan(asked.licenses, asked.offers, wishes, asked.today, pace=pace)
    dropped = {c.id: plan_without(found, c.id, pace=pace) for c in found.chosen} if dropping else {}
    titles = {o.id: o for o in asked.offers}
    if as_json_:
        click.echo(json.dumps({**as_json(found, dropped), "set_aside": asked.set_aside}, indent=2, ensure_ascii=False))
    else:
        if asked.set_aside:
            click.echo(
                f"Of the catalog {counted(asked.set_aside, 'offer')} could not be used: see {wished['rejects']}. The plan is of the others."
            )
        for line in in_words(found, titles, dropped):
            click.echo(line)
    return 0 if _fulfilled(found) else 1


def _fulfilled(found: Plan) -> bool:
    return found.found and found.feasible and not found.unknown


def _asked(base: RuleBase, file: Path, read: Catalog[Offer], day: date | None) -> Asked:
    scenarios = read_scenarios(file)
    if not scenarios:
        raise Faulty(file.name, "no license in it", "Give a list of scenarios of one person.")
    _one_person(file, scenarios)
    told = [s.asked_on for s in scenarios if s.asked_on is not None]
    today = day or (max(told) if told else datetime.now(tz=UTC).date())
    return Asked(tuple(_owed(base, s, today) for s in scenarios), read.taken, today, len(read.refused))


def _offers(base: RuleBase, catalog: Path, rejects: object) -> Catalog[Offer]:
    """The offers of the catalog; those that cannot be used stand in `rejects`, or make the whole catalog unusable where none is named."""
    read = read_offers(catalog, base.vocabulary)
    if isinstance(rejects, Path):
        _set_aside(rejects, read.refused)
    elif read.refused:
        *before, last = read.refused[:SHOWN]
        for problem in before:
            click.echo(str(problem), err=True)
        more = len(read.refused) - SHOWN
        raise Unusable(last if more <= 0 else Problem(last.where, last.what, f"{last.mend} {more} more offers have faults."))
    return read


def _set_aside(rejects: Path, refused: Sequence[Problem]) -> None:
    """Write why each offer cannot be used, whole or not at all."""
    rows = [{"where": one.where, "what": one.what, "mend": one.mend} for one in refused]
    begun = rejects.with_name(f".{rejects.name}.{os.getpid()}")
    try:
        begun.write_text(json.dumps(rows, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
        begun.replace(rejects)
    except OSError as error:
        begun.unlink(missing_ok=True)
        raise Faulty(f"--rejects: {rejects}", f"cannot be written: {error.strerror}", "Name a file in a folder that is there.") from None


def _one_person(file: Path, scenarios: Sequence[Scenario]) -> None:
    people = sorted({s.person for s in scenarios if s.person is not None})
    if len(people) > 1:
        raise Faulty(f"{file.name}: person", f"more than one person: {', '.join(people)}", "Plan for one person at a time.")
    seen: set[str] = set()
    for scenario in scenarios:
        if scenario.id in seen:
            raise Faulty(f"{file.name}: id", f"'{scenario.id}' stands twice", "Give each license its own id.")
        seen.add(scenario.id)


def _owed(base: RuleBase, scenario: Scenario, today: date) -> Owed:
    rule = rule_of(base, scenario)
    state = base.vocabulary.jurisdictions.get(scenario.jurisdiction) or base.vocabulary.jurisdictions.get(scenario.jurisdiction.lower())
    name = f"{state.name if state else scenario.jurisdiction}, {scenario.profession.replace('_', ' ')}"
    return Owed(scenario.id, name, rule, replace(scenario.standing, as_of=today))


def _wishes(base: RuleBase, asked: Asked, wished: dict[str, object]) -> Wishes:
    prefer: dict[str, set[str]] = {"topic": set(), "format": set(), "id": set()}
    for text in _strings(wished["prefer"]):
        kind, _, value = text.partition(":")
        known = {"topic": base.vocabulary.topics, "format": base.vocabulary.formats}.get(kind)
        if known is not None and value not in known:
            raise Faulty("--prefer", f"unknown {kind} '{value}'", f"Known: {', '.join(known)}.")
        prefer[kind if known is not None else "id"].add(value if known is not None else text)
    there = {o.id for o in asked.offers}
    named = (("--prefer", prefer["id"]), ("--with", _strings(wished["taken"])), ("--without", _strings(wished["left_out"])))
    for option, ids in named:
        for one in sorted(set(ids) - there):
            raise Faulty(option, f"no offer '{one}' in the catalog", "Give an id as in the catalog.")
    torn = sorted({*_strings(wished["taken"])} & {*_strings(wished["left_out"])})
    if torn:
        raise Faulty("--with, --without", f"'{torn[0]}' is both asked for and left out", "Name it in one of the two.")
    by = wished["by"]
    return Wishes(
        budget_cents=_cents(wished["budget"]),
        most_minutes=_minutes(wished["my_time"]),
        minimize=wished["minimize"],  # type: ignore[arg-type]  # click lets only the three pass
        prefer_topics=frozenset(prefer["topic"]),
        prefer_formats=frozenset(prefer["format"]),
        prefer_ids=frozenset(prefer["id"]),
        by=by.date() if isinstance(by, datetime) else None,
        excluded=frozenset(_strings(wished["left_out"])),
        required=frozenset(_strings(wished["taken"])),
    )


def _strings(value: object) -> tuple[str, ...]:
    return tuple(str(v) for v in value) if isinstance(value, tuple) else ()


def _cents(budget: object) -> int | None:
    if budget is None:
        return None
    try:
        cents = Decimal(str(budget).removeprefix("$").replace(",", "")) * 100
        whole = int(cents)
    except (ArithmeticError, ValueError):
        raise Faulty("--budget", f"'{budget}' is not an amount", "Write dollars, such as 150 or 149.50.") from None
    if cents < 0 or cents != whole:
        raise Faulty("--budget", f"'{budget}' is not an amount of dollars and cents", "Write dollars, such as 150 or 149.50.")
    return whole


def _minutes(hours: object) -> int | None:
    if hours is None:
        return None
    try:
        minutes = Decimal(str(hours)) * 60
        whole = int(minutes)
    except (ArithmeticError, ValueError):
        whole = -1
    if not 0 < whole <= MOST_MINUTES:
        raise Faulty("--my-time", f"'{hours}' is not a number of hours", "Write hours, such as 20 or 12.5.")
    return whole
