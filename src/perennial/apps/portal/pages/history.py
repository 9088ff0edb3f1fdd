"""The page of a rule over time: when the law changed or will, what we corrected, and what differs between two days."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django import forms
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from perennial.apps.licenses.fields import DayField
from perennial.apps.licenses.queries import jurisdiction_name, profession_name, rule_for
from perennial.apps.portal.corrections import OwnDay, own_days
from perennial.apps.portal.turns import FIRST, LAST, ChangeView, Turn, turns_of, views
from perennial.core.rules import Rule
from perennial.core.rules.diff import changes_between
from perennial.core.values.words import day_in_words
from perennial.ui import Page, Request, show

YEARS = (FIRST.year, LAST.year)
YEAR = timedelta(days=365)


class Days(forms.Form):
    """The two days to compare, as last days of a renewal period."""

    first = DayField(label="A period that ends on", years=YEARS, missing="Enter the last day of the one period.")
    second = DayField(label="and one that ends on", years=YEARS, missing="Enter the last day of the other period.")


@dataclass(frozen=True, slots=True)
class Compared:
    """What differs between periods that end on two days."""

    days: str
    changes: tuple[ChangeView, ...]


class HistoryPage(Page):
    """What changed when, for everyone: changes of the law ahead and behind us, and corrections of our reading, the latest first."""

    template = "portal/pages/history.html"
    nav = "requirements"
    rule: Rule
    state: str
    profession: str
    form: Days
    compared: Compared | None
    ahead: Sequence[Turn]
    past: Sequence[Turn]
    own: Sequence[OwnDay]


@require_safe
def history(request: Request, jurisdiction: str, profession: str) -> HttpResponse:
    """Show the days on which a rule's figures changed, and compare two days."""
    found = rule_for(jurisdiction, profession)
    if found is None:
        raise Http404
    today = timezone.localdate()
    form = Days(request.GET if "first" in request.GET else None, initial={"first": today, "second": today + YEAR})
    state, name = jurisdiction_name(found.jurisdiction), profession_name(profession)
    turns = turns_of(found)
    page = HistoryPage(
        title=f"{name}, {state}: what changed when",
        rule=found,
        state=state,
        profession=name,
        form=form,
        compared=_compared(found, form),
        ahead=[turn for turn in turns if turn.day > today],
        past=[turn for turn in reversed(turns) if turn.day <= today],
        own=own_days(found),
    )
    return show(request, page, status=422 if form.errors else 200)


def _compared(rule: Rule, form: Days) -> Compared | None:
    if not form.is_valid():
        return None
    first: date = form.cleaned_data["first"]
    second: date = form.cleaned_data["second"]
    return Compared(f"{day_in_words(first)} and {day_in_words(second)}", views(changes_between(rule, first, second)))
