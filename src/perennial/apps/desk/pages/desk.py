"""A provider's desk: its courses, written and published."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from perennial.apps.courses.queries import Course, current_courses
from perennial.apps.desk.access import desk_of, draft_of
from perennial.apps.desk.forms import TitleForm
from perennial.apps.desk.queries import Draft, Membership, Provider, drafts_of
from perennial.apps.desk.services import begin_draft, bring_draft_back, put_draft_away
from perennial.ui import Page, SignedIn, show
from perennial.ui.context import keep_place_known


@dataclass(frozen=True, slots=True)
class DraftLine:
    """A draft with the version of it that is offered, if one is."""

    draft: Draft
    course: Course | None


class DeskPage(Page):
    """The list of drafts, and the form to begin one."""

    template = "desk/pages/desk.html"
    nav = "desk"
    provider: Provider
    membership: Membership
    lines: Sequence[DraftLine]
    away: Sequence[Draft]
    form: TitleForm


@login_required
def desk(request: SignedIn, provider: str) -> HttpResponse:
    """Show the desk."""
    membership = desk_of(request.user, provider)
    keep_place_known(request, "desk")
    return show(request, page_for(membership, TitleForm()))


def page_for(membership: Membership, form: TitleForm) -> DeskPage:
    """The desk with this form."""
    drafts = drafts_of(membership.provider)
    offered = current_courses([draft.slug for draft in drafts])
    courses: Mapping[str, Course] = {slug: one for slug, one in offered.items() if one.provider == membership.provider.slug}
    return DeskPage(
        title=membership.provider.name,
        provider=membership.provider,
        membership=membership,
        lines=[DraftLine(draft, courses.get(draft.slug)) for draft in drafts],
        away=drafts_of(membership.provider, removed=True),
        form=form,
    )


@login_required
@require_POST
def begin(request: SignedIn, provider: str) -> HttpResponse:
    """Begin a course and go to its first part."""
    membership = desk_of(request.user, provider)
    form = TitleForm(request.POST)
    if not form.is_valid():
        return show(request, page_for(membership, form), status=400)
    draft = begin_draft(provider=membership.provider, person=request.user, title=form.cleaned_data["title"], at=timezone.now())
    messages.success(request, f"“{draft.title}” is begun.")
    return redirect("desk:part", provider, draft.slug, "about")


@login_required
@require_POST
def put_away(request: SignedIn, provider: str, draft: str) -> HttpResponse:
    """Put a draft away."""
    found = draft_of(request.user, provider, draft)
    put_draft_away(draft=found, at=timezone.now())
    messages.success(request, f"“{found.title}” is put away. Below the list you can bring it back.")
    return redirect("desk:desk", provider)


@login_required
@require_POST
def bring_back(request: SignedIn, provider: str, draft: str) -> HttpResponse:
    """Bring a draft back."""
    found = draft_of(request.user, provider, draft)
    bring_draft_back(draft=found)
    messages.success(request, f"“{found.title}” is back.")
    return redirect("desk:desk", provider)
