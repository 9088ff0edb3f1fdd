"""Questions before reading: what one knows already. Nothing counts, and nothing waits for it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from perennial.apps.assessments.queries import Paper, paper_of
from perennial.apps.courses.access import enrolment_of
from perennial.apps.courses.content import content_of, stem_of
from perennial.apps.courses.pages.test import chosen_in
from perennial.apps.courses.pretest import start_pretest
from perennial.apps.courses.queries import Enrolment
from perennial.apps.courses.services import hand_in, save_answers
from perennial.core import courses as core
from perennial.ui import Page, SignedIn, show


class PretestPage(Page):
    """The questions, or once handed in how many were right; what is right is told after the test."""

    template = "courses/pages/pretest.html"
    nav = "courses"
    enrolment: Enrolment
    content: core.Course
    paper: Paper

    @property
    def first(self) -> str:
        """The first part in addresses."""
        return stem_of(self.content.sections[0].file)


@login_required
def pretest(request: SignedIn, slug: str) -> HttpResponse:
    """Show the questions and keep what the form holds; with `hand_in`, hand it in."""
    enrolment, at = enrolment_of(request.user, slug), timezone.now()
    content = content_of(enrolment.course)
    if not content.asks_before:
        messages.info(request, "This course asks nothing before reading.")
        return redirect("courses:course", slug)
    attempt = start_pretest(enrolment=enrolment, at=at)
    if request.method == "POST" and attempt.submitted_at is None:
        given = chosen_in(request.POST, paper_of(attempt))
        if "hand_in" in request.POST:
            hand_in(attempt=attempt, given=given, at=at)
        else:
            save_answers(attempt=attempt, given=given, at=at)
            messages.success(request, "Your answers are saved.")
        return redirect("courses:pretest", slug)
    page = PretestPage(title=f"Before you read: {content.title}", enrolment=enrolment, content=content, paper=paper_of(attempt))
    return show(request, page)
