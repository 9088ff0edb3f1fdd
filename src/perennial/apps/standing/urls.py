"""Addresses of the area `standing`."""

from django.urls import URLPattern, URLResolver, path

from perennial.apps.standing.pages.audit import audit
from perennial.apps.standing.pages.calendar import calendar

app_name = "standing"
urlpatterns: list[URLPattern | URLResolver] = [
    path("<int:pk>/audit/", audit, name="audit"),
    path("calendar/<str:token>.ics", calendar, name="calendar"),
]
