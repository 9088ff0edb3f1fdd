"""Tells Django of this area."""

from django.apps import AppConfig


class AssessmentsConfig(AppConfig):
    """The area `assessments`."""

    name = "perennial.apps.assessments"
    label = "assessments"
