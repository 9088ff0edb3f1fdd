"""Who works at a desk: members, and links for new ones."""

from collections.abc import Sequence

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from perennial.apps.desk.access import administered_by
from perennial.apps.desk.queries import Membership, Provider
from perennial.apps.providers.queries import Invitation, invitation_by_secret, members_of, membership_at
from perennial.apps.providers.services import accept_invitation, add_member, invite, remove_member
from perennial.core.values import Refusal
from perennial.ui import Page, SignedIn, show
from perennial.ui.context import keep_place_known


class MemberForm(forms.Form):
    """Somebody to work at the desk."""

    email = forms.EmailField(label="E-mail address that they sign in with", required=False, help_text="Empty: you get a link to send them.")
    role = forms.ChoiceField(label="As", choices=Membership.Role.choices, initial=Membership.Role.AUTHOR)


class PeoplePage(Page):
    """The members, and the form for a new one; `link` once, after it was made."""

    template = "desk/pages/people.html"
    title = "People"
    nav = "desk"
    provider: Provider
    members: Sequence[Membership]
    form: MemberForm
    link: str = ""


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def people(request: SignedIn, provider: str) -> HttpResponse:
    """Show the members, add one, or make a link for one."""
    found = administered_by(request.user, provider)
    form = MemberForm(request.POST if request.method == "POST" else None)
    link = ""
    if request.method == "POST" and form.is_valid():
        email, role = form.cleaned_data["email"], form.cleaned_data["role"]
        try:
            if email:
                member = add_member(provider=found, email=email, role=role, at=timezone.now())
                messages.success(request, f"{member.person} works here as {member.get_role_display().lower()}.")
                return redirect("desk:people", provider)
            secret = invite(provider=found, person=request.user, role=role, at=timezone.now())
            link = request.build_absolute_uri(reverse("desk:invitation", args=[secret]))
        except Refusal as refusal:
            form.add_error("email", str(refusal))
    page = PeoplePage(provider=found, members=members_of(found), form=form, link=link)
    return show(request, page, status=400 if form.errors else 200)


@login_required
@require_POST
def remove(request: SignedIn, provider: str, person: int) -> HttpResponse:
    """Let somebody work here no longer."""
    found = administered_by(request.user, provider)
    member = next((one for one in members_of(found) if one.person_id == person), None)
    if member is None:
        raise Http404("no such member")
    remove_member(membership=member, at=timezone.now())
    messages.success(request, f"{member.person} works here no longer. What they wrote stays.")
    if member.person_id == request.user.pk:
        return redirect("desk:home")
    return redirect("desk:people", provider)


class InvitationPage(Page):
    """What the link offers."""

    template = "desk/pages/people_invitation.html"
    title = "Work at a desk"
    nav = "desk"
    invitation: Invitation
    already: bool


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: SignedIn, token: str) -> HttpResponse:
    """Show what a link offers, and take it by a button: opening a link alone changes nothing."""
    now = timezone.now()
    found = invitation_by_secret(token, now)
    if found is None:
        raise Http404("used, over, or never there")
    if request.method == "POST":
        provider = accept_invitation(secret=token, person=request.user, at=now)
        keep_place_known(request, "desk")
        messages.success(request, f"You work for {provider.name} now.")
        return redirect("desk:desk", provider.slug)
    already = membership_at(request.user, found.provider.slug) is not None
    return show(request, InvitationPage(invitation=found, already=already))
