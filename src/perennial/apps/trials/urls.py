"""Addresses of the area `trials`."""

from django.urls import URLPattern, URLResolver, path

from perennial.apps.trials.pages import dataset, datasets, figure, reading, take_in

app_name = "trials"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", datasets.datasets, name="datasets"),
    path("bring/", take_in.bring, name="take_in"),
    path("<slug:slug>/", dataset.dataset, name="dataset"),
    path("<slug:dataset>/read/", reading.read, name="read"),
    path("<slug:dataset>/change/", take_in.change, name="change"),
    path("<slug:slug>/<slug:name>.<slug:form>", figure.figure, name="figure"),
]
