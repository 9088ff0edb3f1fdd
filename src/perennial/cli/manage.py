"""`perennial manage …`: Django's own commands."""

import os

import click
from django.core.management import execute_from_command_line

from perennial.cli.site import environment


@click.command(context_settings={"ignore_unknown_options": True, "help_option_names": []})
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def manage(arguments: tuple[str, ...]) -> None:
    """Hand ARGUMENTS to Django."""
    environment()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "perennial.config.settings")
    execute_from_command_line(["perennial manage", *arguments])
