"""Addresses of the area `courses`."""

from django.urls import URLPattern, URLResolver, path

from perennial.apps.courses.pages import catalog, complete, course, evaluation, results, section, test

app_name = "courses"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", catalog.catalog, name="catalog"),
    path("<slug:slug>/", course.course, name="course"),
    path("<slug:slug>/start/", course.start, name="start"),
    path("<slug:slug>/read/<slug:stem>/", section.section, name="section"),
    path("<slug:slug>/read/<slug:stem>/done/", section.done, name="done"),
    path("<slug:slug>/read/<slug:stem>/note/", section.note, name="note"),
    path("<slug:slug>/test/", test.test, name="test"),
    path("<slug:slug>/test/start/", test.start, name="start_test"),
    path("<slug:slug>/test/<int:number>/", test.answers, name="answers"),
    path("<slug:slug>/test/<int:number>/results/", results.results, name="results"),
    path("<slug:slug>/evaluation/", evaluation.evaluation, name="evaluation"),
    path("<slug:slug>/complete/", complete.complete, name="complete"),
]
