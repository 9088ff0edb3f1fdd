"""Tells Django of the frame."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """Base template, components, style."""

    name = "perennial.ui"
    label = "ui"
