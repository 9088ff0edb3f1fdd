"""Addresses of the area `plans`."""

from django.urls import URLPattern, URLResolver, path

from perennial.apps.plans.pages import candidate, candidates, catalog, change, kept, kept_plans, outside, plan, run

app_name = "plans"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", plan.plan, name="plan"),
    path("keep/", plan.keep, name="keep"),
    path("calendar/", plan.calendar, name="calendar"),
    path("longer/", plan.longer, name="longer"),
    path("runs/<int:pk>/", run.run, name="run"),
    path("runs/<int:pk>/stop/", run.stop, name="stop"),
    path("enrol/<slug:slug>/", plan.enrol, name="enrol"),
    path("kept/", kept_plans.kept_plans, name="kept_plans"),
    path("kept/<int:pk>/", kept.kept, name="kept"),
    path("kept/<int:pk>/calendar/", kept.kept_calendar, name="kept_calendar"),
    path("kept/<int:pk>/put-away/", kept.put_away, name="put_away"),
    path("kept/<int:pk>/bring-back/", kept.bring_back, name="bring_back"),
    path("outside/", outside.outside, name="outside"),
    path("candidates/", candidates.candidates, name="candidates"),
    path("candidates/<int:pk>/", candidate.candidate, name="candidate"),
    path("candidates/<int:pk>/change/", change.change, name="change"),
    path("candidates/<int:pk>/remove/", candidates.remove, name="remove"),
    path("candidates/<int:pk>/restore/", candidates.restore, name="restore"),
    path("catalog/", catalog.catalog, name="catalog"),
]
