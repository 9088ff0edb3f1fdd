"""The result of a test: passed or not yet, and why every option is right or wrong."""

from collections.abc import Mapping, Sequence

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect

from perennial.apps.assessments.queries import Paper, Question, Regrade, paper_of, regrades_of
from perennial.apps.courses.access import attempt_of, enrolment_of
from perennial.apps.courses.content import content_of
from perennial.apps.courses.pretest import Change, changes_of
from perennial.apps.courses.queries import Enrolment, Part, Progress, progress_of
from perennial.core import courses as core
from perennial.ui import Page, SignedIn, show


class ResultsPage(Page):
    """What the result shows."""

    template = "courses/pages/results.html"
    nav = "courses"
    enrolment: Enrolment
    content: core.Course
    progress: Progress
    paper: Paper
    regrades: Sequence[Regrade]
    changes: Sequence[Change]

    @property
    def questions(self) -> list[tuple[Question, Part]]:
        """Each question with the part that answers it; those to look at again come first."""
        parts: Mapping[str, Part] = {f"{part.stem}.md": part for part in self.progress.parts}
        return [
            (question, parts[question.section])
            for question in sorted(self.paper.questions, key=lambda question: question.right or not question.scored)
        ]


@login_required
def results(request: SignedIn, slug: str, number: int) -> HttpResponse:
    """The result of an attempt handed in; an open one goes back to its paper."""
    enrolment = enrolment_of(request.user, slug)
    attempt = attempt_of(enrolment, number)
    if attempt.submitted_at is None:
        return redirect("courses:test", slug)
    content, progress = content_of(enrolment.course), progress_of(enrolment.course, enrolment)
    paper = paper_of(attempt)
    page = ResultsPage(
        title=f"Result: {content.title}",
        enrolment=enrolment,
        content=content,
        progress=progress,
        paper=paper,
        regrades=regrades_of(attempt),
        changes=changes_of(enrolment, paper),
    )
    return show(request, page)
