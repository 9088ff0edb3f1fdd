"""Tells Django of this area."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """The area `notices`."""

    name = "perennial.apps.notices"
    label = "notices"
