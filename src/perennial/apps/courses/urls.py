"""Addresses of the area `courses`."""

from django.urls import URLPattern, URLResolver, path

from perennial.apps.courses.pages import (
    case,
    catalog,
    commitments,
    complete,
    course,
    evaluation,
    media,
    notes,
    offline,
    pretest,
    reading,
    recall,
    results,
    section,
    test,
)

app_name = "courses"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", catalog.catalog, name="catalog"),
    path("reading/settings/", reading.settings, name="reading_settings"),
    path("<slug:slug>/", course.course, name="course"),
    path("<slug:slug>/start/", course.start, name="start"),
    path("<slug:slug>/read/<slug:stem>/", section.section, name="section"),
    path("<slug:slug>/read/<slug:stem>/done/", section.done, name="done"),
    path("<slug:slug>/read/<slug:stem>/note/", section.note, name="note"),
    path("<slug:slug>/offline.json", offline.offline, name="offline"),
    path("<slug:slug>/cases/<slug:name>/", case.case, name="case"),
    path("<slug:slug>/cases/<slug:name>/choose/", case.choose, name="choose"),
    path("<slug:slug>/notes/", notes.notes, name="notes"),
    path("<slug:slug>/notes.md", notes.export, name="notes_export"),
    path("<slug:slug>/highlights/<uuid:uid>/", notes.highlight, name="highlight"),
    path("<slug:slug>/media/<slug:digest>/<str:name>", media.media, name="media"),
    path("<slug:slug>/pretest/", pretest.pretest, name="pretest"),
    path("<slug:slug>/test/", test.test, name="test"),
    path("<slug:slug>/test/start/", test.start, name="start_test"),
    path("<slug:slug>/test/<int:number>/", test.answers, name="answers"),
    path("<slug:slug>/test/<int:number>/break/", test.pause, name="pause"),
    path("<slug:slug>/test/<int:number>/on/", test.resume, name="resume"),
    path("<slug:slug>/test/<int:number>/results/", results.results, name="results"),
    path("<slug:slug>/evaluation/", evaluation.evaluation, name="evaluation"),
    path("<slug:slug>/complete/", complete.complete, name="complete"),
    path("<slug:slug>/<int:occurrence>/commitments/", commitments.commitments, name="commitments"),
    path("<slug:slug>/<int:occurrence>/commitments/asking/", commitments.asking, name="commitments_asking"),
    path("<slug:slug>/<int:occurrence>/commitments/<int:days>/", commitments.say, name="commitments_say"),
    path("<slug:slug>/<int:occurrence>/recall/", recall.recall, name="recall"),
    path("<slug:slug>/<int:occurrence>/recall/<int:days>/", recall.recall_round, name="recall_round"),
    path("<slug:slug>/<int:occurrence>/recall/<int:days>/skip/", recall.recall_skip, name="recall_skip"),
]
