"""The map is for everyone, as long as a practice is in the library."""

from django.http import Http404

from perennial.apps.practices.queries import Practice, practice_of


def listed(slug: str) -> Practice:
    """A practice that is in the library now; else 404."""
    found = practice_of(slug)
    if found is None:
        raise Http404
    return found
