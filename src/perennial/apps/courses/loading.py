"""Loads the courses of the starter library."""

from collections.abc import Callable

from django.conf import settings

from perennial.apps.courses.services import load_course


def load(report: Callable[[str], None]) -> None:
    """Offer every course folder of the library that is in order; safe to repeat. `report` takes one line for the person who waits."""
    loaded = 0
    for folder in sorted(settings.LIBRARY.glob("courses/*/course.toml")):
        course, problems = load_course(folder=folder.parent)
        loaded += course is not None
        if course is None:
            report(f"course {folder.parent.name} is not offered: {problems[0]} (see: perennial courses check)")
    report(f"{loaded} courses")
