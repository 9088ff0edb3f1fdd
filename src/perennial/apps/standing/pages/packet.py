"""The audit packet of a license: handed out at once where it is small, else made in the background while a page shows how far it is."""

from collections.abc import Sequence

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from perennial.apps.licenses.queries import license_name
from perennial.apps.standing.access import license_of, packet_order_of
from perennial.apps.standing.asof import AsOfForm
from perennial.apps.standing.auditing import audit_of
from perennial.apps.standing.packet.handing_out import ZIP, attached, read_whole
from perennial.apps.standing.packet.making import is_small, made, packet_for
from perennial.apps.standing.packet.orders import SECONDS_OF_A_REQUEST, carry_on_order, opened, order_packet
from perennial.apps.standing.queries import OrderState, PacketOrder, standing_of_license
from perennial.ui import Page, SignedIn, show


class PacketPage(Page):
    """A packet on its way, ready to be fetched, or given up."""

    template = "standing/pages/packet.html"
    nav = "dashboard"
    order: PacketOrder
    name: str
    asides: Sequence[tuple[str, str]]

    @property
    def on_its_way(self) -> bool:
        """Whether it is neither ready nor given up."""
        return self.order.state in (OrderState.WAITING, OrderState.MAKING)

    @property
    def percent(self) -> int:
        """How far it is."""
        return 100 * self.order.done // max(self.order.proofs, 1)


@login_required
@require_POST
def make(request: SignedIn, pk: int) -> HttpResponseBase:
    """Hand out the packet of a license: the PDF, or the ZIP where `kind` says so. A large one is made in the background."""
    license, today = license_of(request.user, pk), timezone.localdate()
    day = AsOfForm(request.POST if "on" in request.POST else None, today=today).day
    packet = packet_for(audit_of(standing_of_license(license, day=day), today=today))
    site, kind = site_of(request), ZIP if request.POST.get("kind") == ZIP else "pdf"
    if is_small(packet):
        with made(packet, site=site, seconds=SECONDS_OF_A_REQUEST) as files:
            return read_whole(files, kind, packet)
    order = order_packet(license=license, day=day, site=site, proofs=len(packet.proofs), at=timezone.now())
    return redirect("standing:packet_order", order.pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def order(request: SignedIn, pk: int) -> HttpResponse:
    """Show how far a packet is; a POST looks after it, and tells a script the same as JSON."""
    found = packet_order_of(request.user, pk)
    if request.method == "POST":
        found = carry_on_order(found, at=timezone.now())
        if "application/json" not in request.headers.get("Accept", ""):
            return redirect("standing:packet_order", pk)
        return JsonResponse({"state": found.state, "done": found.done, "proofs": found.proofs})
    name = license_name(found.license)
    asides = [(str(file), str(why)) for file, why in found.asides]
    return show(request, PacketPage(title=f"{name}: audit packet", order=found, name=name, asides=asides))


@login_required
@require_safe
def packet_file(request: SignedIn, pk: int, kind: str) -> HttpResponseBase:
    """Hand out a packet that is ready; one that is not leads to the page that says so."""
    found = packet_order_of(request.user, pk)
    if found.state != OrderState.READY:
        return redirect("standing:packet_order", pk)
    file, size = opened(found, kind)
    return attached(FileResponse(file), kind, license_name(found.license), timezone.localdate(found.asked_at), size)


def site_of(request: SignedIn) -> str:
    """The address under which this site was asked, for addresses that verify certificates."""
    return request.build_absolute_uri("/").rstrip("/")
