"""Tells Django of this area."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """The area `desk`."""

    name = "perennial.apps.desk"
    label = "desk"
