"""A draft at a glance: what is missing, what serves each objective, and its sections, questions and cases in order."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from perennial.apps.desk.access import draft_of, part_of
from perennial.apps.desk.arranging import assign_items, begin_part, copy_part, move_part
from perennial.apps.desk.fields import Choices
from perennial.apps.desk.parts import Kind
from perennial.apps.desk.queries import Draft, Parts, parts_of, removed_parts_of
from perennial.apps.desk.rail import Rail, Stop, address_of, name_of
from perennial.apps.desk.services import bring_part_back, remove_part
from perennial.apps.desk.showing import lists_of, seen
from perennial.core.values.words import counted
from perennial.ui import Page, SignedIn, show

SHOWN = 100  # questions on one page of the list


@dataclass(frozen=True, slots=True)
class Served:
    """An objective, the sections that serve it and how many questions test it."""

    id: str
    text: str
    sections: Sequence[str]
    questions: int


class DraftPage(Page):
    """The draft at a glance."""

    template = "desk/pages/draft.html"
    nav = "desk"
    draft: Draft
    rail: Rail
    faults: int
    served: Sequence[Served]
    removed: Sequence[Stop]
    objectives: Choices
    sections: Choices
    first: int = 0

    @property
    def items(self) -> Sequence[Stop]:
        """The questions that this page of the list shows."""
        return self.rail.items[self.first : self.first + SHOWN]

    @property
    def last(self) -> int:
        """The place of the last question shown, from 1."""
        return self.first + len(self.items)

    @property
    def before(self) -> int | None:
        """The place of the first question of the page before, from 1."""
        return self.first - SHOWN + 1 if self.first else None

    @property
    def after(self) -> int | None:
        """The place of the first question of the page after, from 1."""
        return self.last + 1 if self.last < len(self.rail.items) else None


def first_shown(asked: str, count: int) -> int:
    """Where the page of the list begins that holds the question asked for by its place from 1."""
    place = int(asked) if asked.isdecimal() and len(asked) < 7 else 1
    return min(max(place - 1, 0), max(count - 1, 0)) // SHOWN * SHOWN


def served_of(parts: Parts) -> list[Served]:
    """What each objective is served by."""
    found = []
    for entry in parts.single[Kind.OUTLINE].data.get("objectives", []):
        id = str(entry.get("id"))
        sections = [name_of(part) for part in parts.sections if id in part.data.get("objectives", ())]
        found.append(Served(id, str(entry.get("text") or ""), sections, sum(part.data.get("objective") == id for part in parts.items)))
    return found


@login_required
def draft(request: SignedIn, provider: str, draft: str) -> HttpResponse:
    """Show the draft."""
    found = draft_of(request.user, provider, draft)
    view = seen(found)
    lists = lists_of(view.parts, ())
    page = DraftPage(
        title=found.title,
        draft=found,
        rail=view.rail,
        faults=sum(map(len, view.faults.values())),
        served=served_of(view.parts),
        removed=[Stop(found, part, 0, "back_part") for part in removed_parts_of(found)],
        objectives=lists["objective"][1:],
        sections=lists["section"][1:],
        first=first_shown(request.GET.get("from", ""), len(view.rail.items)),
    )
    return show(request, page)


@login_required
@require_POST
def add(request: SignedIn, provider: str, draft: str, kind: str) -> HttpResponse:
    """Begin a section, question or case and open it."""
    found = draft_of(request.user, provider, draft)
    part = begin_part(draft=found, kind=kind, title=request.POST.get("title", ""), person=request.user, at=timezone.now())
    return redirect(address_of(found, part))


@login_required
@require_POST
def assign(request: SignedIn, provider: str, draft: str) -> HttpResponse:
    """Give the ticked questions, or all that have none yet, an objective and a section."""
    found = draft_of(request.user, provider, draft)
    lists = lists_of(parts_of(found), ())
    asked = {name: request.POST.get(name, "") for name in ("objective", "section")}
    known = {name: value if value in dict(lists[name]) else "" for name, value in asked.items()}
    ticked = None if "lacking" in request.POST else request.POST.getlist("item")
    changed = assign_items(draft=found, names=ticked, person=request.user, at=timezone.now(), **known)
    says = f"{counted(changed, 'question')} changed. The history of each keeps what stood." if changed else "No question lacked that."
    messages.success(request, says)
    return redirect(f"{reverse('desk:draft', args=[provider, draft])}?from={request.POST.get('from', '1')}#items")


@login_required
@require_POST
def move(request: SignedIn, provider: str, draft: str, kind: str, name: str = "") -> HttpResponse:
    """Move a part up or down in its list."""
    found = draft_of(request.user, provider, draft)
    move_part(part=part_of(found, kind, name), up=request.POST.get("to") == "up", at=timezone.now())
    return redirect(f"{reverse('desk:draft', args=[provider, draft])}#{kind}-{name}")


@login_required
@require_POST
def copy(request: SignedIn, provider: str, draft: str, kind: str, name: str = "") -> HttpResponse:
    """Copy a question and open the copy."""
    found = draft_of(request.user, provider, draft)
    made = copy_part(part=part_of(found, kind, name), person=request.user, at=timezone.now())
    messages.success(request, f"This is a copy of {name}. Change what differs.")
    return redirect(address_of(found, made))


@login_required
@require_POST
def remove(request: SignedIn, provider: str, draft: str, kind: str, name: str = "") -> HttpResponse:
    """Remove a part; the page then offers to bring it back."""
    found = draft_of(request.user, provider, draft)
    part = part_of(found, kind, name)
    remove_part(part=part, at=timezone.now())
    messages.success(request, f"“{name_of(part)}” is removed. Under “Removed” you can bring it back.")
    return redirect(f"{reverse('desk:draft', args=[provider, draft])}#removed")


@login_required
@require_POST
def back(request: SignedIn, provider: str, draft: str, kind: str, name: str = "") -> HttpResponse:
    """Bring a removed part back."""
    found = draft_of(request.user, provider, draft)
    part = part_of(found, kind, name)
    bring_part_back(part=part, at=timezone.now())
    messages.success(request, f"“{name_of(part)}” is back where it was.")
    return redirect("desk:draft", provider, draft)
