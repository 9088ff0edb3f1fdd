"""What the background worker does for this area once a day: tell people what is to be answered after a course."""

from collections.abc import Callable

from django.utils import timezone

from perennial.apps.courses.asking_after import tell_all


def ask_after_courses(carry_on: Callable[[], bool] = lambda: True) -> int:
    """Tell of everything that is due today; gives how many were told."""
    return tell_all(day=timezone.localdate(), at=timezone.now(), carry_on=carry_on)
