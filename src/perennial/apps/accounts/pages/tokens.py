"""Access for programs: tokens that act as their owner through the API."""

from collections.abc import Sequence

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from perennial.apps.accounts.access import token_of
from perennial.apps.accounts.forms import TokenForm
from perennial.apps.accounts.queries import AccessToken, tokens_of
from perennial.apps.accounts.services import make_token, revoke_token
from perennial.ui import Page, SignedIn, show


class TokensPage(Page):
    """One's tokens; `fresh` is shown once, right after it was made."""

    template = "accounts/pages/tokens.html"
    title = "Access for programs"
    nav = "account"
    form: TokenForm
    tokens: Sequence[AccessToken]
    fresh: str = ""


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def tokens(request: SignedIn) -> HttpResponse:
    """List one's tokens, or make one."""
    form = TokenForm(request.POST or None)
    fresh = ""
    if form.is_valid():
        fresh = make_token(person=request.user, name=form.cleaned_data["name"], at=timezone.now())
        form = TokenForm()
    page = TokensPage(form=form, tokens=tokens_of(request.user), fresh=fresh)
    response = show(request, page, status=400 if form.errors else 200)
    response["Cache-Control"] = "no-store"
    return response


@login_required
@require_POST
def revoke(request: SignedIn, pk: int) -> HttpResponse:
    """End one of one's tokens."""
    token = token_of(request.user, pk)
    revoke_token(token=token)
    messages.success(request, f"“{token.name}” no longer opens anything.")
    return redirect("accounts:tokens")
