"""Questions of a course again, 3, 14 and 60 days after it, for whoever asks for them."""

from collections.abc import Mapping, Sequence

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from perennial.apps.assessments.queries import Paper, Question, paper_of
from perennial.apps.courses.access import completed_of, due_of
from perennial.apps.courses.content import content_of
from perennial.apps.courses.following import ask_again, finish_round, follow_ups_of, open_of, papers_again, schedule, skip, stop
from perennial.apps.courses.models import FollowUp
from perennial.apps.courses.pages.test import chosen_in
from perennial.apps.courses.queries import Enrolment, Part, parts_of
from perennial.apps.courses.services import save_answers
from perennial.ui import Page, SignedIn, show

KIND = FollowUp.Kind.RECALL


class RecallPage(Page):
    """When questions come again, how they were answered, and the last round with reasons."""

    template = "courses/pages/recall.html"
    nav = "courses"
    enrolment: Enrolment
    times: Sequence[FollowUp]
    now: FollowUp | None
    done: Sequence[tuple[FollowUp, Paper]]

    @property
    def asked(self) -> bool:
        """Whether anything is still to come."""
        return any(row.ended_at is None for row in self.times)

    @property
    def results(self) -> Mapping[int, Paper]:
        """The paper of each round that was handed in, by its days."""
        return {row.days: paper for row, paper in self.done}

    @property
    def rounds(self) -> list[tuple[FollowUp, Paper | None]]:
        """Each time with its paper, if it was answered."""
        return [(row, self.results.get(row.days)) for row in self.times]

    @property
    def last(self) -> list[tuple[Question, Part]]:
        """The questions of the last round with the part that answers each; those to look at again come first."""
        parts = {f"{part.stem}.md": part for part in parts_of(content_of(self.enrolment.course).sections, {})}
        questions = self.done[-1][1].questions if self.done else ()
        return [(one, parts[one.section]) for one in sorted(questions, key=lambda one: one.right)]


class RoundPage(Page):
    """One round: its questions."""

    template = "courses/pages/recall_round.html"
    nav = "courses"
    enrolment: Enrolment
    follow_up: FollowUp
    paper: Paper


@login_required
def recall(request: SignedIn, slug: str, occurrence: int) -> HttpResponse:
    """Show when questions come and how they were answered; with `ask` or `stop`, begin or end being asked."""
    enrolment, at = completed_of(request.user, slug, occurrence), timezone.now()
    if request.method == "POST":
        if "stop" in request.POST:
            stop(enrolment=enrolment, kind=KIND, at=at)
            messages.success(request, "No questions of this course come again. What you answered stays.")
        else:
            schedule(enrolment=enrolment, kind=KIND, at=at)
            messages.success(request, "Questions of this course come again on the days below.")
        return redirect("courses:recall", slug, occurrence)
    times = follow_ups_of(enrolment, KIND)
    title = f"Questions again: {enrolment.course.title}"
    return show(request, RecallPage(title=title, enrolment=enrolment, times=times, now=open_of(times, at), done=papers_again(times)))


@login_required
def recall_round(request: SignedIn, slug: str, occurrence: int, days: int) -> HttpResponse:
    """Show the questions of a round that is due and keep what the form holds; with `hand_in`, hand it in."""
    enrolment, at = completed_of(request.user, slug, occurrence), timezone.now()
    follow_up = due_of(enrolment, KIND, days)
    if follow_up.ended_at:
        return redirect("courses:recall", slug, occurrence)
    attempt = ask_again(follow_up=follow_up, at=at)
    if request.method == "POST":
        save_answers(attempt=attempt, given=chosen_in(request.POST, paper_of(attempt)), at=at)
        if "hand_in" in request.POST:
            finish_round(follow_up=follow_up, attempt=attempt, at=at)
            return redirect("courses:recall", slug, occurrence)
        messages.success(request, "Your answers are saved.")
        return redirect("courses:recall_round", slug, occurrence, days)
    title = f"Questions again: {enrolment.course.title}"
    return show(request, RoundPage(title=title, enrolment=enrolment, follow_up=follow_up, paper=paper_of(attempt)))


@login_required
@require_POST
def recall_skip(request: SignedIn, slug: str, occurrence: int, days: int) -> HttpResponse:
    """Leave a round unanswered; the next still comes."""
    skip(follow_up=due_of(completed_of(request.user, slug, occurrence), KIND, days), at=timezone.now())
    messages.info(request, "Skipped.")
    return redirect("courses:recall", slug, occurrence)
