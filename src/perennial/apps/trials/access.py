"""Who may see a trial database: everybody the site's, each their own, and whoever holds its link."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from perennial.apps.accounts.queries import Person
from perennial.apps.trials.models import Dataset


def dataset_for(person: Person | None, slug: str, token: str = "") -> Dataset:
    """The dataset of this name that the person may see, or that the link's secret opens; else 404."""
    found = get_object_or_404(Dataset.objects.select_related("newer"), slug=slug)
    own = found.owner_id is None or (person is not None and found.owner_id == person.pk)
    if own or (token and found.token and found.token == token):
        return found
    raise Http404("not theirs")


def own_dataset(person: Person, slug: str) -> Dataset:
    """A dataset that the person may change: their own, and the site's where they work for it; else 404."""
    found = get_object_or_404(Dataset, slug=slug)
    if may_change(person, found):
        return found
    raise Http404("not theirs")


def may_change(person: Person | None, dataset: Dataset) -> bool:
    """Whether somebody may delete the dataset: its owner, and of the site's those who work for it."""
    return person is not None and (person.is_staff if dataset.owner_id is None else dataset.owner_id == person.pk)
