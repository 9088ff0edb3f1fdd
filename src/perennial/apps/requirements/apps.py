"""Tells Django of this area."""

from django.apps import AppConfig


class RequirementsConfig(AppConfig):
    """The area `requirements`."""

    name = "perennial.apps.requirements"
    label = "requirements"
