"""Tells Django of this area."""

from django.apps import AppConfig


class StandingConfig(AppConfig):
    """The area `standing`."""

    name = "perennial.apps.standing"
    label = "standing"
