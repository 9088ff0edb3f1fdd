"""The home page: what a license needs, without an account and without keeping anything."""

from collections.abc import Sequence

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from perennial.apps.courses.shelf import Entry, shelf_now
from perennial.apps.portal.ask import AskForm
from perennial.apps.portal.example import example
from perennial.apps.portal.finding import Finding
from perennial.ui import Page, Request, show

FREE_COURSES = 3


class HomePage(Page):
    """The question; with answers its finding, or why no rule covers the license."""

    template = "portal/pages/home.html"
    title = "What does my license need?"
    nav = "requirements"
    description = "Continuing education for mental-health professionals: what your license needs, with the rule beside every figure."
    form: AskForm
    asked: bool
    finding: Finding | None
    example: Finding | None
    not_covered: str
    name: str
    keep: str
    keep_own: str
    courses: Sequence[Entry]


@require_safe
def home(request: Request) -> HttpResponse:
    """Ask for a license, and answer: all answers stand in the address, so that it can be kept or shared."""
    asked = bool({"state", "profession", "expires"} & request.GET.keys())
    form = AskForm(request.GET if asked else None, day=timezone.localdate())
    good = asked and form.is_valid()
    if asked and "expires" not in request.GET:
        form.errors.pop("expires", None)
    finding = form.finding() if good else None
    page = HomePage(
        title=f"{form.name}: {finding.title}" if finding else HomePage.title,
        form=form,
        asked=asked,
        finding=finding,
        example=None if finding else example(timezone.localdate()),
        not_covered=form.not_covered if good else "",
        name=form.name if good else "",
        keep=keep_address(request, form.kept()) if good else "",
        keep_own=keep_address(request, form.kept(own=True)) if good else "",
        courses=shelf_now().some((), but=(), most=FREE_COURSES, free=True),
    )
    return show(request, page, status=422 if form.errors else 200)


def keep_address(request: Request, query: str) -> str:
    """Where a license is added with what was typed; through signing up for someone without an account."""
    add = f"{reverse('licenses:add')}?{query}"
    return add if request.user.is_authenticated else f"{reverse('account_signup')}?{urlencode({'next': add})}"
