"""Addresses of the area `licenses`."""

from django.urls import URLPattern, URLResolver

app_name = "licenses"
urlpatterns: list[URLPattern | URLResolver] = []
