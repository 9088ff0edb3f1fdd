"""Tells Django of this area."""

from django.apps import AppConfig


class ClubsConfig(AppConfig):
    """The area `clubs`."""

    name = "perennial.apps.clubs"
    label = "clubs"
