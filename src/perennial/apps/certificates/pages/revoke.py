"""A certificate as its provider's administrators see it: to correct the name on it, or to revoke it for good."""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from perennial.apps.certificates.access import issued_certificate
from perennial.apps.certificates.models import Certificate
from perennial.apps.certificates.papers import Paper, paper_of
from perennial.apps.certificates.queries import verify_path
from perennial.apps.certificates.services import correct_certificate, revoke_certificate
from perennial.core.values import Refusal
from perennial.ui import Page, SignedIn, show


class RevokeForm(forms.Form):
    """Why, in words that everyone with the address reads, and a sign that it is meant."""

    reason = forms.CharField(
        label="Why it is revoked",
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
        help_text="Whoever opens the public page reads this. Write nothing that only the two of you should know.",
    )
    sure = forms.BooleanField(label="Yes, revoke it for good", error_messages={"required": "Tick this: it cannot be undone."})


class CorrectForm(forms.Form):
    """The name as it should be."""

    holder_name = forms.CharField(label="The name as it should stand", max_length=120)


class RevokePage(Page):
    """The certificate in words, and the two forms."""

    template = "certificates/pages/revoke.html"
    nav = "desk"
    paper: Paper
    verify: str
    revoking: RevokeForm
    correcting: CorrectForm


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def revoke(request: SignedIn, number: str) -> HttpResponse:
    """Show it, and revoke it where a reason is sent."""
    found = issued_certificate(request.user, number)
    form = RevokeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        revoke_certificate(certificate=found, reason=form.cleaned_data["reason"], at=timezone.now())
        messages.success(request, f"Certificate {number} is revoked. Its public page and the status list say so from now on.")
        return redirect("certificates:revoke", number)
    return _shown(request, found, form, CorrectForm(initial={"holder_name": found.facts["holder_name"]}))


@login_required
@require_POST
def correct(request: SignedIn, number: str) -> HttpResponse:
    """Issue it anew with another name; the old one is revoked and names the new one."""
    found, form = issued_certificate(request.user, number), CorrectForm(request.POST)
    if form.is_valid():
        try:
            new = correct_certificate(certificate=found, holder_name=form.cleaned_data["holder_name"], at=timezone.now())
        except Refusal as refusal:
            form.add_error("holder_name", str(refusal))
        else:
            messages.success(request, f"Certificate {new.number} takes the place of {number}. Its holder finds it in their record.")
            return redirect("certificates:revoke", new.number)
    return _shown(request, found, RevokeForm(), form)


def _shown(request: SignedIn, found: Certificate, revoking: RevokeForm, correcting: CorrectForm) -> HttpResponse:
    page = RevokePage(
        title=f"Certificate {found.number}",
        paper=paper_of(found, public=True),
        verify=verify_path(found),
        revoking=revoking,
        correcting=correcting,
    )
    return show(request, page, status=400 if revoking.errors or correcting.errors else 200)
