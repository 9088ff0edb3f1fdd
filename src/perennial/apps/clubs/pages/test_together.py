"""The page of a common appraisal: the host chooses, each begins alone, the room shows, the host keeps what the group answers."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from perennial.apps.accounts.builders import make_person
from perennial.apps.appraisals.builders import answer_all
from perennial.apps.appraisals.queries import Appraisal
from perennial.apps.clubs.builders import make_guest
from perennial.apps.clubs.models import Agreed
from perennial.apps.clubs.pages.test_club import soon

pytestmark = pytest.mark.django_db


def send(client: Client, name: str, pk: int, **given: Any) -> int:
    return client.post(reverse(f"clubs:{name}", args=[pk]), given).status_code


def test_from_the_form_to_what_the_group_answers(client: Client) -> None:
    meeting = soon()
    guest = make_guest(meeting)
    address = reverse("clubs:together", args=[meeting.pk])
    client.force_login(guest.person)
    assert "has not chosen a form" in client.get(address).content.decode()
    assert send(client, "together_form", meeting.pk, design="cohort") == 404
    client.force_login(meeting.host)
    assert "Which form fits" in client.get(address).content.decode()
    send(client, "together_form", meeting.pk, design="randomized_trial")
    for person in (meeting.host, guest.person):
        client.force_login(person)
        send(client, "bring", meeting.pk)
        own = Appraisal.objects.get(person=person)
        answer_all(own, but={"chance": "no"} if person == guest.person else None)
    text = client.get(address).content.decode()
    assert "Fleiss" in text
    assert "You differ" in text
    assert send(client, "agree", meeting.pk, item="chance", said="no", reason="Mine") == 404
    client.force_login(meeting.host)
    assert send(client, "agree", meeting.pk, item="chance", said="no", reason="<i>The appendix</i>") == 302
    assert "&lt;i&gt;The appendix" in client.get(address).content.decode()
    assert Agreed.objects.count() == 1


def test_a_stranger_and_who_only_looks_do_not_see_it(client: Client) -> None:
    meeting = soon(is_listed=True)
    client.force_login(make_person())
    assert client.get(reverse("clubs:together", args=[meeting.pk])).status_code == 404
    assert send(client, "bring", meeting.pk) == 404
