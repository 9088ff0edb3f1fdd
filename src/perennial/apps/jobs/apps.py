"""Tells Django of this area."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """The area `jobs`."""

    name = "perennial.apps.jobs"
    label = "jobs"
