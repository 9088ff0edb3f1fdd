"""The check of a draft, with a way to each part that mends something; and publishing it, withdrawing it, offering it again."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from perennial.apps.courses.queries import Course, latest_version
from perennial.apps.desk.access import draft_of
from perennial.apps.desk.judging import Judged, judge
from perennial.apps.desk.problems import Mend
from perennial.apps.desk.publishing import choose_bodies, offer_again, publish, withdraw
from perennial.apps.desk.queries import Draft
from perennial.apps.desk.rail import Rail, address_of, name_of
from perennial.apps.desk.showing import seen
from perennial.apps.providers.queries import as_value
from perennial.core.approval import bodies
from perennial.ui import Page, SignedIn, show

LISTS = {"sections": "Sections", "items": "Questions"}


@dataclass(frozen=True, slots=True)
class Line:
    """One thing to mend: what, how, by whose clause, and where."""

    what: str
    mend: str
    clause: str
    source: str
    place: str
    address: str
    blocks: bool


@dataclass(frozen=True, slots=True)
class Group:
    """What one judge says."""

    name: str
    lines: Sequence[Line]
    blocks: int


class CheckPage(Page):
    """What is in order and what is not."""

    template = "desk/pages/check.html"
    nav = "desk"
    here: str = "check"
    draft: Draft
    part: None = None
    rail: Rail
    judged: Judged
    groups: Sequence[Group]
    choices: Sequence[tuple[str, str, bool]]
    published: Course | None

    @property
    def without(self) -> Sequence[tuple[str, str]]:
        """The name and address of each part that could not be read and was left out of the judgement."""
        return [(name_of(part), address_of(self.draft, part)) for part in self.judged.without]

    @property
    def same(self) -> bool:
        """Whether the draft is what is offered now, for the same bodies."""
        content, course = self.judged.reading.in_order, self.published
        return bool(
            course and course.is_current and content and content.digest == course.digest and course.bodies == sorted(self.draft.bodies)
        )


@login_required
def check(request: SignedIn, provider: str, draft: str) -> HttpResponse:
    """Show the check."""
    found = draft_of(request.user, provider, draft)
    view = seen(found)
    judged = judge(found, view.parts, view.reading, timezone.localdate())
    page = CheckPage(
        title=f"Check of {found.title}",
        draft=found,
        rail=view.rail,
        judged=judged,
        groups=groups_of(found, judged),
        choices=choices_of(found),
        published=latest_version(found.slug, provider),
    )
    return show(request, page)


def choices_of(draft: Draft) -> list[tuple[str, str, bool]]:
    """The bodies to choose from; before any was chosen, those are marked whose approval the provider holds today."""
    today = timezone.localdate()
    held = {entry.body for entry in as_value(draft.provider).approvals if entry.holds_on(today)}
    return [(slug, body.name, slug in (draft.bodies or held)) for slug, body in bodies().items()]


def groups_of(draft: Draft, judged: Judged) -> list[Group]:
    """The lines of each judge: the folder's reader first."""
    folder = [Line(mend.what, mend.mend, "", "", *place_of(draft, mend), blocks=True) for mend in judged.problems]
    groups = [Group("The course as a whole", folder, len(folder))]
    for body in judged.bodies:
        lines = []
        for one in body.found:
            finding, part = one.finding, one.part
            place = name_of(part) if part else "The provider's papers"
            address = address_of(draft, part) if part else papers_address(draft, finding.where)
            lines.append(Line(finding.what, finding.mend, finding.clause, finding.source, place, address, finding.severity == "block"))
        groups.append(Group(body.name, lines, body.blocks))
    return groups


def place_of(draft: Draft, mend: Mend) -> tuple[str, str]:
    """The name and the address of what mends a problem of the folder."""
    if mend.list:
        return LISTS[mend.list], f"{reverse('desk:draft', args=[draft.provider.slug, draft.slug])}#{mend.list}"
    return name_of(mend.part), address_of(draft, mend.part)


def papers_address(draft: Draft, where: str) -> str:
    """The page of the provider's papers that mends a finding."""
    page = "approvals" if "approval" in where or "statement" in where else "papers"
    return reverse(f"desk:{page}", args=[draft.provider.slug])


@login_required
@require_POST
def choose(request: SignedIn, provider: str, draft: str) -> HttpResponse:
    """Choose the bodies whose clauses are checked."""
    found = draft_of(request.user, provider, draft)
    choose_bodies(draft=found, slugs=request.POST.getlist("bodies"), at=timezone.now())
    return redirect("desk:check", provider, draft)


@login_required
@require_POST
def release(request: SignedIn, provider: str, draft: str) -> HttpResponse:
    """Publish the draft."""
    found = draft_of(request.user, provider, draft)
    course = publish(draft=found, person=request.user, at=timezone.now())
    messages.success(request, f"Version {course.version} is published. Whoever has begun an earlier one finishes on that.")
    return redirect("desk:check", provider, draft)


@login_required
@require_POST
def take_back(request: SignedIn, provider: str, draft: str) -> HttpResponse:
    """Withdraw the course from the catalog."""
    found = draft_of(request.user, provider, draft)
    withdraw(draft=found)
    messages.success(
        request, "The course is withdrawn. Whoever has begun it goes on to the certificate. You can offer it again at any time."
    )
    return redirect("desk:check", provider, draft)


@login_required
@require_POST
def again(request: SignedIn, provider: str, draft: str) -> HttpResponse:
    """Offer the course again."""
    found = draft_of(request.user, provider, draft)
    offer_again(draft=found)
    messages.success(request, "The course is offered again.")
    return redirect("desk:check", provider, draft)
