"""The evaluation of a course; with it the course is complete."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from perennial.apps.courses.access import enrolment_of
from perennial.apps.courses.content import content_of
from perennial.apps.courses.opinions import EvaluationForm
from perennial.apps.courses.queries import Enrolment, progress_of
from perennial.apps.courses.services import finish_course
from perennial.core import courses as core
from perennial.ui import Page, SignedIn, show


class EvaluationPage(Page):
    """What the evaluation shows."""

    template = "courses/pages/evaluation.html"
    nav = "courses"
    enrolment: Enrolment
    content: core.Course
    form: EvaluationForm


@login_required
def evaluation(request: SignedIn, slug: str) -> HttpResponse:
    """Ask, keep, complete. Before the test is passed it leads there; once handed in, to the certificate."""
    enrolment = enrolment_of(request.user, slug)
    content = content_of(enrolment.course)
    if enrolment.completed_at:
        messages.info(request, "Your evaluation was handed in before and stays as it was.")
        return redirect("courses:complete", slug)
    if progress_of(enrolment.course, enrolment).passed is None:
        messages.warning(request, "Pass the test first; then tell us how the course was.")
        return redirect("courses:test", slug)
    form = EvaluationForm(content, request.POST if request.method == "POST" else None)
    if form.is_valid():
        finish_course(enrolment=enrolment, answers=form.cleaned_data, at=timezone.now())
        return redirect("courses:complete", slug)
    page = EvaluationPage(title=f"Evaluation: {content.title}", enrolment=enrolment, content=content, form=form)
    return show(request, page, status=400 if form.is_bound else 200)
