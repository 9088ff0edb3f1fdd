"""What stands, and what somebody saved late, side by side: nothing is lost, and one of the two, or both together, is to stand."""

from collections.abc import Sequence

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect

from perennial.apps.desk.access import draft_of, part_of, revision_of
from perennial.apps.desk.drawing import Piece, compared, lines_of
from perennial.apps.desk.queries import Draft, DraftPart, PartRevision
from perennial.apps.desk.rail import address_of, name_of
from perennial.ui import Page, SignedIn, show


class BothPage(Page):
    """Two texts of one part."""

    template = "desk/pages/both.html"
    nav = "desk"
    draft: Draft
    part: DraftPart
    name: str
    stands: PartRevision
    late: PartRevision
    pieces: Sequence[Piece]

    @property
    def address(self) -> str:
        """The address of the part itself."""
        return address_of(self.draft, self.part)

    @property
    def restore(self) -> str:
        """Where a state is brought back."""
        return address_of(self.draft, self.part, "restore")

    @property
    def standing_lines(self) -> Sequence[str]:
        """What stands, in lines."""
        return lines_of(self.part.kind, self.stands.data)

    @property
    def late_lines(self) -> Sequence[str]:
        """What came late, in lines."""
        return lines_of(self.part.kind, self.late.data)


@login_required
def both(request: SignedIn, provider: str, draft: str, kind: str, name: str = "") -> HttpResponse:
    """Show both; `late` in the address is the number of the revision that was kept beside."""
    found = draft_of(request.user, provider, draft)
    part = part_of(found, kind, name)
    number = request.GET.get("late", "")
    if not number.isdecimal() or len(number) > 8:
        return redirect(address_of(found, part))
    stands, late = revision_of(part, part.revision), revision_of(part, int(number))
    named = name_of(part)
    page = BothPage(
        title=f"Two texts of {named}",
        draft=found,
        part=part,
        name=named,
        stands=stands,
        late=late,
        pieces=compared(part.kind, stands.data, late.data),
    )
    return show(request, page)
