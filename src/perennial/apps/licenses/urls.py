"""Addresses of the area `licenses`."""

from django.urls import URLPattern, URLResolver, path

from perennial.apps.licenses.pages import add, edit, licenses, questions

app_name = "licenses"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", licenses.licenses, name="list"),
    path("add/", add.add, name="add"),
    path("questions/", questions.questions, name="questions"),
    path("<int:pk>/", edit.edit, name="edit"),
    path("<int:pk>/remove/", licenses.remove, name="remove"),
    path("<int:pk>/restore/", licenses.restore, name="restore"),
]
