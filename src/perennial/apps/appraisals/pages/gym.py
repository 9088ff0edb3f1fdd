"""The practice gym: how one stands at each kind of question, and a way into it by design."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from perennial.apps.appraisals.library import examples, forms
from perennial.apps.appraisals.queries import tries_of
from perennial.core import appraisal as core
from perennial.ui import Page, SignedIn, show


@dataclass(frozen=True, slots=True)
class Room:
    """One design, and how many made-up studies there are of it."""

    form: core.Form
    studies: int


class GymPage(Page):
    """What the gym shows."""

    template = "appraisals/pages/gym.html"
    title = "Practice gym"
    nav = "evidence"
    rooms: Sequence[Room]
    progress: Sequence[core.Progress]
    tried: bool


@login_required
@require_safe
def gym(request: SignedIn) -> HttpResponse:
    """Show the gym."""
    there, made_up, tries = forms(), examples(), tries_of(request.user)
    rooms = [Room(form, sum(one.design == design for one in made_up)) for design, form in there.items()]
    page = GymPage(rooms=[one for one in rooms if one.studies], progress=core.progress(there, tries), tried=bool(tries))
    return show(request, page)
