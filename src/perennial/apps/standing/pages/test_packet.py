"""The audit packet by one click: at once where it is small, behind a page that shows how far it is where it is not."""

import io
import json
import zipfile
from datetime import timedelta

import pypdf
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from perennial.apps.accounts.builders import make_person
from perennial.apps.licenses.builders import make_license
from perennial.apps.licenses.queries import License
from perennial.apps.licenses.services import remove_license
from perennial.apps.standing.models import OrderState, PacketOrder
from perennial.apps.standing.packet import builders
from perennial.apps.standing.packet.making import AT_ONCE_PROOFS
from perennial.apps.standing.packet.orders import NOBODY_CAME, make_waiting, order_packet
from perennial.apps.standing.packet.test_facts import OWN, shown

pytestmark = pytest.mark.django_db


def small(**fields: object) -> License:
    license = make_license(**{**OWN, **fields})
    shown(license.person, data=builders.paper(), completed_on=timezone.localdate() - timedelta(days=5))
    return license


def large() -> License:
    license = make_license(**OWN)
    for number in range(AT_ONCE_PROOFS + 1):
        shown(license.person, title=f"Course {number}", data=b"%%PDF-1.7 %d" % number)
    return license


def address(license: License) -> str:
    return reverse("standing:packet", args=[license.pk])


def signed_in(client: Client, license: License) -> Client:
    client.force_login(license.person)
    return client


def test_one_click_gives_the_pdf(client: Client) -> None:
    license = small()
    answer = signed_in(client, license).post(address(license))
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith('attachment; filename="audit-packet-california-')
    assert answer["Cache-Control"] == "private, no-store"
    assert int(answer["Content-Length"]) == len(answer.content)
    assert "Certificate 1 of 1" in pypdf.PdfReader(io.BytesIO(answer.content)).page_labels
    assert not PacketOrder.objects.exists()


def test_the_zip_is_one_click_too(client: Client) -> None:
    license = small()
    answer = signed_in(client, license).post(address(license), {"kind": "zip"})
    assert answer["Content-Type"] == "application/zip"
    assert "packet.json" in zipfile.ZipFile(io.BytesIO(answer.content)).namelist()


def test_the_data_in_it_is_what_the_api_says(client: Client) -> None:
    license = small()
    pdf = signed_in(client, license).post(address(license)).content
    told = client.get(f"/api/v1/standing/licenses/{license.pk}/packet").json()
    (attached,) = pypdf.PdfReader(io.BytesIO(pdf)).attachments["packet.json"]
    assert json.loads(attached) == told


def test_of_another_day_it_knows_only_what_was_there(client: Client) -> None:
    license = small()
    earlier = (timezone.localdate() - timedelta(days=9)).isoformat()
    pdf = signed_in(client, license).post(address(license), {"on": earlier}).content
    (attached,) = pypdf.PdfReader(io.BytesIO(pdf)).attachments["packet.json"]
    assert json.loads(attached)["credits"] == []
    assert json.loads(attached)["scenario"]["as_of"] == earlier


def test_both_pages_of_a_license_offer_it(client: Client) -> None:
    license = small()
    for way in ("standing:audit", "portal:requirement"):
        page = signed_in(client, license).get(reverse(way, args=[license.pk])).content.decode()
        assert f'action="{address(license)}"' in page
        assert 'name="on"' not in page.split(f'action="{address(license)}"')[1].split("</form>")[0]
        earlier = (timezone.localdate() - timedelta(days=9)).isoformat()
        page = client.get(reverse(way, args=[license.pk]), {"on": earlier}).content.decode()
        assert f'name="on" value="{earlier}"' in page.split(f'action="{address(license)}"')[1].split("</form>")[0]


def test_a_large_one_is_made_in_the_background_and_then_fetched(client: Client) -> None:
    license = large()
    away = signed_in(client, license).post(address(license))
    order = PacketOrder.objects.get()
    way = reverse("standing:packet_order", args=[order.pk])
    assert away["Location"] == way
    assert f"0 of {AT_ONCE_PROOFS + 1} certificates are laid out." in client.get(way).content.decode()
    assert client.get(reverse("standing:packet_pdf", args=[order.pk]))["Location"] == way
    make_waiting(at=timezone.now())
    page = client.get(way).content.decode()
    assert "It is ready" in page
    assert "It is damaged and cannot be opened." in page
    for name, kind in (("packet_pdf", "application/pdf"), ("packet_zip", "application/zip")):
        answer = client.get(reverse(f"standing:{name}", args=[order.pk]))
        assert answer["Content-Type"] == kind
        assert len(b"".join(answer.streaming_content)) == int(answer["Content-Length"])  # type: ignore[attr-defined]


def test_a_script_is_told_how_far_it_is_and_a_button_comes_back_to_the_page(client: Client) -> None:
    license = large()
    signed_in(client, license).post(address(license))
    order = PacketOrder.objects.get()
    way = reverse("standing:packet_order", args=[order.pk])
    told = client.post(way, headers={"Accept": "application/json"}).json()
    assert told == {"state": "waiting", "done": 0, "proofs": AT_ONCE_PROOFS + 1}
    PacketOrder.objects.update(asked_at=timezone.now() - NOBODY_CAME)
    assert client.post(way)["Location"] == way
    assert PacketOrder.objects.get().state == OrderState.READY


def test_one_that_could_not_be_made_says_what_to_do(client: Client) -> None:
    license = small()
    order = order_packet(license=license, day=timezone.localdate(), site="x", proofs=1, at=timezone.now())
    PacketOrder.objects.update(state=OrderState.FAILED, says="Try this instead.")
    page = signed_in(client, license).get(reverse("standing:packet_order", args=[order.pk])).content.decode()
    assert "It could not be made." in page
    assert "Try this instead." in page


def test_without_a_rule_it_says_what_to_tell(client: Client) -> None:
    license = make_license(profession="other")
    answer = signed_in(client, license).post(address(license))
    assert answer.status_code == 409
    assert "audit check" in answer.content.decode()
    assert "packet" not in client.get(reverse("standing:audit", args=[license.pk])).content.decode()


def test_nobody_else_makes_or_fetches_it(client: Client) -> None:
    license = small()
    order = order_packet(license=license, day=timezone.localdate(), site="x", proofs=1, at=timezone.now())
    make_waiting(at=timezone.now())
    client.force_login(make_person())
    assert client.post(address(license)).status_code == 404
    for name in ("packet_order", "packet_pdf", "packet_zip"):
        assert client.get(reverse(f"standing:{name}", args=[order.pk])).status_code == 404
    remove_license(license=license, at=license.added_at)
    client.force_login(license.person)
    assert client.get(reverse("standing:packet_pdf", args=[order.pk])).status_code == 404


@pytest.mark.parametrize("credits", [1, 8])
def test_the_number_of_queries_is_constant(client: Client, credits: int, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    license = make_license(**OWN)
    for number in range(credits):
        shown(license.person, title=f"Course {number}", data=b"%%PDF-1.7 %d" % number)
    client.force_login(license.person)
    with django_assert_num_queries(8):
        assert client.post(address(license)).status_code == 200
