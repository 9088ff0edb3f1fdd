"""Addresses of the area `collections`."""

from django.urls import URLPattern, URLResolver, path

from perennial.apps.collections.pages import add, importing, kept, library, references

app_name = "collections"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", library.library, name="library"),
    path("add/", add.add, name="add"),
    path("collections/", library.collecting, name="collect"),
    path("collections/<int:pk>/", library.changing, name="change"),
    path("works/<int:pk>/", kept.kept, name="kept"),
    path("works/<int:pk>/out/", kept.dropping, name="drop"),
    path("import/", importing.importing, name="import"),
    path("export/<slug:form>/", references.export, name="export"),
    path("references/", references.references, name="references"),
]
