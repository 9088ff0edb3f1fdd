"""The page that lists exactly what will be entered, and enters that."""

import re

import pytest
from django.core.files.base import ContentFile
from django.test import Client

from perennial.apps.accounts.builders import make_person
from perennial.apps.accounts.queries import Person
from perennial.apps.credits.builders import AT
from perennial.apps.credits.models import Entry, Proposal
from perennial.apps.credits.shoebox import drop_file, read_waiting

pytestmark = pytest.mark.django_db
CSV = (
    "Course Title,Date Completed,Hours,Provider,Format\n"
    "Grief,2026-05-05,3,Acme Institute,Self-study\n"
    "Rites,2026-05-06,2,Acme Institute,Live webinar\n"
    "Bare,2026-05-07,2,,\n"
    "Rites,2026-05-06,2,Acme Institute,Live webinar\n"
)


@pytest.fixture
def person(client: Client) -> Person:
    someone = make_person()
    client.force_login(someone)
    drop_file(person=someone, upload=ContentFile(CSV.encode(), name="list.csv"), at=AT)
    read_waiting(person=someone, at=AT, seconds=60)
    return someone


def seals(page: str) -> list[str]:
    return re.findall(r'name="seal" value="([^"]+)"', page)


def test_all_that_is_complete_leaves_out_what_is_bare_or_double(client: Client, person: Person) -> None:
    page = client.get("/record/shoebox/confirm?which=complete").content.decode()
    assert len(seals(page)) == 2
    assert "2 credits, 5 h" in page
    assert not Entry.objects.exists()


def test_what_is_listed_is_what_is_entered_once(client: Client, person: Person) -> None:
    listed = seals(client.get("/record/shoebox/confirm?which=complete").content.decode())
    for _ in range(2):
        client.post("/record/shoebox/confirm", {"seal": listed})
    assert sorted(Entry.objects.values_list("title", "minutes", "format")) == [("Grief", 180, "self_study"), ("Rites", 120, "live_online")]


def test_what_was_chosen_and_cannot_be_entered_is_said(client: Client, person: Person) -> None:
    picks = "&".join(f"pick={pk}" for pk in Proposal.objects.values_list("pk", flat=True)[1:3])
    page = client.get(f"/record/shoebox/confirm?{picks}").content.decode()
    assert len(seals(page)) == 1
    assert "Cannot be entered yet" in page
    assert "provider, format missing" in page


def test_what_changed_after_it_was_shown_is_not_entered(client: Client, person: Person) -> None:
    listed = seals(client.get("/record/shoebox/confirm?which=complete").content.decode())
    first = Proposal.objects.first()
    assert first is not None
    changed = {"title": "Grief", "provider_name": "Acme", "completed_on": "2026-05-05", "hours": "30", "format": "self_study", "do": "keep"}
    client.post(f"/record/shoebox/{first.pk}", changed)
    page = client.post("/record/shoebox/confirm", {"seal": listed}, follow=True).content.decode()
    assert "was changed meanwhile and was not entered" in page
    assert list(Entry.objects.values_list("title", flat=True)) == ["Rites"]


def test_choosing_nothing_is_told(client: Client, person: Person) -> None:
    assert "Choose first" in client.get("/record/shoebox/confirm", follow=True).content.decode()


@pytest.mark.parametrize("seal", ["", "x", "1", "1:", "9" * 40 + ":a", "-1:a", "\0:a"])
def test_odd_seals_enter_nothing(client: Client, person: Person, seal: str) -> None:
    assert client.post("/record/shoebox/confirm", {"seal": [seal]}).status_code == 302
    assert not Entry.objects.exists()


def test_another_persons_proposals_are_not_entered(client: Client, person: Person) -> None:
    listed = seals(client.get("/record/shoebox/confirm?which=complete").content.decode())
    client.force_login(make_person())
    client.post("/record/shoebox/confirm", {"seal": listed})
    assert not Entry.objects.exists()
