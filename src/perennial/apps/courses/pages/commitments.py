"""What someone will do with a course: written down at its end, and how it went after 30 and 60 days."""

from collections.abc import Sequence

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from perennial.apps.courses.access import completed_of, due_of
from perennial.apps.courses.following import (
    LONGEST_COMMITMENT,
    MOST_COMMITMENTS,
    commit,
    commitments_of,
    follow_ups_of,
    open_of,
    say_how_it_went,
    schedule,
    skip,
    stop,
)
from perennial.apps.courses.models import Commitment, CommitmentReport, FollowUp
from perennial.apps.courses.queries import Enrolment
from perennial.core.values import Refusal
from perennial.ui import Page, SignedIn, show

KIND = FollowUp.Kind.COMMITMENTS


class CommitmentsPage(Page):
    """The commitments, what was said of each, and what is asked now."""

    template = "courses/pages/commitments.html"
    nav = "courses"
    enrolment: Enrolment
    commitments: Sequence[Commitment]
    times: Sequence[FollowUp]
    now: FollowUp | None
    texts: Sequence[str]
    refused: str = ""
    longest: int = LONGEST_COMMITMENT
    outcomes: Sequence[tuple[str, str]] = tuple(CommitmentReport.Outcome.choices)

    @property
    def fixed(self) -> bool:
        """Whether a word on one was said, so that they stay as they are."""
        return any(one.reports.all() for one in self.commitments)

    @property
    def asked(self) -> bool:
        """Whether anything is still to come."""
        return any(row.ended_at is None for row in self.times)

    @property
    def said(self) -> list[tuple[Commitment, str]]:
        """Each commitment with the outcome given for the time that is asked of now."""
        now = self.now.days if self.now else 0
        return [(one, next((report.outcome for report in one.reports.all() if report.days == now), "")) for one in self.commitments]


@login_required
def commitments(request: SignedIn, slug: str, occurrence: int) -> HttpResponse:
    """Show them; keep what the form holds. What is refused stays in the form."""
    enrolment = completed_of(request.user, slug, occurrence)
    if request.method != "POST":
        return _shown(request, enrolment)
    texts = request.POST.getlist("text")[: MOST_COMMITMENTS + 1]
    try:
        commit(enrolment=enrolment, texts=texts, at=timezone.now())
    except Refusal as refusal:
        return _shown(request, enrolment, texts, str(refusal))
    messages.success(request, "Kept. You are asked how it went after 30 and 60 days." if any(map(str.strip, texts)) else "Nothing is kept.")
    return redirect("courses:commitments", slug, occurrence)


@login_required
@require_POST
def say(request: SignedIn, slug: str, occurrence: int, days: int) -> HttpResponse:
    """Keep how one went, or skip this time, at one press."""
    follow_up = due_of(completed_of(request.user, slug, occurrence), KIND, days)
    number, at = request.POST.get("number", ""), timezone.now()
    if "skip" in request.POST:
        skip(follow_up=follow_up, at=at)
        messages.info(request, "Skipped.")
    elif number.isascii() and number.isdecimal() and len(number) < 5:
        say_how_it_went(follow_up=follow_up, number=int(number), outcome=request.POST.get("outcome", ""), at=at)
    else:
        raise Http404("no such commitment")
    return redirect("courses:commitments", slug, occurrence)


@login_required
@require_POST
def asking(request: SignedIn, slug: str, occurrence: int) -> HttpResponse:
    """Ask no more, or again."""
    enrolment, at = completed_of(request.user, slug, occurrence), timezone.now()
    if "stop" in request.POST:
        stop(enrolment=enrolment, kind=KIND, at=at)
        messages.success(request, "You are asked no more about these commitments.")
    elif commitments_of(enrolment):
        schedule(enrolment=enrolment, kind=KIND, at=at)
        messages.success(request, "You are asked again at what is still to come.")
    return redirect("courses:commitments", slug, occurrence)


def _shown(request: SignedIn, enrolment: Enrolment, texts: Sequence[str] | None = None, refused: str = "") -> HttpResponse:
    kept, times = commitments_of(enrolment), follow_ups_of(enrolment, KIND)
    texts = [one.text for one in kept] if texts is None else texts
    page = CommitmentsPage(
        title=f"What you will do: {enrolment.course.title}",
        enrolment=enrolment,
        commitments=kept,
        times=times,
        now=open_of(times, timezone.now()) if kept else None,
        texts=[*texts, *([""] * (MOST_COMMITMENTS - len(texts)))],
        refused=refused,
    )
    return show(request, page, status=400 if refused else 200)
