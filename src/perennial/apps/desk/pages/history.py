"""What was saved of a part, and two states of it side by side: compared, brought back, or chosen between."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from perennial.apps.desk.access import draft_of, part_of, revision_of
from perennial.apps.desk.drawing import Piece, compared
from perennial.apps.desk.queries import Draft, DraftPart, PartRevision, revisions_of
from perennial.apps.desk.rail import address_of, name_of
from perennial.apps.desk.services import How, save_part
from perennial.ui import Page, SignedIn, show

TOGETHER = 600  # seconds: what one person saves in a row is one line of the history


@dataclass(frozen=True, slots=True)
class Line:
    """A state that somebody left the part in; `more` are those that they saved on the way to it."""

    revision: PartRevision
    more: int


class HistoryPage(Page):
    """The list of states, and where two are named, what differs."""

    template = "desk/pages/history.html"
    nav = "desk"
    draft: Draft
    part: DraftPart
    name: str
    lines: Sequence[Line]
    old: PartRevision | None = None
    new: PartRevision | None = None
    pieces: Sequence[Piece] = ()
    each: bool = False

    @property
    def hidden(self) -> int:
        """How many states stand in no line of their own."""
        return sum(line.more for line in self.lines)

    @property
    def address(self) -> str:
        """The address of the part itself."""
        return address_of(self.draft, self.part)

    @property
    def restore(self) -> str:
        """Where a state is brought back."""
        return address_of(self.draft, self.part, "restore")


@login_required
def history(request: SignedIn, provider: str, draft: str, kind: str, name: str = "") -> HttpResponse:
    """Show the history; `old` and `new` in the address name two states to compare, `each` asks for every save as a line."""
    found = draft_of(request.user, provider, draft)
    part = part_of(found, kind, name)
    each = "each" in request.GET
    lines = [Line(row, 0) for row in revisions_of(part)] if each else lines_of(revisions_of(part))
    old, new = (_named(part, request.GET.get(which, "")) for which in ("old", "new"))
    pieces = compared(part.kind, old.data, new.data) if old and new else ()
    named = name_of(part)
    title = f"History of {named}"
    page = HistoryPage(title=title, draft=found, part=part, name=named, lines=lines, old=old, new=new, pieces=pieces, each=each)
    return show(request, page)


def _named(part: DraftPart, number: str) -> PartRevision | None:
    return revision_of(part, int(number)) if number.isdecimal() and len(number) < 9 else None


def lines_of(revisions: Sequence[PartRevision]) -> list[Line]:
    """The newest first; what one person saved within minutes is told by its last state."""
    lines: list[Line] = []
    last: PartRevision | None = None
    for row in revisions:
        near = last is not None and row.by_id == last.by_id and (last.at - row.at).total_seconds() < TOGETHER
        if near and lines and row.how == lines[-1].revision.how == How.SAVED and not row.aside and not lines[-1].revision.aside:
            lines[-1] = Line(lines[-1].revision, lines[-1].more + 1)
        else:
            lines.append(Line(row, 0))
        last = row
    return lines


@login_required
@require_POST
def restore(request: SignedIn, provider: str, draft: str, kind: str, name: str = "") -> HttpResponse:
    """Have an earlier state stand again, as a new revision."""
    found = draft_of(request.user, provider, draft)
    part = part_of(found, kind, name)
    revision = _named(part, request.POST.get("number", ""))
    if revision is None:
        messages.error(request, "Choose the state that shall stand again.")
        return redirect(address_of(found, part, "history"))
    save_part(part=part, data=revision.data, base=part.revision, person=request.user, at=timezone.now(), how=How.RESTORED)
    messages.success(request, f"Revision {revision.number} stands again. What stood before is in the history.")
    return redirect(address_of(found, part))
