"""Addresses of the area `requirements`."""

from django.urls import URLPattern, URLResolver, path

from perennial.apps.requirements.pages import coverage, mistake, report, reports

app_name = "requirements"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", coverage.coverage, name="coverage"),
    path("coverage.csv", coverage.coverage_csv, name="coverage_csv"),
    path("coverage.json", coverage.coverage_json, name="coverage_json"),
    path("reports/", reports.reports, name="reports"),
    path("reports/<int:pk>/", report.report, name="report"),
    path("reports/<int:pk>/change.toml", report.change_file, name="change_file"),
    path("told/<str:token>/", mistake.told, name="told"),
    path("<str:jurisdiction>/<str:profession>/mistake/", mistake.mistake, name="mistake"),
]
