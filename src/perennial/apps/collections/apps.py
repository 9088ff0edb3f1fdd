"""Tells Django of this area."""

from django.apps import AppConfig


class CollectionsConfig(AppConfig):
    """The area `collections`."""

    name = "perennial.apps.collections"
    label = "collections"
