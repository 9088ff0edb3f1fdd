"""Tells Django of this area."""

from django.apps import AppConfig


class IntakesConfig(AppConfig):
    """The area `intakes`."""

    name = "perennial.apps.intakes"
    label = "intakes"
