"""Commitments are written, answered in one press, skipped and stopped."""

from datetime import timedelta

import pytest
from django.test import Client

from perennial.apps.courses.builders import completed
from perennial.apps.courses.models import Commitment, CommitmentReport, Enrolment, FollowUp

pytestmark = pytest.mark.django_db


def grow_old(enrolment: Enrolment, days: int) -> None:
    """Let so many days pass."""
    for row in FollowUp.objects.filter(enrolment=enrolment):
        FollowUp.objects.filter(pk=row.pk).update(due_on=row.due_on - timedelta(days=days))


def test_they_are_written_answered_in_one_press_and_ended(client: Client) -> None:
    enrolment = completed()
    client.force_login(enrolment.person)
    address = f"/courses/{enrolment.slug}/1/commitments/"
    assert address in client.get(f"/courses/{enrolment.slug}/complete/").content.decode()
    client.post(address, {"text": ["Ask about sleep", "", ""]})
    page = client.get(address).content.decode()
    assert "Ask about sleep" in page
    assert "How did it go?" not in page
    assert client.post(f"{address}30/", {"number": "1", "outcome": "kept"}).status_code == 404
    grow_old(enrolment, 30)
    assert "How did it go?" in client.get(address).content.decode()
    assert client.post(f"{address}30/", {"number": "9" * 5000, "outcome": "kept"}).status_code == 404
    client.post(f"{address}30/", {"number": "1", "outcome": "kept"})
    assert CommitmentReport.objects.get().outcome == "kept"
    assert "Kept after 30 days" in client.get(address).content.decode()
    client.post(f"{address}asking/", {"stop": "yes"})
    assert not FollowUp.objects.filter(ended_at=None).exists()
    assert "Ask me at what is still to come" in client.get(address).content.decode()


def test_too_long_a_text_stays_in_the_form_and_a_time_can_be_skipped(client: Client) -> None:
    enrolment = completed()
    client.force_login(enrolment.person)
    address = f"/courses/{enrolment.slug}/1/commitments/"
    reply = client.post(address, {"text": ["long " * 80]})
    assert reply.status_code == 400
    assert "at most 300 characters" in reply.content.decode()
    assert reply.content.decode().count("long long") >= 1
    assert not Commitment.objects.exists()
    client.post(address, {"text": ["Something"]})
    grow_old(enrolment, 61)
    client.post(f"{address}60/", {"skip": "yes"})
    assert not FollowUp.objects.filter(ended_at=None).exists()
