"""Addresses of the area `portal`."""

from django.urls import URLPattern, URLResolver, path

from perennial.apps.portal.pages import dashboard, download, history, home, practice, requirement, rule

app_name = "portal"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.home, name="home"),
    path("dashboard/", dashboard.dashboard, name="dashboard"),
    path("dashboard/<int:pk>/", requirement.requirement, name="requirement"),
    path("dashboard/<int:pk>/duties/<int:duty>/take-back/", requirement.take_back, name="take_back"),
    path("requirements/<str:jurisdiction>/<str:profession>/", rule.rule, name="rule"),
    path("requirements/<str:jurisdiction>/<str:profession>/history/", history.history, name="history"),
    path("practices/<slug:slug>/", practice.practice, name="practice"),
    path("download/", download.download, name="download"),
]
