"""Modules of others that take much memory and are seldom needed: imported when first asked for anything, not when the site starts."""

from importlib import import_module
from typing import Any


class Late:
    """Stands for a module; asking it for anything imports the module, once for the process."""

    __slots__ = ("_name",)

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, what: str) -> Any:
        return getattr(import_module(self._name), what)


def late(name: str) -> Any:
    """The module of this name, imported when it is first used. Raises what the import raises, then and not before."""
    return Late(name)
