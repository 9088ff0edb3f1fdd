"""Tells Django of this area."""

from django.apps import AppConfig


class CertificatesConfig(AppConfig):
    """The area `certificates`."""

    name = "perennial.apps.certificates"
    label = "certificates"
