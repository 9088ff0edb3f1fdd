"""A figure of an analysis as a file."""

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from perennial.apps.trials.access import dataset_for
from perennial.apps.trials.analyses import read_analysis
from perennial.apps.trials.figures.files import MEDIA, Told, file_of
from perennial.apps.trials.figures.showing import figures_for
from perennial.apps.trials.pages.dataset import address_of
from perennial.apps.trials.reading import offered_by
from perennial.ui import Request


@require_safe
def figure(request: Request, slug: str, name: str, form: str) -> HttpResponse:
    """The figure of this name, of the analysis that the address asks, as SVG, PNG or CSV."""
    dataset = dataset_for(request.user if request.user.is_authenticated else None, slug, request.GET.get("key", "")[:64])
    analysis = read_analysis(dict(request.GET.lists()), offered_by(dataset))
    found = next((one for one in figures_for(dataset, analysis) if one.name == name), None)
    if found is None or form not in MEDIA:
        raise Http404("no such figure")
    told = Told(dataset.title, dataset.credit, address_of(request, dataset, analysis), dataset.digest)
    headers = {"Content-Disposition": f'attachment; filename="{slug}-{name}.{form}"'}
    return HttpResponse(file_of(found, form, told), content_type=MEDIA[form], headers=headers)
