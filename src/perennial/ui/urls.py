"""Addresses of the frame itself."""

from django.urls import path

from perennial.ui.robots import robots
from perennial.ui.style import style
from perennial.ui.theme import choose_theme

app_name = "ui"
urlpatterns = [
    path("theme", choose_theme, name="theme"),
    path("robots.txt", robots, name="robots"),
    path("style", style, name="style"),
]
