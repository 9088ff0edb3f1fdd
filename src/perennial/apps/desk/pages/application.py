"""The application packet: a ZIP for an approval body with all that it asks to see of a course."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_safe

from perennial.apps.certificates.queries import sample_pdf
from perennial.apps.certificates.services import CertificateFacts, approval_notes
from perennial.apps.courses.awarding import DELIVERY
from perennial.apps.courses.queries import asked_in_evaluation
from perennial.apps.desk.access import draft_of
from perennial.apps.desk.application import Application
from perennial.apps.desk.application import files_of as made_files
from perennial.apps.desk.archive import pack
from perennial.apps.desk.queries import Draft, files_of, parts_of
from perennial.apps.desk.reading import Reading, look_at_draft
from perennial.apps.providers.queries import approvals_on, as_value
from perennial.core.approval import Body, Provider, bodies
from perennial.core.courses import Course
from perennial.ui import Page, SignedIn, show


@dataclass(frozen=True, slots=True)
class BodyLine:
    """A body for which a packet can be made, whether it is the draft's, and how much its check finds."""

    body: Body
    chosen: bool
    blocks: int
    advice: int


class ApplicationPage(Page):
    """The bodies, and what a packet holds; no lines where the draft cannot be read as a course yet."""

    template = "desk/pages/application.html"
    nav = "desk"
    draft: Draft
    lines: Sequence[BodyLine]


@login_required
def application(request: SignedIn, provider: str, draft: str) -> HttpResponse:
    """Show for which bodies a packet can be made."""
    found = draft_of(request.user, provider, draft)
    course = read(found).course
    today = timezone.localdate()
    value = as_value(found.provider)
    lines = [] if course is None else [line_of(application_of(course, value, body, today), found.bodies) for body in bodies().values()]
    lines.sort(key=lambda line: (not line.chosen, line.body.name))
    return show(request, ApplicationPage(title=f"{found.title}: application", draft=found, lines=lines))


def read(draft: Draft) -> Reading:
    """The draft as a course, without its recordings."""
    return look_at_draft(draft, parts_of(draft), files_of(draft))


def line_of(application: Application, chosen: Sequence[str]) -> BodyLine:
    """How much the check of a body finds."""
    findings, body = application.findings, application.body
    blocks = sum(each.severity == "block" for each in findings)
    return BodyLine(body, body.slug in chosen, blocks, len(findings) - blocks)


def application_of(course: Course, provider: Provider, body: Body, day: date) -> Application:
    """The course as the body is shown it."""
    return Application(course, provider, body, day, [(text, kind) for _, text, kind in asked_in_evaluation(course)])


@login_required
@require_safe
def packet(request: SignedIn, provider: str, draft: str, body: str) -> HttpResponse:
    """Hand out the packet for a body."""
    found = draft_of(request.user, provider, draft)
    if body not in bodies():
        raise Http404("no such body")
    reading = read(found)
    if reading.course is None:
        return redirect("desk:application", provider, draft)
    today = timezone.localdate()
    name = f"{found.slug}-{body.lower().replace('_', '-')}-application"
    reply = HttpResponse(pack(name, contents(found, reading, bodies()[body], today)), content_type="application/zip")
    reply["Content-Disposition"] = f'attachment; filename="{name}-{today.isoformat()}.zip"'
    reply["Cache-Control"] = "private, no-store"
    return reply


def contents(draft: Draft, reading: Reading, body: Body, day: date) -> dict[str, bytes]:
    """Every file of the packet by name: documents, data, a sample certificate, and the course's folder without its recordings."""
    if reading.course is None:
        raise Http404("no course to show")
    folder = {f"course/{name}": content for name, content in reading.files.items()}
    made = made_files(application_of(reading.course, as_value(draft.provider), body, day))
    return {**made, "sample-certificate.pdf": sample_of(draft, reading.course, day), **folder}


def sample_of(draft: Draft, course: Course, day: date) -> bytes:
    """The certificate that a learner would get, marked as a sample."""
    provider, hour = draft.provider, course.credit.minutes_per_hour
    facts = CertificateFacts(
        holder_name="Name of the learner",
        course_title=course.title,
        course_key=f"perennial:{course.slug}",
        course_version=str(course.version),
        provider_name=provider.name,
        provider_address=provider.address,
        delivery_format=DELIVERY,
        completed_on=day,
        hours=[{"category": "General", "minutes": int(course.credit.hours * hour), "minutes_per_hour": hour}],
        responsible_person=", ".join(author.name for author in course.authors),
        instructors=[author.name for author in course.authors],
        review_state=course.review.says,
        approvals=approval_notes(each for each in approvals_on(provider, day) if not each.slug or each.slug in draft.bodies),
        is_sample=True,
    )
    return sample_pdf(facts, day=day)
