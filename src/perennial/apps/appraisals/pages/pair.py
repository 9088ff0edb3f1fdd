"""Two raters of one work: waiting, then how far they agree, then what they agree on where they differ."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from perennial.apps.appraisals.access import pairing_by, pairing_of, token_of_pairing
from perennial.apps.appraisals.comparing import Differing, Measure, differing_of, joint_of, measures_of, notes_of
from perennial.apps.appraisals.models import Appraisal, Pairing
from perennial.apps.appraisals.pairing import appraisals_in, compared
from perennial.apps.appraisals.queries import consensus_of, form_in, standing_of
from perennial.apps.appraisals.services import agree_on, join_pairing
from perennial.apps.appraisals.showing import Group
from perennial.apps.works.queries import Marked
from perennial.core import appraisal as core
from perennial.ui import Page, SignedIn, show


@dataclass(frozen=True, slots=True)
class Rater:
    """One of the two, and how far they are: nothing of what they answered."""

    name: str
    state: str
    leaf: str


class PairPage(Page):
    """What the page of a pair shows; `measures` is empty until both have finished."""

    template = "appraisals/pages/pair.html"
    title = "Rated by two"
    nav = "evidence"
    pairing: Pairing
    form: core.Form
    marked: Marked | None
    mine: Appraisal | None
    raters: Sequence[Rater]
    address: str
    measures: Sequence[Measure]
    remarks: Sequence[str]
    differing: Sequence[Differing]
    joint: Sequence[Group]


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def pair(request: SignedIn, pk: int) -> HttpResponse:
    """Show the pair; a post keeps what they agreed on for one question."""
    found = pairing_of(request.user, pk)
    if request.method == "POST":
        given = {name: request.POST.get(name, "") for name in ("item", "said", "reason")}
        agree_on(pairing=found, person=request.user, **given, at=timezone.now())
        messages.success(request, "Kept, with your reason.")
        return redirect("appraisals:pair", pk)
    there = appraisals_in(found)
    both, form = compared(found, there), form_in(found.form)
    agreed = consensus_of(found) if both else {}
    people = [found.person, found.second] if found.second else [found.person]
    page = PairPage(
        pairing=found,
        form=form,
        marked=standing_of(found.work),
        mine=there.get(request.user.pk),
        raters=[rater_of(str(person), there.get(person.pk)) for person in people],
        address="" if found.second else request.build_absolute_uri(reverse("appraisals:join", args=[token_of_pairing(found)])),
        measures=measures_of(both.agreement) if both else (),
        remarks=notes_of(both.agreement, form) if both else (),
        differing=differing_of(both, form, agreed) if both else (),
        joint=joint_of(both, form, agreed) if both else (),
    )
    return show(request, page)


def rater_of(name: str, there: Appraisal | None) -> Rater:
    """How far one of the two is."""
    done = there is not None and there.finished_at is not None
    return Rater(name, "finished" if done else "still at work", "met" if done else "")


class JoinPage(Page):
    """What the address for the second rater offers."""

    template = "appraisals/pages/pair_join.html"
    title = "Be the second rater"
    nav = "evidence"
    pairing: Pairing
    form: core.Form
    marked: Marked | None


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: SignedIn, token: str) -> HttpResponse:
    """Tell what it is about; by a button one becomes the second rater."""
    found = pairing_by(token)
    if request.method == "POST":
        return redirect("appraisals:next", join_pairing(pairing=found, person=request.user, at=timezone.now()).pk)
    if request.user.pk in (found.person_id, found.second_id):
        return redirect("appraisals:pair", found.pk)
    return show(request, JoinPage(pairing=found, form=form_in(found.form), marked=standing_of(found.work)))
