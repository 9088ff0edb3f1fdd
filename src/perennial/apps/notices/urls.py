"""Addresses of the area `notices`."""

from django.urls import URLPattern, URLResolver, path

from perennial.apps.notices.pages import notices, preferences, unsubscribe

app_name = "notices"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", notices.notices, name="notices"),
    path("read/", notices.read_everything, name="read_all"),
    path("<int:pk>/read/", notices.read, name="read"),
    path("<int:pk>/open/", notices.open_notice, name="open"),
    path("preferences/", preferences.preferences, name="preferences"),
    path("preferences/calendar/", preferences.make_address, name="make_address"),
    path("preferences/calendar/close/", preferences.close_address, name="close_address"),
    path("unsubscribe/<str:token>/", unsubscribe.unsubscribe, name="unsubscribe"),
]
