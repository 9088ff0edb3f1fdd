"""Tells Django of this area."""

from django.apps import AppConfig


class AppraisalsConfig(AppConfig):
    """The area `appraisals`."""

    name = "perennial.apps.appraisals"
    label = "appraisals"
