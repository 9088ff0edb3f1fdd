"""Tells Django of this area."""

from django.apps import AppConfig


class ProvidersConfig(AppConfig):
    """The area `providers`."""

    name = "perennial.apps.providers"
    label = "providers"
