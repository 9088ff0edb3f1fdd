"""Outside material is for everyone, as long as it is listed."""

from django.shortcuts import get_object_or_404

from perennial.apps.resources.models import Resource


def listed(slug: str) -> Resource:
    """A resource that is in the library now; else 404."""
    return get_object_or_404(Resource, slug=slug, is_listed=True)
