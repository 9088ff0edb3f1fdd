"""Who may see or change which outside course, kept plan or search for a plan: its owner; for anyone else it is not there."""

from django.shortcuts import get_object_or_404

from perennial.apps.accounts.queries import Person
from perennial.apps.plans.models import KeptPlan, OutsideCourse, PlanRun


def course_of(person: Person, pk: int) -> OutsideCourse:
    """One of the person's own outside courses, or 404."""
    return get_object_or_404(OutsideCourse, pk=pk, owner=person, removed_at__isnull=True)


def removed_course_of(person: Person, pk: int) -> OutsideCourse:
    """One of the person's own outside courses, also one that was removed, or 404."""
    return get_object_or_404(OutsideCourse, pk=pk, owner=person)


def plan_of(person: Person, pk: int) -> KeptPlan:
    """One of the person's own kept plans, also one that was put away, or 404."""
    return get_object_or_404(KeptPlan, pk=pk, owner=person)


def run_of(person: Person, pk: int) -> PlanRun:
    """One of the person's own searches for a plan, or 404."""
    return get_object_or_404(PlanRun, pk=pk, owner=person)
