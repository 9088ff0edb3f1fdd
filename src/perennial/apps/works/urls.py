"""Addresses of the area `works`."""

from django.urls import URLPattern, URLResolver, path

from perennial.apps.works.pages import look, record, work

app_name = "works"
urlpatterns: list[URLPattern | URLResolver] = [
    path("<int:pk>/", record.record, name="record"),
    path("look/", look.look, name="look"),
    path("<path:doi>/", work.work, name="work"),
]
