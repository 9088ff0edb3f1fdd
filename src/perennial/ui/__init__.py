"""The look and the frame of every page; knows no area. Areas take `Page`, `show` and `Request` from here."""

from perennial.ui.page import Page, Request, SignedIn, show

__all__ = ["Page", "Request", "SignedIn", "show"]
