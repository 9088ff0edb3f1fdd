"""The questions that one's rules ask about oneself: yes, no or not sure, each with the reasons for it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from perennial.apps.licenses.questions import QuestionsForm, asked_of
from perennial.apps.licenses.services import answer_questions
from perennial.ui import Page, SignedIn, show


class QuestionsPage(Page):
    """Every question that a license of this person depends on, and no other."""

    template = "licenses/pages/questions.html"
    title = "Questions your rules ask"
    nav = "dashboard"
    form: QuestionsForm
    open: int


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def questions(request: SignedIn) -> HttpResponse:
    """Show the questions with their answers, or keep the answers."""
    asked = asked_of(request.user)
    form = QuestionsForm(request.POST or None, asked=asked)
    if form.is_bound and form.is_valid():
        answer_questions(person=request.user, answers=form.answers)
        messages.success(request, "Your answers are kept. The licenses are counted anew.")
        return redirect("licenses:questions")
    page = QuestionsPage(form=form, open=sum(one.answer is None for one in asked))
    return show(request, page, status=422 if form.errors else 200)
