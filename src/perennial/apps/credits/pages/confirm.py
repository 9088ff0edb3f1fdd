"""Lists exactly what will be entered from the shoebox, and enters that and nothing else."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from perennial.apps.accounts.queries import Person
from perennial.apps.credits.access import proposals_of
from perennial.apps.credits.proposals import ProposalView, Shoebox, proposal_view, shoebox_of
from perennial.apps.credits.services import CreditFacts
from perennial.apps.credits.shoebox import enter_proposal
from perennial.apps.credits.words import name_of, names_of
from perennial.core.values import Refusal
from perennial.ui import Page, SignedIn, show


@dataclass(frozen=True, slots=True)
class Line:
    """A credit as it will be entered."""

    view: ProposalView
    facts: CreditFacts
    form: str
    topics: str
    approvals: str


class ConfirmPage(Page):
    """`lines` is what will be entered; `minutes` of them all; `left_out` those that were chosen and cannot be."""

    template = "credits/pages/confirm.html"
    title = "Look once more"
    nav = "record"
    lines: Sequence[Line]
    left_out: Sequence[ProposalView]
    minutes: int


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: SignedIn) -> HttpResponse:
    """Show what was chosen as it will be entered, or enter what was shown."""
    day = timezone.localdate()
    if request.method == "POST":
        return entered(request, day)
    box = shoebox_of(request.user)
    views = chosen(box, request.GET.getlist("pick"), everything=request.GET.get("which") == "complete")
    lines = [line for view in views if (line := line_of(view, day)) is not None]
    there = {line.view.id for line in lines}
    if not views:
        messages.warning(request, "Choose first which ones to enter.")
        return redirect("credits:shoebox")
    left_out = [view for view in views if view.id not in there]
    return show(request, ConfirmPage(lines=lines, left_out=left_out, minutes=sum(line.facts["minutes"] for line in lines)))


def chosen(box: Shoebox, picks: Sequence[str], *, everything: bool) -> list[ProposalView]:
    """The proposals that were ticked; or all that are complete, read without doubt, and nowhere else."""
    if everything:
        return box.complete
    return [view for view in box.open if str(view.id) in picks]


def line_of(view: ProposalView, day: date) -> Line | None:
    """A proposal as it will be entered; None where something in it is missing or cannot be."""
    form = view.form(day)
    if not form.is_valid():
        return None
    facts = form.facts()
    topics = ", ".join(f"{name_of(slug)} {minutes / 60:g} h" for slug, minutes in facts["topics"].items())
    return Line(view, facts, name_of(facts["format"]), topics, names_of(list(facts.get("approvals", ()))))


def entered(request: SignedIn, day: date) -> HttpResponse:
    """Enter each proposal whose seal is the one that was shown; say which changed meanwhile."""
    done, changed = enter_sealed(request.user, request.POST.getlist("seal"), day)
    if done:
        messages.success(request, f"{done} credit{'' if done == 1 else 's'} entered in your record.")
    for says in changed:
        messages.warning(request, says)
    return redirect("credits:shoebox")


def enter_sealed(person: Person, seals: Sequence[str], day: date) -> tuple[int, list[str]]:
    """Enter what these seals (number:digest) name; gives how many were, and sentences about those that were not."""
    wanted = {pk: seal for pk, _, seal in (one.partition(":") for one in seals)}
    done, says = 0, []
    for row in proposals_of(person, [int(pk) for pk in wanted if pk.isdecimal() and len(pk) < 16]):
        view = proposal_view(row)
        line = line_of(view, day)
        if line is None or view.seal != wanted[str(view.id)]:
            says.append(f"“{view.title}” was changed meanwhile and was not entered. Look at it once more.")
            continue
        try:
            enter_proposal(proposal=row, facts=line.facts, at=timezone.now())
        except Refusal as refusal:
            says.append(f"“{view.title}” was not entered: {refusal}")
            continue
        done += 1
    return done, says
