"""Tells Django of this area."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """The area `accounts`."""

    name = "perennial.apps.accounts"
    label = "accounts"
