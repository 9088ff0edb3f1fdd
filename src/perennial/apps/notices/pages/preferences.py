"""What a person wants to be told, and the private calendar address."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_http_methods, require_POST

from perennial.apps.notices.forms import ChoiceForm
from perennial.apps.notices.queries import choice_of, feed_token_of
from perennial.apps.notices.services import open_feed, revoke_feed, save_choice
from perennial.ui import Page, SignedIn, show

CALENDAR = "standing:calendar"


class PreferencesPage(Page):
    """Steps, mail, and the calendar address; `subscribe` is the same address for programs that open it by themselves."""

    template = "notices/pages/preferences.html"
    title = "Reminders and calendar"
    nav = "account"
    form: ChoiceForm
    email: str
    calendar: str
    subscribe: str
    here_alone: bool


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def preferences(request: SignedIn) -> HttpResponse:
    """Show or change what this person wants to be told."""
    form = ChoiceForm(request.POST if request.method == "POST" else None, choice=choice_of(request.user))
    if form.is_valid():
        save_choice(person=request.user, steps=form.cleaned_data["steps"], by_mail=form.cleaned_data["by_mail"])
        messages.success(request, "Your choice is kept.")
        return redirect("notices:preferences")
    address = calendar_address(feed_token_of(request.user))
    subscribe = f"webcal://{address.partition('://')[2]}"
    here_alone = "//localhost" in address
    page = PreferencesPage(form=form, email=request.user.email, calendar=address, subscribe=subscribe, here_alone=here_alone)
    response = show(request, page, status=400 if form.errors else 200)
    response["Cache-Control"] = "no-store"
    return response


@login_required
@require_POST
def make_address(request: SignedIn) -> HttpResponse:
    """Open a calendar address, or make it anew."""
    before = feed_token_of(request.user)
    open_feed(person=request.user)
    made = "Your calendar has a new address; the one before opens nothing any more." if before else "Your calendar has an address."
    messages.success(request, made)
    return redirect("notices:preferences")


@login_required
@require_POST
def close_address(request: SignedIn) -> HttpResponse:
    """Close the calendar address."""
    revoke_feed(person=request.user)
    messages.success(request, "The calendar address is closed and opens nothing any more.")
    return redirect("notices:preferences")


def calendar_address(token: str) -> str:
    """The whole address; empty where none is open, or where this site offers no calendar."""
    try:
        return settings.SITE_ADDRESS + reverse(CALENDAR, args=[token]) if token else ""
    except NoReverseMatch:
        return ""
