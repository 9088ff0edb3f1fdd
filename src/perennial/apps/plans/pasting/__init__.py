"""Reads a course out of pasted text by plain rules: a page's text, an e-mail, a line of a catalog. Nothing is kept or sent."""

from perennial.apps.plans.pasting.read import MOST_CHARACTERS, Found, Pasted, read_pasted

__all__ = ["MOST_CHARACTERS", "Found", "Pasted", "read_pasted"]
