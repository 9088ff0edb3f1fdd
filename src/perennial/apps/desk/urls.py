"""Addresses of the area `desk`."""

from collections.abc import Callable

from django.http import HttpResponse
from django.urls import URLPattern, URLResolver, path

from perennial.apps.desk.pages import (
    annual,
    application,
    approval,
    approvals,
    both,
    check,
    confirming,
    desk,
    draft,
    evaluations,
    export,
    export_questions,
    folder,
    history,
    home,
    import_look,
    import_questions,
    item,
    items,
    learner,
    length,
    lookup,
    media,
    papers,
    part,
    people,
)

app_name = "desk"
PART = "<slug:provider>/courses/<slug:draft>/part/<slug:kind>"


def of_part(rest: str, view: Callable[..., HttpResponse], name: str) -> list[URLPattern]:
    """The addresses of a page of a part: of one of which there are many, and of one of its kind."""
    return [path(f"{PART}/of/<slug:name>/{rest}", view, name=name), path(f"{PART}/{rest}", view, name=name)]


urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.home, name="home"),
    path("invitations/<str:token>/", people.invitation, name="invitation"),
    path("providers/", confirming.confirming, name="confirming"),
    path("<slug:provider>/", desk.desk, name="desk"),
    path("<slug:provider>/papers/", papers.papers, name="papers"),
    path("<slug:provider>/approvals/", approvals.approvals, name="approvals"),
    path("<slug:provider>/approvals/enter/", approval.enter, name="approval"),
    path("<slug:provider>/approvals/look/", approval.look, name="look_at_statement"),
    path("<slug:provider>/approvals/<int:pk>/correct/", approval.correct, name="correct_approval"),
    path("<slug:provider>/approvals/<int:pk>/void/", approval.void, name="void_approval"),
    path("<slug:provider>/report/", annual.annual, name="annual"),
    path("<slug:provider>/report/<int:year>.<slug:form>", annual.annual_file, name="annual_file"),
    path("<slug:provider>/courses/<slug:draft>/evaluations/", evaluations.evaluations, name="evaluations"),
    path("<slug:provider>/courses/<slug:draft>/evaluations/comments.csv", evaluations.comments, name="evaluation_comments"),
    path("<slug:provider>/courses/<slug:draft>/items/", items.items, name="items"),
    path("<slug:provider>/courses/<slug:draft>/items/<slug:name>/", item.item, name="item"),
    path("<slug:provider>/courses/<slug:draft>/length/", length.length, name="length"),
    path("<slug:provider>/courses/<slug:draft>/application/", application.application, name="application"),
    path("<slug:provider>/courses/<slug:draft>/application/<slug:body>.zip", application.packet, name="packet"),
    path("<slug:provider>/begin/", desk.begin, name="begin"),
    path("<slug:provider>/people/", people.people, name="people"),
    path("<slug:provider>/people/<int:person>/remove/", people.remove, name="remove_member"),
    path("<slug:provider>/folder/", folder.folder, name="folder"),
    path("<slug:provider>/cartridge/", import_questions.cartridge, name="import_cartridge"),
    path("<slug:provider>/intakes/<int:pk>/", import_look.look, name="intake"),
    path("<slug:provider>/intakes/<int:pk>/progress/", import_look.progress, name="intake_progress"),
    path("<slug:provider>/intakes/<int:pk>/take/", import_look.take, name="take_intake"),
    path("<slug:provider>/intakes/<int:pk>/leave/", import_look.leave, name="leave_intake"),
    path("<slug:provider>/intakes/<int:pk>/undo/", import_look.undo, name="undo_intake"),
    path("<slug:provider>/courses/<slug:draft>/questions/", import_questions.questions, name="import_questions"),
    path("<slug:provider>/courses/<slug:draft>/questions/export/", export_questions.questions, name="export_questions"),
    path("<slug:provider>/courses/<slug:draft>/questions/export/<slug:format>/", export_questions.file, name="export_file"),
    path("<slug:provider>/courses/<slug:draft>/", draft.draft, name="draft"),
    path("<slug:provider>/courses/<slug:draft>/questions/assign/", draft.assign, name="assign"),
    path("<slug:provider>/courses/<slug:draft>/add/<slug:kind>/", draft.add, name="add"),
    path("<slug:provider>/courses/<slug:draft>/preview/", part.preview, name="preview"),
    path("<slug:provider>/courses/<slug:draft>/files/", media.upload, name="upload"),
    path("<slug:provider>/courses/<slug:draft>/files/<str:file>", media.file, name="file"),
    path("<slug:provider>/courses/<slug:draft>/files/<str:file>/remove/", media.remove, name="remove_file"),
    path("<slug:provider>/courses/<slug:draft>/files/<str:file>/back/", media.back, name="back_file"),
    path("<slug:provider>/courses/<slug:draft>/works/", lookup.look_up, name="look_up"),
    path("<slug:provider>/courses/<slug:draft>/check/", check.check, name="check"),
    path("<slug:provider>/courses/<slug:draft>/check/bodies/", check.choose, name="choose"),
    path("<slug:provider>/courses/<slug:draft>/publish/", check.release, name="publish"),
    path("<slug:provider>/courses/<slug:draft>/withdraw/", check.take_back, name="withdraw"),
    path("<slug:provider>/courses/<slug:draft>/offer/", check.again, name="offer_again"),
    path("<slug:provider>/courses/<slug:draft>/learner/", learner.learner, name="learner"),
    path("<slug:provider>/courses/<slug:draft>/export/", export.export, name="export"),
    *of_part("", part.part, "part"),
    *of_part("history/", history.history, "history"),
    *of_part("restore/", history.restore, "restore"),
    *of_part("both/", both.both, "both"),
    *of_part("move/", draft.move, "move_part"),
    *of_part("copy/", draft.copy, "copy_part"),
    *of_part("remove/", draft.remove, "remove_part"),
    *of_part("back/", draft.back, "back_part"),
    path("<slug:provider>/courses/<slug:draft>/away/", desk.put_away, name="put_away"),
    path("<slug:provider>/courses/<slug:draft>/back/", desk.bring_back, name="bring_back"),
]
