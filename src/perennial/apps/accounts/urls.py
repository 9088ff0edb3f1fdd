"""Addresses of the area `accounts`."""

from django.urls import URLPattern, URLResolver, path

from perennial.apps.accounts.pages.account import account
from perennial.apps.accounts.pages.tokens import revoke, tokens

app_name = "accounts"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", account, name="account"),
    path("tokens/", tokens, name="tokens"),
    path("tokens/<int:pk>/revoke", revoke, name="revoke"),
]
