"""Saved searches."""

import pytest
from django.test import Client
from django.utils import timezone

from perennial.apps.accounts.builders import make_person
from perennial.apps.accounts.queries import Person
from perennial.apps.evidence.builders import make_saved
from perennial.apps.evidence.indexing import follow
from perennial.apps.evidence.models import Saved
from perennial.apps.works.builders import make_work

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(client: Client) -> Person:
    made = make_person()
    client.force_login(made)
    return made


def test_what_is_new_since_the_last_look_is_counted_and_marked(client: Client, person: Person) -> None:
    make_work(title="Exposure, the first")
    client.post("/evidence/saved/keep/", {"query": "q=exposure"})
    (saved,) = Saved.objects.filter(person=person)
    new = make_work(title="Exposure, the second")
    make_work(title="Something else")
    follow(at=timezone.now())
    assert [line.new for line in client.get("/evidence/saved/").context["page"].lines] == [1]
    page = client.post(f"/evidence/saved/{saved.pk}/open/", follow=True).context["page"]
    assert {row.work.pk: row.new for row in page.found.rows}[new.pk] is True
    assert sum(row.new for row in page.found.rows) == 1
    assert [line.new for line in client.get("/evidence/saved/").context["page"].lines] == [0]


def test_it_is_kept_once_renamed_taken_out_and_put_back(client: Client, person: Person) -> None:
    for _ in range(2):
        client.post("/evidence/saved/keep/", {"query": "free=1&q=exposure"})
    (saved,) = Saved.objects.filter(person=person)
    assert (saved.query, saved.name) == ("q=exposure&free=1", "“exposure”; free to read")
    client.post(f"/evidence/saved/{saved.pk}/rename/", {"name": " My  own "})
    shown = client.post(f"/evidence/saved/{saved.pk}/remove/", follow=True).content.decode()
    assert "Taken out: My own" in shown
    assert "No searches kept" in shown
    client.post(f"/evidence/saved/{saved.pk}/restore/")
    assert "My own" in client.get("/evidence/saved/").content.decode()


def test_nothing_asked_is_not_kept(client: Client, person: Person) -> None:
    shown = client.post("/evidence/saved/keep/", {"query": "order=newest"}, follow=True).content.decode()
    assert "Ask for something first" in shown
    assert not Saved.objects.filter(person=person).exists()


def test_fifty_are_enough(client: Client, person: Person) -> None:
    for number in range(50):
        make_saved(person=person, query=f"q=word{number}")
    assert "50 searches already" in client.post("/evidence/saved/keep/", {"query": "q=more"}, follow=True).content.decode()
