"""Holding a journal club: the paper, the form, its faults."""

from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from perennial.apps.accounts.builders import make_person
from perennial.apps.clubs.models import Meeting
from perennial.apps.providers.services import open_provider
from perennial.apps.works.builders import make_work

pytestmark = pytest.mark.django_db


def page(client: Client, name: str, *args: Any) -> str:
    answer = client.get(reverse(f"clubs:{name}", args=args))
    assert answer.status_code == 200
    return answer.content.decode()


def form(**changes: Any) -> dict[str, Any]:
    day = timezone.now() + timedelta(days=10)
    return {
        "title": "Does exposure need relaxation?",
        "on": day.date().isoformat(),
        "begins": "12:00",
        "minutes": "60",
        "zone": "America/Los_Angeles",
        "where": "live_online",
        "questions": "What would change your mind?\n\nWho was left out?",
        "objectives": "Judge a dismantling trial",
        **changes,
    }


def test_a_host_finds_a_paper_and_holds_a_meeting(client: Client) -> None:
    work, host = make_work(title="Relaxation and exposure"), make_person()
    client.force_login(host)
    assert "Which paper?" in page(client, "hold")
    found = client.get(reverse("clubs:hold"), {"paper": "relaxation exposure"}).content.decode()
    assert f"?work={work.pk}" in found
    answer = client.post(reverse("clubs:hold"), {**form(), "work": work.pk})
    meeting = Meeting.objects.get()
    assert answer["location"] == reverse("clubs:hosting", args=[meeting.pk])
    assert (meeting.starts_at.astimezone(ZoneInfo("America/Los_Angeles")).hour, meeting.questions.count()) == (12, 2)
    assert meeting.token in page(client, "hosting", meeting.pk)


def test_a_form_with_faults_keeps_what_was_typed(client: Client) -> None:
    work = make_work()
    client.force_login(make_person())
    answer = client.post(reverse("clubs:hold"), {**form(on="", minutes="9000"), "work": work.pk})
    assert answer.status_code == 400
    assert "Does exposure need relaxation?" in answer.content.decode()
    past = client.post(reverse("clubs:hold"), {**form(on="2020-01-01"), "work": work.pk})
    assert "begins in the past" in past.content.decode()


def test_a_provider_is_offered_to_its_members_alone(client: Client) -> None:
    host = make_person()
    now = timezone.now()
    provider = open_provider(person=host, name="Harbor Institute", address="", at=now)
    other = open_provider(person=make_person(), name="Hill School", address="", at=now)
    client.force_login(host)
    work = make_work()
    text = client.get(reverse("clubs:hold"), {"work": work.pk}).content.decode()
    assert (provider.name in text, other.name in text) == (True, False)
    assert client.post(reverse("clubs:hold"), {**form(provider=other.slug), "work": work.pk}).status_code == 400
