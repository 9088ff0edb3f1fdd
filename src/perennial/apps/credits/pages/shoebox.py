"""The shoebox: drop many certificates at once, and see what they propose."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from perennial.apps.credits.proposals import ProposalView, Same, Shoebox, shoebox_of
from perennial.apps.credits.shoebox import Drop, drop_file, empty_shoebox, read_waiting
from perennial.core.proofs import can_recognize
from perennial.core.values import Refusal
from perennial.ui import Page, SignedIn, show

MOST_AT_ONCE = 100
SECONDS = 20.0
SECONDS_OF_ONE = 3.0


@dataclass(frozen=True, slots=True)
class Row:
    """A proposal as the list shows it."""

    view: ProposalView
    same: Same | None

    @property
    def pickable(self) -> bool:
        """Whether it can be chosen: nothing is missing, and it is not there already."""
        return not self.view.missing and self.same is None


class ShoeboxPage(Page):
    """`rows` are the proposals to look at; `complete` of them can be entered together."""

    template = "credits/pages/shoebox.html"
    title = "Shoebox"
    nav = "record"
    box: Shoebox
    rows: Sequence[Row]
    complete: int
    pictures: bool


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def shoebox(request: SignedIn) -> HttpResponse:
    """Show what lies in the shoebox, or take the files that were dropped and read as many as a moment allows."""
    if request.method == "POST":
        now = timezone.now()
        drops = dropped(request, now)
        left = read_waiting(person=request.user, at=now, seconds=SECONDS) if any(drop.taken for drop in drops) else 0
        tell(request, drops, left)
        return redirect("credits:shoebox")
    box = shoebox_of(request.user)
    rows = [Row(view, box.same.get(view.id)) for view in box.open]
    return show(request, ShoeboxPage(box=box, rows=rows, complete=len(box.complete), pictures=can_recognize()))


@login_required
@require_POST
def shoebox_file(request: SignedIn) -> HttpResponse:
    """Take one file and answer as JSON: how many files were in it, and what is to be said of them."""
    try:
        drops = dropped(request, timezone.now())
    except Refusal as refusal:
        return JsonResponse({"taken": 0, "says": [str(refusal)]}, status=409)
    return JsonResponse({"taken": sum(drop.taken for drop in drops), "says": [says for drop in drops for says in drop.says]})


@login_required
@require_POST
def shoebox_read(request: SignedIn) -> HttpResponse:
    """Read files that wait: one or so for a script that asks again, as many as a moment allows for a button."""
    script = "application/json" in request.headers.get("Accept", "")
    left = read_waiting(person=request.user, at=timezone.now(), seconds=SECONDS_OF_ONE if script else SECONDS)
    return JsonResponse({"left": left}) if script else redirect("credits:shoebox")


@login_required
@require_POST
def shoebox_clear(request: SignedIn) -> HttpResponse:
    """Delete all that was not entered."""
    gone = empty_shoebox(person=request.user)
    messages.success(request, f"The shoebox is empty: {gone} file{'' if gone == 1 else 's'} deleted. Your record is as it was.")
    return redirect("credits:shoebox")


def dropped(request: SignedIn, at: datetime) -> list[Drop]:
    """Each file that came, taken into the shoebox."""
    return [drop_file(person=request.user, upload=upload, at=at) for upload in request.FILES.getlist("files")[:MOST_AT_ONCE]]


def tell(request: SignedIn, drops: Sequence[Drop], left: int) -> None:
    """Say what came of the files."""
    taken = sum(drop.taken for drop in drops)
    if not drops:
        messages.warning(request, "Choose the files first, then press the button.")
    elif taken:
        waits = f" {left} still wait to be read." if left else ""
        messages.success(request, f"{taken} file{'' if taken == 1 else 's'} taken in.{waits}")
    for says in [says for drop in drops for says in drop.says][:20]:
        messages.warning(request, says)
