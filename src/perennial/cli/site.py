"""Makes the site's settings and areas ready for the commands that need them."""

import os

import django

from perennial.cli.unusable import Unusable
from perennial.config.environment import Environment, SettingsError, read
from perennial.core.values import Problem


def environment() -> Environment:
    """The settings, judged; a fault ends the command with status 2."""
    try:
        return read(os.environ)
    except SettingsError as fault:
        where, _, what = str(fault).partition(": ")
        problem, _, mend = what.partition(". ")
        raise Unusable(Problem(where, problem, mend or "See docs/reference/settings.md.")) from None


def ready() -> None:
    """Judge the settings and load the areas."""
    environment()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "perennial.config.settings")
    django.setup()
