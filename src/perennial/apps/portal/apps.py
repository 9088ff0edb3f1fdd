"""Tells Django of this area."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """The area `portal`."""

    name = "perennial.apps.portal"
    label = "portal"
