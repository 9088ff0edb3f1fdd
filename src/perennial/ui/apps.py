"""Tells Django of the frame."""

from django.apps import AppConfig
from django.forms import Field


class UiConfig(AppConfig):
    """Base template, components, style."""

    name = "perennial.ui"
    label = "ui"

    def ready(self) -> None:
        """Say what to do about an empty field, on every form; one that can say more brings its own sentence."""
        Field.default_error_messages["required"] = "Fill this in."
