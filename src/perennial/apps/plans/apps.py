"""Tells Django of this area."""

from django.apps import AppConfig


class PlansConfig(AppConfig):
    """The area `plans`."""

    name = "perennial.apps.plans"
    label = "plans"
