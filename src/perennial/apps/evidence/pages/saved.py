"""Saved searches: what is new in each since its person last looked; renamed, taken out and put back."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from perennial.apps.evidence.access import saved_search
from perennial.apps.evidence.asking import question_of
from perennial.apps.evidence.queries import Saved, new_in, question_saved, saved_searches
from perennial.apps.evidence.services import look_at_search, remove_search, rename_search, restore_search, save_search
from perennial.apps.practices.queries import vocabulary
from perennial.ui import Page, SignedIn, show


@dataclass(frozen=True, slots=True)
class Line:
    """A saved search: what it asks in words, where it differs from its name, and how many works are new since the last look."""

    saved: Saved
    asks: str
    new: int


class SavedPage(Page):
    """One's saved searches; `removed` is the one that was just taken out."""

    template = "evidence/pages/saved.html"
    title = "Saved searches"
    nav = "evidence"
    lines: Sequence[Line]
    removed: Saved | None


@login_required
@require_safe
def saved(request: SignedIn) -> HttpResponse:
    """Show them."""
    known, lines = vocabulary(), []
    for one in saved_searches(request.user):
        question = question_of(one.query, known)
        asks = question.words(known)
        lines.append(Line(one, asks if asks != one.name else "", new_in(question, known=known, after=one.seen)[1]))
    gone = request.GET.get("removed", "")
    removed = saved_search(request.user, int(gone)) if re.fullmatch(r"[0-9]{1,15}", gone) else None
    return show(request, SavedPage(lines=lines, removed=removed if removed and removed.removed_at else None))


@login_required
@require_POST
def keeping(request: SignedIn) -> HttpResponse:
    """Keep a search, and go on with it."""
    question = question_of(request.POST.get("query", ""), vocabulary())
    kept = save_search(person=request.user, question=question, at=timezone.now())
    messages.success(request, f"Kept as: {kept.name}. Saved searches tell how much is new, and so does the weekly digest.")
    return redirect(f"{reverse('evidence:search')}?{kept.query}")


@login_required
@require_POST
def opening(request: SignedIn, pk: int) -> HttpResponse:
    """Look at what it finds now; what is new since the last look is marked."""
    found = saved_search(request.user, pk)
    seen = look_at_search(saved=found, at=timezone.now())
    return redirect(f"{reverse('evidence:search')}?{question_saved(found).query}&seen={seen}")


@login_required
@require_POST
def renaming(request: SignedIn, pk: int) -> HttpResponse:
    """Give it another name."""
    rename_search(saved=saved_search(request.user, pk), name=request.POST.get("name", ""))
    messages.success(request, "Renamed.")
    return redirect("evidence:saved")


@login_required
@require_POST
def removing(request: SignedIn, pk: int) -> HttpResponse:
    """Take it out."""
    found = saved_search(request.user, pk)
    remove_search(saved=found, at=timezone.now())
    return redirect(f"{reverse('evidence:saved')}?removed={found.pk}")


@login_required
@require_POST
def restoring(request: SignedIn, pk: int) -> HttpResponse:
    """Put it back."""
    restore_search(saved=saved_search(request.user, pk))
    return redirect("evidence:saved")
