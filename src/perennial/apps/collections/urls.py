"""Addresses of the area `collections`."""

from django.urls import URLPattern, URLResolver, path

from perennial.apps.collections.pages import files, kept, library

app_name = "collections"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", library.library, name="library"),
    path("add/", library.add, name="add"),
    path("collections/", library.collecting, name="collect"),
    path("collections/<int:pk>/", library.changing, name="change"),
    path("works/<int:pk>/", kept.kept, name="kept"),
    path("works/<int:pk>/out/", kept.dropping, name="drop"),
    path("import/", files.importing, name="import"),
    path("export/<slug:form>/", files.export, name="export"),
    path("references/", files.references, name="references"),
]
