"""Questions of a course come again for whoever asks for them, and are answered with reasons."""

from datetime import timedelta

import pytest
from django.test import Client

from perennial.apps.assessments.queries import RECALL, attempts_of
from perennial.apps.courses.builders import completed, right_answers
from perennial.apps.courses.models import FollowUp

pytestmark = pytest.mark.django_db


def test_a_round_is_asked_for_answered_and_explained(client: Client) -> None:
    enrolment = completed()
    client.force_login(enrolment.person)
    address = f"/courses/{enrolment.slug}/1/recall/"
    assert "Your rounds" not in client.get(address).content.decode()
    client.post(address, {"ask": "yes"})
    assert client.get(f"{address}3/").status_code == 404
    for row in FollowUp.objects.all():
        FollowUp.objects.filter(pk=row.pk).update(due_on=row.due_on - timedelta(days=3))
    assert "Questions are ready" in client.get(address).content.decode()
    page = client.get(f"{address}3/").content.decode()
    assert ": why." not in page
    (attempt,) = attempts_of(enrolment.person, f"{RECALL}{enrolment.pk}:3")
    _, *others = right_answers(attempt).items()
    client.post(f"{address}3/", {f"q-{name}": keys for name, keys in others} | {"hand_in": "1"})
    page = client.get(address).content.decode()
    assert "4 of 5 right" in page
    assert "why." in page
    assert page.index("Not answered") < page.index(">Right<")
    assert client.get(f"{address}3/").status_code == 302
    client.post(address, {"stop": "yes"})
    assert not FollowUp.objects.filter(ended_at=None).exists()


def test_a_round_can_be_skipped_and_the_next_still_comes(client: Client) -> None:
    enrolment = completed()
    client.force_login(enrolment.person)
    address = f"/courses/{enrolment.slug}/1/recall/"
    client.post(address, {"ask": "yes"})
    FollowUp.objects.filter(days=3).update(due_on="2020-01-01")
    client.post(f"{address}3/skip/")
    assert list(FollowUp.objects.filter(ended_at=None).values_list("days", flat=True)) == [14, 60]
    assert client.post(address, {"ask": "yes"}).status_code == 302
