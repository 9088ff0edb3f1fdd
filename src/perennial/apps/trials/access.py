"""Who may see a trial database: everybody the site's, each their own, and whoever holds its link."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from perennial.apps.accounts.queries import Person
from perennial.apps.trials.models import Dataset


def dataset_for(person: Person | None, slug: str, token: str = "") -> Dataset:
    """The dataset of this name that the person may see, or that the link's secret opens; else 404."""
    found = get_object_or_404(Dataset, slug=slug)
    own = found.owner_id is None or (person is not None and found.owner_id == person.pk)
    if own or (token and found.token and found.token == token):
        return found
    raise Http404("not theirs")


def own_dataset(person: Person, slug: str) -> Dataset:
    """A dataset of the person's own; else 404."""
    return get_object_or_404(Dataset, slug=slug, owner=person)
