"""Addresses of the area `resources`."""

from django.urls import URLPattern, URLResolver, path

from perennial.apps.resources.pages import resource, resources

app_name = "resources"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", resources.resources, name="resources"),
    path("<slug:slug>/", resource.resource, name="resource"),
    path("<slug:slug>/dead/", resource.dead, name="dead"),
]
