"""Tells Django of this area."""

from django.apps import AppConfig


class LicensesConfig(AppConfig):
    """The area `licenses`."""

    name = "perennial.apps.licenses"
    label = "licenses"
