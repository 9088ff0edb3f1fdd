"""Addresses of the area `practices`; the page of one practice is the portal's."""

from django.urls import URLPattern, URLResolver, path

from perennial.apps.practices.pages import following, practices

app_name = "practices"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", practices.practices, name="practices"),
    path("<slug:slug>/follow/", following.start, name="follow"),
    path("<slug:slug>/unfollow/", following.stop, name="unfollow"),
]
