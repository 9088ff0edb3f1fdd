"""Tells Django of this area."""

from django.apps import AppConfig


class ResourcesConfig(AppConfig):
    """The area `resources`."""

    name = "perennial.apps.resources"
    label = "resources"
