"""Makes Django ready for the commands that need it; call `ready()` first."""

import os

import django


def ready() -> None:
    """Load the settings and the areas; a wrong setting ends here with one line and status 2."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "perennial.config.settings")
    django.setup()
