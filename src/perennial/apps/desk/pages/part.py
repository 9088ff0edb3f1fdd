"""One part of a draft as a form: saved by a button, or by itself while one types."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from itertools import pairwise
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from perennial.apps.desk.access import draft_of, part_of, revision_of
from perennial.apps.desk.casework import Outline, outline_of
from perennial.apps.desk.editors import Editor
from perennial.apps.desk.lengths import Length, lengths_of
from perennial.apps.desk.parts import Kind
from perennial.apps.desk.problems import Mend
from perennial.apps.desk.queries import Draft, DraftFile, DraftPart, PartRevision, files_of, parts_of, removed_files_of
from perennial.apps.desk.rail import Rail, Stop, address_of, name_of
from perennial.apps.desk.rendering import previewed
from perennial.apps.desk.services import save_part
from perennial.apps.desk.showing import lists_for, seen
from perennial.ui import Page, SignedIn, show

ALL_SAVED = "Saved."


class PartPage(Page):
    """A part as a form, beside the rail."""

    template = "desk/pages/part.html"
    nav = "desk"
    draft: Draft
    part: DraftPart
    name: str
    editor: Editor
    rail: Rail
    faults: Sequence[Mend]
    files: Sequence[DraftFile]
    codes: Sequence[tuple[str, str]]
    preview: str = ""
    outline: Outline | None = None
    lengths: Sequence[Length] = ()
    shown: PartRevision | None = None
    removed_files: Sequence[DraftFile] = ()
    here: str = ""

    @property
    def history(self) -> str:
        """The address of the part's history."""
        return address_of(self.draft, self.part, "history")

    @property
    def item_kind(self) -> str:
        """The kind of a question."""
        return str(self.editor.head["kind"].value() or "single") if self.part.kind == Kind.ITEM else ""

    @property
    def says_shown(self) -> str:
        """That the form shows another state than what stands."""
        if self.shown is None:
            return ""
        return f"The form shows revision {self.shown.number}, saved by {self.shown.by or 'someone'}. Save it, and it stands."

    @property
    def next(self) -> Stop | None:
        """The part after this one in the rail."""
        listed = [*self.rail.single, *self.rail.sections, *self.rail.items, *self.rail.cases]
        after = [stop for before, stop in pairwise(listed) if before.part.pk == self.part.pk]
        return after[0] if after else None


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def part(request: SignedIn, provider: str, draft: str, kind: str, name: str = "") -> HttpResponse:
    """Show the part, or save what was sent."""
    found = draft_of(request.user, provider, draft)
    there = part_of(found, kind, name)
    if request.method == "POST":
        return _save(request, found, there)
    number = request.GET.get("from", "")
    shown = revision_of(there, int(number)) if number.isdecimal() and len(number) < 9 else None
    return show(request, page_for(found, there, shown=shown))


def page_for(draft: Draft, part: DraftPart, *, shown: PartRevision | None = None, editor: Editor | None = None) -> PartPage:
    """The page of a part: its form with what stands, with another state of it, or with what was sent and cannot be kept."""
    view = seen(draft)
    files = view.files
    part = next((one for one in view.parts.all if one.pk == part.pk), part)
    data = shown.data if shown else part.data
    more: dict[str, Any] = {}
    if part.kind == Kind.SECTION:
        more["preview"] = previewed(draft, view.parts, str(data.get("text", "")))
    if part.kind == Kind.CASE:
        more["outline"] = outline_of(data)
    if part.kind == Kind.MEDIA:
        more["removed_files"] = removed_files_of(draft)
    if part.kind == Kind.CREDIT:
        more["lengths"] = lengths_of(view.reading.course, [str(one.data.get("text", "")) for one in view.parts.sections])
    return PartPage(
        title=f"{name_of(part)}: {draft.title}",
        draft=draft,
        part=part,
        name=name_of(part),
        editor=editor or Editor(part.kind, data, part.revision, lists_for(draft, part.kind, view.parts, files)),
        rail=view.rail,
        faults=view.faults.get(part.key, ()),
        files=files,
        codes=codes_of(view.parts.single) if part.kind == Kind.SECTION else (),
        shown=shown,
        **more,
    )


def codes_of(single: Mapping[str, DraftPart]) -> list[tuple[str, str]]:
    """What can be put into a section: the words to write, and what they stand for."""
    found = [(f"[@{entry.get('id')}]", str(entry.get("text") or "")[:120]) for entry in single[Kind.REFERENCES].data.get("references", [])]
    for entry in single[Kind.MEDIA].data.get("media", []):
        found.append(
            (f"![{entry.get('title') or entry.get('file')}](media/{entry.get('file')})", f"{entry.get('kind')}: {entry.get('title')}")
        )
    found += [(str(entry.get("term")), str(entry.get("means") or "")[:120]) for entry in single[Kind.GLOSSARY].data.get("glossary", [])]
    return found


def _save(request: SignedIn, draft: Draft, part: DraftPart) -> HttpResponse:
    """Keep what was sent; answer a script with JSON."""
    scripted = request.headers.get("Accept", "").startswith("application/json")
    lists = lists_for(draft, part.kind, parts_of(draft), files_of(draft))
    editor = Editor(part.kind, part.data, part.revision, lists, request.POST)
    if not editor.is_valid():
        if scripted:
            return JsonResponse({"detail": "Not saved. " + " ".join(editor.faults)}, status=HTTPStatus.BAD_REQUEST)
        return show(request, page_for(draft, part, editor=editor), status=HTTPStatus.BAD_REQUEST)
    data = editor.data()
    saved = save_part(part=part, data=data, base=editor.head.cleaned_data["base"], person=request.user, at=timezone.now())
    if saved.aside:
        address = f"{address_of(draft, part, 'both')}?late={saved.aside.number}"
        says = "Somebody else has saved this part since you opened it. Theirs stands; yours is kept beside it."
        if scripted:
            return JsonResponse({"detail": says, "address": address}, status=HTTPStatus.CONFLICT)
        messages.warning(request, says)
        return redirect(address)
    if scripted:
        told = {"revision": saved.part.revision, "saved_at": saved.part.changed_at.isoformat(), "names": editor.names(data)}
        return JsonResponse(told)
    messages.success(request, ALL_SAVED)
    return redirect(address_of(draft, part))


@login_required
@require_POST
def preview(request: SignedIn, provider: str, draft: str) -> HttpResponse:
    """The text of a section as its page will show it, as a piece of HTML made safe by the course's own renderer."""
    found = draft_of(request.user, provider, draft)
    return HttpResponse(previewed(found, parts_of(found), request.POST.get("text", "")[:1_000_000]))
