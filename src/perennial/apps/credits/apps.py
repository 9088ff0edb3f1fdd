"""Tells Django of this area."""

from django.apps import AppConfig


class CreditsConfig(AppConfig):
    """The area `credits`."""

    name = "perennial.apps.credits"
    label = "credits"
