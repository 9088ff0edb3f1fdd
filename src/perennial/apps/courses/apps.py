"""Tells Django of this area."""

from django.apps import AppConfig


class CoursesConfig(AppConfig):
    """The area `courses`."""

    name = "perennial.apps.courses"
    label = "courses"
