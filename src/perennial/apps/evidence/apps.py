"""Tells Django of this area."""

from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    """The area `evidence`."""

    name = "perennial.apps.evidence"
    label = "evidence"
