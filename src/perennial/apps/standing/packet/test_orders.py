"""Packets made in the background: once each, given back when their maker is stopped or dies, and gone after a day."""

import io
import zipfile
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pypdf
import pytest
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks

from perennial.apps.licenses.builders import make_license
from perennial.apps.licenses.queries import License
from perennial.apps.licenses.services import remove_license
from perennial.apps.standing.auditing import Audit
from perennial.apps.standing.models import OrderState, PacketOrder
from perennial.apps.standing.packet import builders, orders
from perennial.apps.standing.packet.facts import Packet
from perennial.apps.standing.packet.making import FAILED, packet_for
from perennial.apps.standing.packet.orders import (
    DEAD_AFTER,
    KEPT_FOR,
    NOBODY_CAME,
    carry_on_order,
    make_order,
    make_waiting,
    opened,
    order_packet,
)
from perennial.apps.standing.packet.test_facts import OWN, shown

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 25, 12, tzinfo=UTC)


def ordered(license: License | None = None, at: datetime = AT) -> PacketOrder:
    if license is None:
        license = make_license(**OWN)
        shown(license.person, data=builders.paper())
        shown(license.person, title="Broken", name="broken.pdf", data=b"%PDF-1.7 broken")
    return order_packet(license=license, day=date(2026, 11, 25), site="https://ce.example.org", proofs=2, at=at)


def now(order: PacketOrder) -> PacketOrder:
    order.refresh_from_db()
    return order


def files() -> list[Path]:
    folder = Path(default_storage.path("packets"))
    return sorted(folder.iterdir()) if folder.exists() else []


def test_one_that_waits_is_made_and_can_be_handed_out_as_pdf_and_as_zip() -> None:
    order = ordered()
    assert make_waiting(at=AT) == 1
    assert (now(order).state, order.done, order.asides) == (OrderState.READY, 2, [["broken.pdf", "It is damaged and cannot be opened."]])
    file, size = opened(order, "pdf")
    pdf = file.read()
    file.close()
    assert len(pdf) == size
    assert "Audit packet" in pypdf.PdfReader(io.BytesIO(pdf)).pages[0].extract_text()
    archive, size = opened(order, "zip")
    with archive:
        whole = archive.read()
    assert len(whole) == size
    assert zipfile.ZipFile(io.BytesIO(whole)).read("packet.pdf") == pdf


def test_how_far_it_is_can_be_seen_while_it_is_made() -> None:
    order, seen = ordered(), []

    def carry_on() -> bool:
        seen.append(PacketOrder.objects.get(pk=order.pk).done)
        return True

    make_order(order.pk, at=AT, carry_on=carry_on)
    assert seen == [0, 1]


def test_a_second_click_leads_to_the_same_packet() -> None:
    order = ordered()
    assert ordered(order.license) == order
    with pytest.raises(IntegrityError), transaction.atomic():
        PacketOrder.objects.create(license=order.license, day=order.day, site="x", proofs=1, asked_at=AT)


def test_nobody_makes_what_another_has_taken() -> None:
    order = ordered()
    assert make_order(order.pk, at=AT)
    assert not make_order(order.pk, at=AT)


def test_a_worker_that_is_stopped_gives_it_back() -> None:
    order, calls = ordered(), iter([True, True, False])
    make_waiting(at=AT, carry_on=lambda: next(calls))
    assert (now(order).state, order.attempts) == (OrderState.WAITING, 0)
    assert not files()


def test_one_whose_maker_died_is_made_by_another_and_given_up_the_second_time() -> None:
    order = ordered()
    for attempts, state in ((1, OrderState.WAITING), (2, OrderState.FAILED)):
        PacketOrder.objects.filter(pk=order.pk).update(state=OrderState.MAKING, begun_at=AT, attempts=attempts)
        make_waiting(at=AT + DEAD_AFTER)
        assert now(order).state == OrderState.MAKING
        make_waiting(at=AT + DEAD_AFTER + timedelta(seconds=1))
        assert now(order).state == state
    assert order.says == FAILED


def test_where_nothing_can_be_judged_any_more_it_says_what_to_do() -> None:
    order = ordered()
    order.license.own_requirements = []
    order.license.save()
    make_waiting(at=AT)
    assert now(order).state == OrderState.FAILED
    assert "audit check" in order.says


