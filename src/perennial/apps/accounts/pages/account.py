"""The account page: name, keys, colors, and the way to one's whole record."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_http_methods

from perennial.apps.accounts.forms import NameForm
from perennial.apps.accounts.queries import Keys, keys_of
from perennial.apps.accounts.services import rename_person
from perennial.ui import Page, SignedIn, show

RECORD_ADDRESS = "portal:download"


class AccountPage(Page):
    """One's own account."""

    template = "accounts/pages/account.html"
    title = "Account"
    nav = "account"
    form: NameForm
    email: str
    keys: Keys
    download: str


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def account(request: SignedIn) -> HttpResponse:
    """Show the account, or change the name on it."""
    form = NameForm(request.POST or None, initial={"name": request.user.name})
    if form.is_valid():
        rename_person(person=request.user, name=form.cleaned_data["name"])
        messages.success(request, "Your name is changed. Certificates issued before keep the name they had.")
        return redirect("accounts:account")
    page = AccountPage(form=form, email=request.user.email, keys=keys_of(request.user), download=download_address())
    return show(request, page, status=400 if form.errors else 200)


def download_address() -> str:
    """Where the whole record can be had; empty where this site has no such page."""
    try:
        return reverse(RECORD_ADDRESS)
    except NoReverseMatch:
        return ""
