"""What a file of questions would bring, before anything is written; then take it, leave it, or take it back."""

from collections.abc import Sequence
from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Page as Leaf
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from perennial.apps.desk.access import desk_of, draft_of
from perennial.apps.desk.queries import Draft, Provider, parts_of
from perennial.apps.desk.showing import lists_of
from perennial.apps.desk.taking import Wishes, take_back, take_intake
from perennial.apps.desk.tasks import take_later
from perennial.apps.intakes.queries import Intake, intake_at
from perennial.apps.intakes.services import AT_ONCE, leave_intake, mark_taking
from perennial.core.questions import FORMATS
from perennial.ui import Page, SignedIn, show

ON_A_PAGE = 100
STATES = {"refused": "Refused", "changed": "Changed", "taken": "As it stands"}
LEAVES = {"refused": "missing", "changed": "part", "taken": "met"}


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the report, as it shows."""

    where: str
    what: str
    mend: str
    state: str
    title: str

    @property
    def word(self) -> str:
        """What became of it."""
        return STATES[self.state]

    @property
    def leaf(self) -> str:
        """The leaf that shows it."""
        return LEAVES[self.state]


class WishesForm(forms.Form):
    """What questions without an objective or a section get, and whether pages and links come along."""

    objective = forms.ChoiceField(label="Objective that they test", required=False)
    section = forms.ChoiceField(label="Section that answers them", required=False)
    pages = forms.BooleanField(label="Take its pages as sections", required=False, initial=True)
    links = forms.BooleanField(label="Take its web links as references", required=False, initial=True)


class LookPage(Page):
    """The counts, the table, and what can be done."""

    template = "desk/pages/import_look.html"
    title = "What the file holds"
    nav = "desk"
    provider: Provider
    draft: Draft | None
    intake: Intake
    form: WishesForm
    leaf: Leaf[Line]
    only: str
    tabs: Sequence[tuple[str, str, int]]

    @property
    def format(self) -> str:
        """What its format is called."""
        return FORMATS.get(self.intake.format, "of no format that is known")

    @property
    def busy(self) -> bool:
        """Whether the worker has it."""
        return self.intake.state in {Intake.State.WAITING, Intake.State.TAKING}

    @property
    def anything(self) -> bool:
        """Whether there is something to take."""
        return any(self.intake.counts.get(name) for name in ("items", "pages", "links"))


def _found(request: SignedIn, provider: str, pk: int) -> tuple[Intake, Draft | None]:
    """An intake of a desk at which the person works, with its draft; else 404."""
    found = desk_of(request.user, provider).provider
    intake = intake_at(found, pk)
    if intake is None:
        raise Http404("no such file")
    intake.provider = found
    return intake, draft_of(request.user, provider, intake.draft) if intake.draft else None


@login_required
@require_safe
def look(request: SignedIn, provider: str, pk: int) -> HttpResponse:
    """Show the report, a hundred lines at a time."""
    intake, draft = _found(request, provider, pk)
    lines = [Line(*row[:5]) for row in intake.report]
    counts = {state: sum(line.state == state for line in lines) for state in STATES}
    only = request.GET.get("only", "")
    shown = (
        [line for line in lines if line.state == only] if only in STATES else sorted(lines, key=lambda line: list(STATES).index(line.state))
    )
    page = LookPage(
        provider=intake.provider,
        draft=draft,
        intake=intake,
        form=_form(draft),
        leaf=Paginator(shown, ON_A_PAGE).get_page(request.GET.get("page")),
        only=only if only in STATES else "",
        tabs=[("", "All", len(lines)), *((state, STATES[state], counts[state]) for state in STATES)],
    )
    return show(request, page)


def _form(draft: Draft | None, data: object = None) -> WishesForm:
    form = WishesForm(data)  # type: ignore[arg-type]  # what was posted, or nothing
    lists = lists_of(parts_of(draft), []) if draft else {"objective": [("", "Choose later")], "section": [("", "Choose later")]}
    for name in ("objective", "section"):
        field = form.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", "Choose later"), *lists[name][1:]]
    return form


@login_required
@require_safe
def progress(request: SignedIn, provider: str, pk: int) -> JsonResponse:
    """How far the reading is, for the script that watches."""
    intake, _ = _found(request, provider, pk)
    return JsonResponse({"state": intake.state, "read": intake.questions_read})


@login_required
@require_POST
def take(request: SignedIn, provider: str, pk: int) -> HttpResponse:
    """Take what the file holds."""
    intake, draft = _found(request, provider, pk)
    form = _form(draft, request.POST)
    if not form.is_valid():
        messages.error(request, "Choose an objective and a section of this course, or leave them open.")
        return redirect("desk:intake", provider, pk)
    if intake.size > AT_ONCE:
        mark_taking(intake=intake)
        take_later.enqueue(intake=intake.pk, draft=draft.pk if draft else None, person=request.user.pk, wishes=form.cleaned_data)
        return redirect("desk:intake", provider, pk)
    into = take_intake(intake=intake, draft=draft, person=request.user, wishes=Wishes(**form.cleaned_data), at=timezone.now())
    messages.success(request, f"Taken into “{into.title}”. You can take it back here.")
    return redirect("desk:intake", provider, pk)


@login_required
@require_POST
def leave(request: SignedIn, provider: str, pk: int) -> HttpResponse:
    """Let the file go; nothing of it was written."""
    intake, draft = _found(request, provider, pk)
    leave_intake(intake=intake)
    messages.success(request, f"“{intake.name}” is left. Nothing of it was written.")
    return redirect("desk:import_questions", provider, draft.slug) if draft else redirect("desk:import_cartridge", provider)


@login_required
@require_POST
def undo(request: SignedIn, provider: str, pk: int) -> HttpResponse:
    """Take back what was made of the file."""
    intake, draft = _found(request, provider, pk)
    if draft is None:
        raise Http404("nothing was taken")
    take_back(intake=intake, draft=draft, person=request.user, at=timezone.now())
    messages.success(request, f"What came from “{intake.name}” is removed from “{draft.title}”.")
    return redirect("desk:intake", provider, pk)