def test_after_a_day_it_is_gone_with_its_file(django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks) -> None:
    ordered()
    make_waiting(at=AT)
    make_waiting(at=AT + KEPT_FOR)
    assert len(files()) == 1
    with django_capture_on_commit_callbacks(execute=True):
        make_waiting(at=AT + KEPT_FOR + timedelta(seconds=1))
    assert not PacketOrder.objects.exists()
    assert not files()


def test_a_new_one_takes_the_place_of_the_old(django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks) -> None:
    first = ordered()
    make_waiting(at=AT)
    with django_capture_on_commit_callbacks(execute=True):
        assert ordered(first.license) != first
    assert PacketOrder.objects.count() == 1
    assert not files()


def test_where_no_worker_comes_the_page_makes_it() -> None:
    order = ordered()
    assert carry_on_order(order, at=AT + NOBODY_CAME / 2).state == OrderState.WAITING
    assert carry_on_order(order, at=AT + NOBODY_CAME).state == OrderState.READY


def test_a_worker_with_nothing_to_do_reads_once(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    ordered()
    make_waiting(at=AT)
    with django_assert_num_queries(1):
        make_waiting(at=AT)


def test_a_maker_that_is_stopped_after_it_was_taken_for_dead_does_not_give_back_what_the_next_one_makes() -> None:
    order, later = ordered(), AT + DEAD_AFTER + timedelta(minutes=1)

    def carry_on() -> bool:
        PacketOrder.objects.filter(pk=order.pk).update(begun_at=later, attempts=2, done=1)
        return False

    make_order(order.pk, at=AT, carry_on=carry_on)
    assert (now(order).state, order.attempts, order.done) == (OrderState.MAKING, 2, 1)


def test_how_far_a_maker_that_was_taken_for_dead_is_is_not_noted() -> None:
    order, asked = ordered(), []

    def carry_on() -> bool:
        PacketOrder.objects.filter(pk=order.pk).update(begun_at=AT + DEAD_AFTER, done=2)
        asked.append(now(order).done)
        return True

    make_order(order.pk, at=AT, carry_on=carry_on)
    assert (now(order).done, asked) == (2, [2])


def test_an_order_that_goes_at_the_very_end_leaves_no_file_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    order = ordered(make_license(**OWN))
    before = files()

    def last(audit: Audit) -> Packet:
        PacketOrder.objects.filter(pk=order.pk).update(begun_at=AT + DEAD_AFTER)
        return packet_for(audit)

    monkeypatch.setattr(orders, "packet_for", last)
    assert make_order(order.pk, at=AT)
    assert (now(order).state, files()) == (OrderState.MAKING, before)


def test_a_license_that_is_removed_takes_its_packet_along(django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks) -> None:
    ready, kept = ordered(make_license(**OWN)), ordered(make_license(**OWN))
    make_waiting(at=AT)
    make_waiting(at=AT)
    waits = ordered(make_license(**OWN))
    assert len(files()) == 2
    for order in (ready, waits):
        remove_license(license=order.license, at=AT)
    with django_capture_on_commit_callbacks(execute=True):
        assert make_waiting(at=AT) == 0
    assert list(PacketOrder.objects.all()) == [kept]
    assert len(files()) == 1


def test_a_maker_whose_order_went_meanwhile_leaves_no_file_behind() -> None:
    order = ordered()
    before = files()

    def carry_on() -> bool:
        PacketOrder.objects.filter(pk=order.pk).delete()
        return True

    assert make_order(order.pk, at=AT, carry_on=carry_on)
    assert files() == before


def test_a_maker_that_was_taken_for_dead_does_not_write_over_the_next_one() -> None:
    order = ordered()
    before = files()
    later = AT + DEAD_AFTER + timedelta(minutes=1)

    def carry_on() -> bool:
        PacketOrder.objects.filter(pk=order.pk).update(begun_at=later)
        return True

    make_order(order.pk, at=AT, carry_on=carry_on)
    assert (now(order).state, order.begun_at, files()) == (OrderState.MAKING, later, before)
