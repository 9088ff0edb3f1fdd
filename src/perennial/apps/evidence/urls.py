"""Addresses of the area `evidence`."""

from django.urls import URLPattern, URLResolver, path

from perennial.apps.evidence.pages import saved, search

app_name = "evidence"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", search.search, name="search"),
    path("saved/", saved.saved, name="saved"),
    path("saved/keep/", saved.keeping, name="save"),
    path("saved/<int:pk>/open/", saved.opening, name="open"),
    path("saved/<int:pk>/rename/", saved.renaming, name="rename"),
    path("saved/<int:pk>/remove/", saved.removing, name="remove"),
    path("saved/<int:pk>/restore/", saved.restoring, name="restore"),
]
