"""Reads a person's outside courses and kept plans."""

from typing import Any

from django.db.models import QuerySet

from perennial.apps.accounts.queries import Person
from perennial.apps.plans.facts import as_plain, facts_of
from perennial.apps.plans.models import KeptPlan, OutsideCourse, PlanRun, RunState

__all__ = [
    "KeptPlan",
    "OutsideCourse",
    "PlanRun",
    "RunState",
    "courses_count",
    "courses_kept",
    "courses_of",
    "courses_removed",
    "export_of",
    "plans_count",
    "plans_kept",
    "plans_put_away",
]

MOST_REMOVED = 20


def courses_of(person: Person) -> QuerySet[OutsideCourse]:
    """The outside courses that a person considers, by title, to be shown in parts."""
    return OutsideCourse.objects.filter(owner=person, removed_at=None)


def courses_kept(person: Person) -> list[OutsideCourse]:
    """The outside courses that a person considers, by title; one query."""
    return list(courses_of(person))


def courses_count(person: Person) -> int:
    """How many outside courses a person considers; one query."""
    return courses_of(person).count()


def courses_removed(person: Person) -> list[OutsideCourse]:
    """The outside courses removed last, which can be brought back; one query."""
    return list(OutsideCourse.objects.filter(owner=person, removed_at__isnull=False).order_by("-removed_at", "-pk")[:MOST_REMOVED])


def plans_kept(person: Person) -> list[KeptPlan]:
    """The plans that a person keeps, the latest first; one query."""
    return list(KeptPlan.objects.filter(owner=person, put_away_at=None))


def plans_count(person: Person) -> int:
    """How many plans a person keeps; one query."""
    return KeptPlan.objects.filter(owner=person, put_away_at=None).count()


def plans_put_away(person: Person) -> list[KeptPlan]:
    """The plans put away last, which can be brought back; one query."""
    return list(KeptPlan.objects.filter(owner=person, put_away_at__isnull=False).order_by("-put_away_at", "-pk")[:MOST_REMOVED])


def export_of(person: Person) -> dict[str, Any]:
    """A person's outside courses and kept plans, also those put away, as plain values; two queries."""
    return {
        "outside_courses": [
            {
                "id": course.pk,
                **as_plain(facts_of(course)),
                "created_at": course.created_at.isoformat(),
                "changed_at": course.changed_at.isoformat(),
                "removed_at": course.removed_at.isoformat() if course.removed_at else None,
            }
            for course in OutsideCourse.objects.filter(owner=person).order_by("pk")
        ],
        "plans": [
            {
                "id": plan.pk,
                "made_at": plan.made_at.isoformat(),
                "put_away_at": plan.put_away_at.isoformat() if plan.put_away_at else None,
                "wishes": plan.wishes,
                "result": plan.result,
                "basis": plan.basis,
            }
            for plan in KeptPlan.objects.filter(owner=person).order_by("pk")
        ],
    }
