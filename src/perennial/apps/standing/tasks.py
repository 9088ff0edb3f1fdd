"""What the background worker does for this area: once a day, and at each start, it looks for reminders to give."""

from collections.abc import Callable

from django.utils import timezone

from perennial.apps.notices.services import mark_errand
from perennial.apps.standing.reminding import Told, remind_all

ERRAND = "reminders"


def remind(carry_on: Callable[[], bool] = lambda: True) -> Told:
    """Give the reminders of today; kept as done only if it came to its end."""
    day = timezone.localdate()
    told = remind_all(day=day, at=timezone.now(), carry_on=carry_on)
    if carry_on():
        mark_errand(name=ERRAND, day=day)
    return told
