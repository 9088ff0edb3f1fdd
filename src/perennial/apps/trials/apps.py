"""Tells Django of this area."""

from django.apps import AppConfig


class TrialsConfig(AppConfig):
    """The area `trials`."""

    name = "perennial.apps.trials"
    label = "trials"
