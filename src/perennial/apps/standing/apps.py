"""Tells Django of this area."""

import gc
import sys
from importlib import import_module

from django.apps import AppConfig


class StandingConfig(AppConfig):
    """The area `standing`."""

    name = "perennial.apps.standing"
    label = "standing"

    def ready(self) -> None:
        """A server reads the rule base before its first request; other commands need not wait for it."""
        if "gunicorn" in sys.modules:
            import_module("perennial.apps.licenses.queries").rule_base()
            gc.collect()
            gc.freeze()  # what stays for good need not be looked through at each collection
