"""A license on the dashboard, drawn once for each state of things: all that it shows is in what it is kept by, so it is never stale."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import cast

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from perennial.apps.portal.drawn import address
from perennial.apps.portal.finding import Finding, finding_of
from perennial.apps.portal.steps import Step
from perennial.apps.standing.queries import Held, LicenseStanding
from perennial.core.rules import Answer, Rule
from perennial.core.values.words import day_in_words

TEMPLATE = "portal/parts/card.html"
MOST_FOUND, MOST_DRAWN = 500, 250  # a drawn card has some 6 KB
Entries = tuple[tuple[int, date], ...]


@dataclass(frozen=True, slots=True)
class Card:
    """A license on the dashboard; without a finding there is neither rule nor own list."""

    standing: LicenseStanding
    finding: Finding | None
    step: Step | None

    @property
    def html(self) -> SafeString:
        """The card as the page shows it."""
        license = self.standing.license
        if self.finding is None:
            ends = day_in_words(license.expires_on)
            return render_to_string(TEMPLATE, {"finding": None, "pk": license.pk, "name": self.standing.name, "due": ends})
        return _drawn(Held(self.finding), self.step, license.pk, self.standing.own)


def finding_for(standing: LicenseStanding, day: date) -> Finding | None:
    """A judged license made ready for a page; None where there is nothing to judge by."""
    if standing.rule is None or standing.answer is None:
        return None
    entries = tuple((credit.id, credit.completed_on) for credit in standing.credits)
    return _found(Held(standing.rule), Held(standing.answer), standing.name, day, entries)


@lru_cache(maxsize=MOST_FOUND)
def _found(rule: Held, answer: Held, name: str, day: date, entries: Entries) -> Finding:
    return finding_of(name, cast(Rule, rule.thing), cast(Answer, answer.thing), day, {str(entry): (entry, on) for entry, on in entries})


@lru_cache(maxsize=MOST_DRAWN)
def _drawn(held: Held, step: Step | None, pk: int, own: bool) -> SafeString:  # noqa: FBT001  part of what it is kept by
    finding = cast(Finding, held.thing)
    shown = {"finding": finding, "step": step, "pk": pk, "own": own}
    return render_to_string(
        TEMPLATE, {**shown, "address": address("portal:requirement", pk), "due": day_in_words(finding.answer.due), "name": finding.name}
    )
