"""Addresses of the frame itself."""

from django.urls import path

from perennial.ui.app import manifest, offline, worker
from perennial.ui.robots import robots
from perennial.ui.style import style
from perennial.ui.theme import choose_theme

app_name = "ui"
urlpatterns = [
    path("theme", choose_theme, name="theme"),
    path("robots.txt", robots, name="robots"),
    path("manifest.webmanifest", manifest, name="manifest"),
    path("service-worker.js", worker, name="worker"),
    path("offline", offline, name="offline"),
    path("style", style, name="style"),
]
