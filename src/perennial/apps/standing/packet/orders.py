"""Packets that take a while: ordered by a person, made by the background worker, kept for a day, then gone."""

import logging
import zipfile
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import IO

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import DatabaseError, IntegrityError, transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from perennial.apps.licenses.queries import License
from perennial.apps.standing.auditing import audit_of
from perennial.apps.standing.models import OrderState, PacketOrder
from perennial.apps.standing.packet.making import FAILED, SECONDS, made, packet_for
from perennial.apps.standing.queries import standing_of_license
from perennial.core.values import Refusal

log = logging.getLogger(__name__)

KEPT_FOR = timedelta(days=1)
DEAD_AFTER = timedelta(minutes=5)  # a worker that makes one is done much sooner, or dead
MOST_ATTEMPTS = 2
NOBODY_CAME = timedelta(seconds=10)  # so long a packet waits for a worker before a request makes it
SECONDS_OF_A_REQUEST = 20.0
OPEN = (OrderState.WAITING, OrderState.MAKING)
CarryOn = Callable[[], bool]


class Stopped(Exception):
    """The worker is told to end while it makes a packet."""


def order_packet(*, license: License, day: date, site: str, proofs: int, at: datetime) -> PacketOrder:
    """Have a packet made as of a day. One that is on its way already is that packet; an earlier one that was ready goes."""
    for old in PacketOrder.objects.filter(license=license).exclude(state__in=OPEN):
        _drop(old)
    try:
        with transaction.atomic():
            return PacketOrder.objects.create(license=license, day=day, site=site, proofs=proofs, asked_at=at)
    except IntegrityError:
        return PacketOrder.objects.filter(license=license).latest("asked_at", "pk")


def carry_on_order(order: PacketOrder, *, at: datetime) -> PacketOrder:
    """The order as it stands now; where no worker came for it, it is made here."""
    if order.state == OrderState.WAITING and at - order.asked_at >= NOBODY_CAME:
        make_order(order.pk, at=at, seconds=SECONDS_OF_A_REQUEST)
    order.refresh_from_db()
    return order


def make_order(pk: int, *, at: datetime, seconds: float = SECONDS, carry_on: CarryOn = lambda: True) -> bool:
    """Make a packet that waits, unless someone else took it; gives whether it was taken. What breaks is kept as failed, and told."""
    taken = PacketOrder.objects.filter(pk=pk, state=OrderState.WAITING)
    if not taken.update(state=OrderState.MAKING, begun_at=at, done=0, attempts=F("attempts") + 1):
        return False
    order = PacketOrder.objects.select_related("license__person").get(pk=pk)
    try:
        _make(order, seconds, carry_on)
    except Stopped:
        _held(order).update(state=OrderState.WAITING, attempts=F("attempts") - 1)
    except DatabaseError:
        raise
    except Refusal as refusal:
        _fail(order, str(refusal))
    except Exception:
        log.exception("The audit packet %s could not be made", pk)
        _fail(order, FAILED)
    return True


def _make(order: PacketOrder, seconds: float, carry_on: CarryOn) -> None:
    def progress(done: int) -> None:
        if not carry_on():
            raise Stopped
        if not _held(order).update(done=done):
            raise Stopped  # the order went meanwhile, or another maker has it

    audit = audit_of(standing_of_license(order.license, day=order.day), today=timezone.localdate(order.begun_at))
    with made(packet_for(audit), site=order.site, progress=progress, seconds=seconds) as files, files.zip.open("rb") as archive:
        order.file.save("packet.zip", File(archive), save=False)
        order.asides = [[proof.name, why] for proof, why in files.asides]
    name = str(order.file.name)
    if not _held(order).update(file=name, asides=order.asides, state=OrderState.READY, ended_at=order.begun_at, done=order.proofs):
        default_storage.delete(name)  # the order went meanwhile, or another maker has it


def _held(order: PacketOrder) -> QuerySet[PacketOrder]:
    """The order as long as it is still the one that was taken then; nothing once it went, or another maker has it."""
    return PacketOrder.objects.filter(pk=order.pk, state=OrderState.MAKING, begun_at=order.begun_at)


def _fail(order: PacketOrder, says: str) -> None:
    _held(order).update(state=OrderState.FAILED, ended_at=order.begun_at, says=says[:300])


def make_waiting(*, at: datetime, carry_on: CarryOn = lambda: True) -> int:
    """What the worker does every few seconds: one packet that waits is made, one whose maker died waits again, old ones go.

    So do those of a license that was removed meanwhile.

    One read where there is nothing to do. Gives how many were made.
    """
    old = Q(ended_at__lt=at - KEPT_FOR)
    dead = Q(state=OrderState.MAKING, begun_at__lt=at - DEAD_AFTER)
    removed = Q(license__removed_at__isnull=False)
    due = list(PacketOrder.objects.filter(Q(state=OrderState.WAITING) | dead | old | removed).select_related("license"))
    count = 0
    for order in due:
        if order.license.removed_at is not None:
            _drop(order)
        elif order.state == OrderState.WAITING:
            count += bool(not count and carry_on() and make_order(order.pk, at=at, carry_on=carry_on))
        elif order.state == OrderState.MAKING:
            _again(order)
        else:
            _drop(order)
    return count


def _again(order: PacketOrder) -> None:
    """Have a packet wait again whose maker died; one that kills its maker time after time is given up."""
    if order.attempts >= MOST_ATTEMPTS:
        _fail(order, FAILED)
    else:
        _held(order).update(state=OrderState.WAITING)


def _drop(order: PacketOrder) -> None:
    name = str(order.file.name or "")
    order.delete()
    if name:
        transaction.on_commit(lambda: default_storage.delete(name))


def opened(order: PacketOrder, kind: str) -> tuple[IO[bytes], int]:
    """The ZIP, or the PDF out of it, to be handed out, with its bytes; close it afterwards."""
    name = str(order.file.name)
    if kind == "zip":
        return default_storage.open(name, "rb"), default_storage.size(name)
    archive = zipfile.ZipFile(default_storage.open(name, "rb"))  # held by what is returned, and closed with it
    return archive.open("packet.pdf"), archive.getinfo("packet.pdf").file_size
