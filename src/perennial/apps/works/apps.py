"""Tells Django of this area."""

from django.apps import AppConfig


class WorksConfig(AppConfig):
    """The area `works`."""

    name = "perennial.apps.works"
    label = "works"
