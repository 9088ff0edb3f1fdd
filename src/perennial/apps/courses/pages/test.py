"""The test of a course: before it, and the paper itself with every answer kept."""

from collections.abc import Sequence

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from perennial.apps.assessments.queries import Attempt, Paper, is_over, paper_of
from perennial.apps.assessments.services import MOST_BREAKS, Needs, pause_attempt, resume_attempt
from perennial.apps.courses.access import attempt_of, enrolment_of
from perennial.apps.courses.content import content_of
from perennial.apps.courses.queries import Enrolment, Progress, progress_of
from perennial.apps.courses.services import hand_in, save_answers, start_test
from perennial.apps.providers.queries import provider_by_slug
from perennial.core import courses as core
from perennial.ui import Page, SignedIn, show


class TestPage(Page):
    """What the test shows: the paper of the open attempt, or what to do before one starts."""

    template = "courses/pages/test.html"
    nav = "courses"
    enrolment: Enrolment
    content: core.Course
    progress: Progress
    paper: Paper | None
    paused: Attempt | None
    policy: str
    times: Sequence[tuple[str, str]] = tuple(Attempt.Time.choices)
    most_breaks: int = MOST_BREAKS

    @property
    def earlier(self) -> list[Attempt]:
        """The attempts handed in, the latest first."""
        return [attempt for attempt in reversed(self.progress.attempts) if attempt.submitted_at]


@login_required
def test(request: SignedIn, slug: str) -> HttpResponse:
    """The open attempt's paper; without one, what to do. An attempt whose time is over is handed in."""
    enrolment = enrolment_of(request.user, slug)
    progress, content = progress_of(enrolment.course, enrolment), content_of(enrolment.course)
    running = progress.open
    if running and is_over(running, timezone.now()):
        hand_in(attempt=running, given={}, at=timezone.now())
        messages.warning(request, "The time for this test was over. What you had saved counts.")
        return redirect("courses:results", slug, running.number)
    paused = running if running and running.paused_at else None
    page = TestPage(
        title=f"Test: {content.title}",
        enrolment=enrolment,
        content=content,
        progress=progress,
        paper=paper_of(running) if running and not paused else None,
        paused=paused,
        policy="" if running else policy_of(enrolment.course.provider),
    )
    return show(request, page)


def policy_of(provider: str) -> str:
    """What the course's provider says on accommodation."""
    found = provider_by_slug(provider)
    return found.accommodation if found else ""


@login_required
@require_POST
def start(request: SignedIn, slug: str) -> HttpResponse:
    """Start an attempt, or go on with the open one."""
    start_test(enrolment=enrolment_of(request.user, slug), at=timezone.now(), needs=needs_in(request.POST))
    return redirect("courses:test", slug)


@login_required
def answers(request: SignedIn, slug: str, number: int) -> HttpResponse:
    """Save what the form holds; with `hand_in`, hand it in. An attempt handed in before stays as it was."""
    attempt, at = attempt_of(enrolment_of(request.user, slug), number), timezone.now()
    if request.method != "POST":  # who had to sign in first
        return redirect("courses:test", slug)
    given = chosen_in(request.POST, paper_of(attempt))
    if attempt.submitted_at:
        messages.info(request, f"This test was handed in before, on {attempt.submitted_at:%-d %B at %H:%M} UTC. That result stands.")
    elif "hand_in" in request.POST or is_over(attempt, at):
        if is_over(attempt, at):
            messages.warning(request, "The time for this test was over. What you had saved before counts.")
        hand_in(attempt=attempt, given=given, at=at)
    else:
        save_answers(attempt=attempt, given=given, at=at)
        messages.success(request, "Your answers are saved. Close the page whenever you like.")
        return redirect("courses:test", slug)
    return redirect("courses:results", slug, number)


@login_required
@require_POST
def pause(request: SignedIn, slug: str, number: int) -> HttpResponse:
    """Begin a break that was asked for before the attempt."""
    pause_attempt(attempt=attempt_of(enrolment_of(request.user, slug), number), at=timezone.now())
    return redirect("courses:test", slug)


@login_required
@require_POST
def resume(request: SignedIn, slug: str, number: int) -> HttpResponse:
    """End the break."""
    resume_attempt(attempt=attempt_of(enrolment_of(request.user, slug), number), at=timezone.now())
    return redirect("courses:test", slug)


def needs_in(sent: QueryDict) -> Needs:
    """What the person asks for before starting; the usual where the form says something else."""
    time = sent.get("time", "")
    return Needs(time=time if time in Attempt.Time.values else Attempt.Time.USUAL, breaks="breaks" in sent)


def chosen_in(sent: QueryDict, paper: Paper) -> dict[str, list[str]]:
    """What the form holds for each question. Nothing ticked or written is an answer only where there was one before."""
    given = {question.item_id: sent.getlist(f"q-{question.item_id}") for question in paper.questions}
    kept = paper.saved
    several = {question.item_id for question in paper.questions if question.several}
    return {item: keys for item, keys in given.items() if any(keys) or (item in kept and (keys or item in several))}
