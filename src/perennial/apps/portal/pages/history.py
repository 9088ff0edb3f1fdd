"""The page of a rule over time: when its figures changed, and what differs between two days."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django import forms
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from perennial.apps.licenses.queries import jurisdiction_name, profession_name, rule_for
from perennial.apps.portal.lines import Cited, cited
from perennial.apps.portal.words import sentence
from perennial.core.rules import Rule
from perennial.core.rules.diff import Change, changes_between, next_changes
from perennial.core.values.words import day_in_words
from perennial.ui import Page, Request, show

FIRST, LAST = date(1900, 1, 1), date(2199, 12, 31)
YEAR = timedelta(days=365)


class Days(forms.Form):
    """The two days to compare, as last days of a renewal period."""

    first = forms.DateField(label="A period that ends on", widget=forms.DateInput(attrs={"type": "date"}))
    second = forms.DateField(label="and one that ends on", widget=forms.DateInput(attrs={"type": "date"}))


@dataclass(frozen=True, slots=True)
class ChangeView:
    """One line that changed, in words."""

    how: str
    name: str
    amounts: str
    says: str
    source: Cited | None


@dataclass(frozen=True, slots=True)
class Turn:
    """A day and what changed with it."""

    day: str
    changes: tuple[ChangeView, ...]


class HistoryPage(Page):
    """What changed when, for everyone."""

    template = "portal/pages/history.html"
    nav = "requirements"
    rule: Rule
    state: str
    profession: str
    form: Days
    compared: Turn | None
    turns: Sequence[Turn]


@require_safe
def history(request: Request, jurisdiction: str, profession: str) -> HttpResponse:
    """Show the days on which a rule's figures changed, and compare two days."""
    found = rule_for(jurisdiction, profession)
    if found is None:
        raise Http404
    today = timezone.localdate()
    form = Days(request.GET if "first" in request.GET else None, initial={"first": today, "second": today + YEAR})
    state, name = jurisdiction_name(found.jurisdiction), profession_name(profession)
    turns = [_turn(turned, changes) for turned, changes in reversed(next_changes(found, FIRST, LAST))]
    title = f"{name}, {state}: what changed when"
    page = HistoryPage(title=title, rule=found, state=state, profession=name, form=form, compared=_compared(found, form), turns=turns)
    return show(request, page)


def _compared(rule: Rule, form: Days) -> Turn | None:
    if not form.is_valid():
        return None
    first, second = form.cleaned_data["first"], form.cleaned_data["second"]
    if not (FIRST <= first <= LAST and FIRST <= second <= LAST):
        form.add_error("first", "Choose days from 1900 to 2199.")
        return None
    changes = changes_between(rule, first, second)
    return Turn(f"{day_in_words(first)} and {day_in_words(second)}", tuple(_view(change) for change in changes))


def _turn(turned: date, changes: tuple[Change, ...]) -> Turn:
    return Turn(day_in_words(turned), tuple(_view(change) for change in changes))


def _view(change: Change) -> ChangeView:
    stands = [stand for stand in (change.before, change.after) if stand is not None]
    amounts = ", then ".join(stand.amount for stand in stands)
    return ChangeView(change.how, change.name, amounts, sentence(stands[-1].says), cited(stands[-1].source))
