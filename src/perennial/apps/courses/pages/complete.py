"""The end of a course: the certificate, the credit, and what comes next."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from perennial.apps.certificates.queries import certificate_by_number
from perennial.apps.courses.access import enrolment_of
from perennial.apps.courses.content import content_of
from perennial.apps.courses.queries import Enrolment, names_of, progress_of
from perennial.apps.courses.services import complete_course
from perennial.core import courses as core
from perennial.core.values.words import listed
from perennial.ui import Page, SignedIn, show


class CompletePage(Page):
    """What the end of a course shows."""

    template = "courses/pages/complete.html"
    nav = "courses"
    enrolment: Enrolment
    content: core.Course
    topics: dict[str, int]
    score: int | None
    approvers: str


@login_required
def complete(request: SignedIn, slug: str) -> HttpResponse:
    """The certificate of a completed course; where something is left, a POST completes what can be."""
    enrolment = enrolment_of(request.user, slug)
    if request.method == "POST":
        enrolment = complete_course(enrolment=enrolment, at=timezone.now())
    if not enrolment.completed_at:
        return redirect("courses:course", slug)
    content, passed = content_of(enrolment.course), progress_of(enrolment.course, enrolment).passed
    names = names_of(enrolment.course.topics)
    page = CompletePage(
        title=f"Completed: {content.title}",
        enrolment=enrolment,
        content=content,
        topics={names[topic]: minutes for topic, minutes in enrolment.course.topics.items()},
        approvers=listed(approvers_named(enrolment.certificate_number)),
        score=passed.score_percent if passed else None,
    )
    return show(request, page)


def approvers_named(number: str) -> list[str]:
    """The bodies whose approval a certificate names, without those made up for samples; one query."""
    certificate = certificate_by_number(number)
    return [each["body"] for each in certificate.facts["approvals"] if not each["sample"]] if certificate else []
