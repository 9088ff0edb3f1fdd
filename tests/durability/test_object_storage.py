"""Files in object storage: kept, handed out and taken away as from the folder, by a server that speaks S3."""

import io
import zipfile
from collections.abc import Iterator
from datetime import UTC, date, datetime

import boto3
import pypdf
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client
from moto.server import ThreadedMotoServer
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from perennial.apps.credits.builders import make_credit
from perennial.apps.credits.models import Proof
from perennial.apps.licenses.builders import make_license
from perennial.apps.standing.models import PacketOrder
from perennial.apps.standing.packet import builders, orders
from perennial.apps.standing.packet.test_facts import OWN
from perennial.config.object_storage import bucket, storage

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 25, 12, tzinfo=UTC)
KEY, SECRET = "key", "its/secret"


@pytest.fixture(scope="module")
def door() -> Iterator[int]:
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    _, port = server.get_host_and_port()
    boto3.client(
        "s3", endpoint_url=f"http://127.0.0.1:{port}", region_name="us-east-1", aws_access_key_id=KEY, aws_secret_access_key=SECRET
    ).create_bucket(Bucket="papers")
    yield port
    server.stop()


@pytest.fixture(autouse=True)
def _kept_there(door: int, settings: Settings) -> None:
    there = storage(bucket(f"s3+http://{KEY}:{SECRET.replace('/', '%2F')}@127.0.0.1:{door}/papers?region=us-east-1"))
    settings.STORAGES = {**settings.STORAGES, "default": there}


def test_a_proof_is_kept_there_and_handed_out_to_its_owner(client: Client) -> None:
    entry = make_credit(proof_file=ContentFile(builders.paper(), name="Zoë's.pdf"))
    proof = Proof.objects.get()
    with pytest.raises(NotImplementedError):
        default_storage.path(str(proof.file.name))
    client.force_login(entry.person)
    answer = client.get(f"/record/proofs/{proof.pk}")
    assert answer.getvalue() == builders.paper()
    assert "attachment" in answer.headers["Content-Disposition"]
    assert len(builders.paper()) == default_storage.size(str(proof.file.name)) == proof.size_bytes


def test_a_packet_is_made_from_there_kept_there_and_goes(
    client: Client, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    license = make_license(**OWN)
    make_credit(person=license.person, title="Kept far away", proof_file=ContentFile(builders.paper(), name="far.pdf"))
    orders.order_packet(license=license, day=date(2026, 11, 25), site="https://ce.example.org", proofs=1, at=AT)
    assert orders.make_waiting(at=AT) == 1
    order = PacketOrder.objects.get()
    name = str(order.file.name)
    file, size = orders.opened(order, "pdf")
    with file:
        pdf = file.read()
    assert len(pdf) == size
    assert "Certificate 1 of 1" in pypdf.PdfReader(io.BytesIO(pdf)).page_labels
    archive, _ = orders.opened(order, "zip")
    with archive:
        assert "packet.pdf" in zipfile.ZipFile(io.BytesIO(archive.read())).namelist()
    with django_capture_on_commit_callbacks(execute=True):
        orders.make_waiting(at=AT + orders.KEPT_FOR * 2)
    assert not default_storage.exists(name)
