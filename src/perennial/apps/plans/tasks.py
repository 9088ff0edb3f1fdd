"""What the background worker does for this area: plans that take longer than a page may."""

from collections.abc import Callable

from django.utils import timezone

from perennial.apps.plans.runs import work_waiting


def work_out_plans(carry_on: Callable[[], bool] = lambda: True) -> int:
    """Work out the plan that has waited longest, if any; gives how many were worked on."""
    return work_waiting(at=timezone.now(), carry_on=carry_on)
