"""What a kept plan stood on, what has changed since, which of it is done, and whether the rest still completes every license."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from perennial.apps.accounts.queries import Person
from perennial.apps.credits.queries import CreditView
from perennial.apps.plans.choices import choices_of
from perennial.apps.plans.judging import answers_with, as_if_done, judged_of
from perennial.apps.plans.outcome import Item, Judged, Outcome, outcome_of
from perennial.apps.plans.queries import KeptPlan
from perennial.apps.standing.queries import LicenseStanding, standing_of, taken_as_yes
from perennial.core.values.words import listed


@dataclass(frozen=True, slots=True)
class Kept:
    """A kept plan as it stands today. `done` by the name of the course; `holds`: the rest still completes every license."""

    plan: KeptPlan
    outcome: Outcome
    done: Mapping[str, bool]
    changes: tuple[str, ...]
    gone: tuple[str, ...]
    judged: tuple[Judged, ...]
    holds: bool

    @property
    def count(self) -> int:
        """How many of the courses are done."""
        return sum(self.done.values())


def basis_for(person: Person, *, day: date) -> dict[str, Any]:
    """What a plan made now stands on; a constant number of queries."""
    return basis_of(standing_of(person, day=day))


def basis_of(standings: Sequence[LicenseStanding]) -> dict[str, Any]:
    """Licenses, their rules and the credits, as short marks that can be compared later."""
    credits = standings[0].credits if standings else ()
    return {
        "licenses": {
            str(s.license.pk): {
                "name": s.name,
                "facts": _mark(repr((s.facts.license, sorted(s.facts.attributes), s.facts.done))),
                "rule": _mark(s.rule.file.model_dump_json()) if s.rule else "",
            }
            for s in standings
        },
        "credits": {str(credit.first_id): credit.id for credit in credits},
    }


def kept_today(person: Person, plan: KeptPlan, *, day: date) -> Kept:
    """A kept plan beside what holds today; a constant number of queries.

    What the plan took for granted is taken so still: a question not answered as yes, a duty that no course fulfills as done.
    """
    outcome, standings = outcome_of(plan.result), standing_of(person, day=day)
    ledger = standings[0].credits if standings else ()
    done = done_of(outcome.items, ledger, plan.basis)
    choices = choices_of(person).by_id
    left = [item for item in outcome.items if not done[item.id]]
    gone = tuple(item.title for item in left if item.id not in choices)
    meant = {judged.license: judged.once for judged in outcome.judged}
    here = [s for s in standings if str(s.license.pk) in meant and s.rule is not None]
    granted = [as_if_done(taken_as_yes(s), meant[str(s.license.pk)]) for s in here]
    days = {item.id: max(date.fromisoformat(item.on), day) for item in left if item.id in choices}
    answers = answers_with([s for s, _ in granted], choices, days, day)
    return Kept(
        plan=plan,
        outcome=outcome,
        done=done,
        changes=tuple(changes_of(plan.basis, basis_of(standings), ledger)),
        gone=gone,
        judged=tuple(judged_of(s, answers[str(s.license.pk)], once) for s, once in granted),
        holds=all(answer.compliant is True for answer in answers.values()),
    )


def done_of(items: Sequence[Item], ledger: Iterable[CreditView], basis: Mapping[str, Any]) -> dict[str, bool]:
    """Which courses have come into the record since: by course number, else by title."""
    new = [credit for credit in ledger if str(credit.first_id) not in basis["credits"]]
    numbers = {credit.course_key for credit in new if credit.course_key}
    titles = {credit.title.casefold() for credit in new}
    return {item.id: item.course_key in numbers or item.title.casefold() in titles for item in items}


def changes_of(before: Mapping[str, Any], now: Mapping[str, Any], ledger: Sequence[CreditView]) -> list[str]:
    """What has changed since, in sentences."""
    found = []
    titles = {str(credit.first_id): credit.title for credit in ledger}
    new = [f"“{titles[key]}”" for key in now["credits"] if key not in before["credits"]]
    corrected = [f"“{titles[key]}”" for key, entry in now["credits"].items() if before["credits"].get(key, entry) != entry]
    if new:
        found.append(f"New in your record: {listed(new)}.")
    if corrected:
        found.append(f"Corrected in your record: {listed(corrected)}.")
    if any(key not in now["credits"] for key in before["credits"]):
        found.append("A credit that counted then is out of your record.")
    for key, was in before["licenses"].items():
        here = now["licenses"].get(key)
        if here is None:
            found.append(f"{was['name']} is no longer among your licenses.")
        elif here["rule"] != was["rule"]:
            found.append(f"The rule of {was['name']} was changed.")
        elif here["facts"] != was["facts"]:
            found.append(f"What you entered about {was['name']} was changed.")
    found += [f"{here['name']} is new among your licenses." for key, here in now["licenses"].items() if key not in before["licenses"]]
    return found


def _mark(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]
