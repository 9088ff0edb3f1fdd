"""Files of questions are chosen or pasted at the desk."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from perennial.apps.accounts.builders import make_person
from perennial.apps.desk.builders import make_desk, make_whole_draft
from perennial.apps.intakes.builders import GIFT
from perennial.apps.intakes.queries import Intake
from perennial.apps.jobs.queries import Job

pytestmark = pytest.mark.django_db


def test_a_file_is_read_at_once_and_a_large_one_by_the_worker(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    person = make_person()
    draft = make_whole_draft(make_desk(person), person=person)
    client.force_login(person)
    address = reverse("desk:import_questions", args=[draft.provider.slug, draft.slug])
    assert "None yet." in client.get(address).content.decode()
    sent = client.post(address, {"file": SimpleUploadedFile("bank.gift", GIFT)})
    intake = Intake.objects.get()
    assert sent.headers["Location"] == reverse("desk:intake", args=[draft.provider.slug, intake.pk])
    assert (intake.state, intake.format) == ("read", "gift")
    monkeypatch.setattr("perennial.apps.desk.pages.import_questions.AT_ONCE", 10)
    waiting = client.post(address, {"text": GIFT.decode()}, follow=True).content.decode()
    assert "0 questions read so far" in waiting
    assert Job.objects.count() == 1
    assert "Pasted text" in client.get(address).content.decode()


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({}, "Choose a file, or paste questions below."),
        ({"text": "a {T}", "file": SimpleUploadedFile("b.gift", GIFT)}, "not both"),
        ({"file": SimpleUploadedFile("b.gift", b"  \n ")}, "The file is empty"),
    ],
)
def test_what_cannot_be_read_is_said_at_the_form(client: Client, sent: dict[str, object], says: str) -> None:
    person = make_person()
    provider = make_desk(person)
    client.force_login(person)
    reply = client.post(reverse("desk:import_cartridge", args=[provider.slug]), sent)
    assert reply.status_code == 400
    assert says in reply.content.decode()
    assert not Intake.objects.exists()
