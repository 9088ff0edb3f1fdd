"""What the background worker does for this area: reminders once a day and at each start, audit packets whenever one waits."""

from collections.abc import Callable

from django.utils import timezone

from perennial.apps.notices.services import mark_errand
from perennial.apps.standing.packet.orders import make_waiting
from perennial.apps.standing.reminding import Told, remind_all

ERRAND = "reminders"


def remind(carry_on: Callable[[], bool] = lambda: True) -> Told:
    """Give the reminders of today; kept as done only if it came to its end."""
    day = timezone.localdate()
    told = remind_all(day=day, at=timezone.now(), carry_on=carry_on)
    if carry_on():
        mark_errand(name=ERRAND, day=day)
    return told


def make_packets(carry_on: Callable[[], bool] = lambda: True) -> int:
    """Make an audit packet that waits, and let go of those that were kept for their day; gives how many were made."""
    return make_waiting(at=timezone.now(), carry_on=carry_on)
