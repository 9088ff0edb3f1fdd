"""The trial databases that somebody may explore."""

from collections.abc import Sequence

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from perennial.apps.trials.queries import Dataset, datasets_for
from perennial.ui import Page, Request, show


class DatasetsPage(Page):
    """The list."""

    template = "trials/pages/datasets.html"
    title = "Pooled effects"
    description = "What therapies do on average, out of open trial databases, with what that cannot say."
    nav = "evidence"
    datasets: Sequence[Dataset]


@require_safe
def datasets(request: Request) -> HttpResponse:
    """Show the site's, and one's own."""
    return show(request, DatasetsPage(datasets=datasets_for(request.user if request.user.is_authenticated else None)))
