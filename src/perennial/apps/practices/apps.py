"""Tells Django of this area."""

from django.apps import AppConfig


class PracticesConfig(AppConfig):
    """The area `practices`."""

    name = "perennial.apps.practices"
    label = "practices"
