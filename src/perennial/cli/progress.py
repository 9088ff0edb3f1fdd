"""Tells a person who waits how far it is, on standard error."""

import sys

import click


def show(line: str) -> None:
    """Say how far it is: on one line of a terminal, else line by line."""
    click.echo(f"\r{line:<78}" if sys.stderr.isatty() else line, err=True, nl=not sys.stderr.isatty())


def done() -> None:
    """End the line of progress."""
    if sys.stderr.isatty():
        click.echo(err=True)
