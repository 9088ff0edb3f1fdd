"""Addresses of the area `evidence`."""

from django.urls import URLPattern, URLResolver, path

from perennial.apps.evidence.pages import digest, feed, leave, saved, search

app_name = "evidence"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", search.search, name="search"),
    path("saved/", saved.saved, name="saved"),
    path("saved/keep/", saved.keeping, name="save"),
    path("saved/<int:pk>/open/", saved.opening, name="open"),
    path("saved/<int:pk>/rename/", saved.renaming, name="rename"),
    path("saved/<int:pk>/remove/", saved.removing, name="remove"),
    path("saved/<int:pk>/restore/", saved.restoring, name="restore"),
    path("digest/", digest.digest, name="digest"),
    path("digest/<int:pk>/", digest.older, name="older"),
    path("digest/mail/", digest.mailing, name="mail"),
    path("digest/feed/", digest.feeding, name="feeding"),
    path("digest/feed/<str:token>.xml", feed.feed, name="feed"),
    path("digest/mail/<str:token>/", leave.leave, name="leave"),
]
