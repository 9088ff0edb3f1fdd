"""The page of the digest."""

import pytest
from django.test import Client
from django.utils import timezone

from perennial.apps.accounts.builders import make_person
from perennial.apps.accounts.queries import Person
from perennial.apps.evidence.builders import make_digest
from perennial.apps.evidence.queries import feed_token_of
from perennial.apps.practices.builders import make_practice
from perennial.apps.practices.services import follow
from perennial.apps.works.builders import make_notice, make_work
from perennial.apps.works.queries import Work
from perennial.apps.works.services import say_practices

pytestmark = pytest.mark.django_db
HERE = "/evidence/digest/"


@pytest.fixture
def person(client: Client) -> Person:
    made = make_person()
    client.force_login(made)
    return made


def test_before_the_first_the_strongest_stand_there_to_begin_with(client: Client, person: Person) -> None:
    assert "Nothing yet" in client.get(HERE).content.decode()
    practice, work = make_practice(), make_work(title="A strong work")
    say_practices(work=work, slugs=[practice.slug], how="person")
    follow(person=person, practice=practice, at=timezone.now())
    shown = client.get(HERE).content.decode()
    assert "To begin with" in shown
    assert "A strong work" in shown


def test_it_shows_each_work_with_its_lines_and_what_was_told_since(client: Client, person: Person) -> None:
    told = {"doi": "10.1000/x", "work": None, "nature": "retraction", "says": "“It” was retracted.", "courses": ["Nightmares"]}
    made = make_digest(person=person, told=[told])
    work = Work.objects.get(pk=made.works[0]["work"])
    Work.objects.filter(pk=work.pk).update(abstract="Conclusions: It helped.")
    make_notice(work=work)
    shown = client.get(HERE).content.decode()
    for words in (
        "Its authors conclude:",
        "It helped.",
        "You follow Exposure",
        "Retracted: a work cited",
        "“Nightmares”",
        "/works/10.1000/x/",
    ):
        assert words in shown
    assert "since this digest was made" in shown
    assert client.get(f"{HERE}{made.pk}/").status_code == 200
    assert client.get(f"{HERE}{make_digest().pk}/").status_code == 404


def test_mail_and_feed_are_chosen_there(client: Client, person: Person) -> None:
    assert "no longer comes by mail" in client.post(f"{HERE}mail/", {"mail": "off"}, follow=True).content.decode()
    assert "comes by mail." in client.post(f"{HERE}mail/", {"mail": "on"}, follow=True).content.decode()
    shown = client.post(f"{HERE}feed/", follow=True).content.decode()
    first = feed_token_of(person)
    assert first in shown
    client.post(f"{HERE}feed/")
    assert feed_token_of(person) not in ("", first)
    client.post(f"{HERE}feed/", {"do": "close"})
    assert feed_token_of(person) == ""


def test_a_stranger_is_asked_to_sign_in(client: Client) -> None:
    assert client.get(HERE).status_code == 302
