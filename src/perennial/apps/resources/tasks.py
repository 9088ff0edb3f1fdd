"""What the background worker does for this area: looks at the addresses that are due, one job for each."""

from django.conf import settings
from django.utils import timezone
from django_tasks import task

from perennial.apps.resources.looking import look_at
from perennial.apps.resources.models import Resource
from perennial.apps.resources.queries import due_for_a_look
from perennial.apps.resources.services import keep_look


def look_over() -> int:
    """Have every address looked at that is due; gives how many. None where the site may ask nobody."""
    due = due_for_a_look(timezone.now()) if settings.NETWORK else []
    for pk in due:
        look.enqueue(resource=pk)
    return len(due)


@task()
def look(resource: int) -> str:
    """Look at one address, if that is still due, and keep what was found; gives the word for it."""
    at = timezone.now()
    one = Resource.objects.filter(pk=resource).first()
    if one is None or not settings.NETWORK or resource not in due_for_a_look(at):
        return ""
    contact = f"; mailto:{settings.CONTACT}" if settings.CONTACT else ""
    seen = look_at(one.address, agent=f"({settings.SITE_ADDRESS}{contact})")
    return keep_look(resource=one, seen=seen, at=at).found
