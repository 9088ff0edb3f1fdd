"""One outside resource: what it is, what it costs and who says so; and the report that its address is dead."""

from collections.abc import Sequence

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from perennial.apps.resources.access import listed
from perennial.apps.resources.queries import Look, Resource, looks_at, topic_words
from perennial.apps.resources.services import report_dead
from perennial.ui import Page, Request, SignedIn, show


class ResourcePage(Page):
    """What the page of a resource shows; looks are the newest first."""

    template = "resources/pages/resource.html"
    nav = "courses"
    resource: Resource
    topics: Sequence[str]
    looks: Sequence[Look]
    reports: int
    looking: bool


def resource(request: Request, slug: str) -> HttpResponse:
    """Show a listed resource."""
    found = listed(slug)
    looks, reports = looks_at(found)
    page = ResourcePage(
        title=found.title,
        description=found.says,
        resource=found,
        topics=[topic_words(topic) for topic in found.topics],
        looks=looks,
        reports=reports,
        looking=settings.NETWORK,
    )
    return show(request, page)


@login_required
def dead(request: SignedIn, slug: str) -> HttpResponse:
    """Keep the report; who had to sign in first comes back to the page."""
    found = listed(slug)
    if request.method == "POST":
        new = report_dead(resource=found, person=request.user, at=timezone.now())
        messages.success(
            request, "Thank you. The report is kept with the address." if new else "You reported this address before. Thank you."
        )
    return redirect("resources:resource", slug)
