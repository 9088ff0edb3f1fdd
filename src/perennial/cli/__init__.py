"""The `perennial` command: each area registers its commands here, and is loaded only when it is called."""

from perennial.cli.root import main

__all__ = ["main"]
