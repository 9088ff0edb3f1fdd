"""Addresses of the area `works`."""

from django.urls import URLPattern, URLResolver, path

from perennial.apps.works.pages import work

app_name = "works"
urlpatterns: list[URLPattern | URLResolver] = [path("<path:doi>/", work.work, name="work")]
