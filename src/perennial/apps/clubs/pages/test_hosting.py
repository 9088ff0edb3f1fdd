"""The host's page: marks, closing, and who is no host."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from perennial.apps.clubs.builders import make_guest, make_meeting
from perennial.apps.clubs.models import Meeting

pytestmark = pytest.mark.django_db


def page(client: Client, name: str, *args: Any) -> str:
    answer = client.get(reverse(f"clubs:{name}", args=args))
    assert answer.status_code == 200
    return answer.content.decode()


def soon(**changes: Any) -> Meeting:
    """A meeting that goes on now."""
    now = timezone.now()
    return make_meeting(at=now - timedelta(hours=1), starts_at=now - timedelta(minutes=30), ends_at=now + timedelta(minutes=30), **changes)


def test_a_host_enters_and_strikes_marks_and_closes(client: Client) -> None:
    meeting = make_meeting(
        at=datetime(2026, 1, 1, tzinfo=ZoneInfo("UTC")),
        starts_at=datetime(2026, 3, 5, 20, tzinfo=ZoneInfo("UTC")),
        ends_at=datetime(2026, 3, 5, 21, tzinfo=ZoneInfo("UTC")),
    )
    guest = make_guest(meeting)
    client.force_login(meeting.host)
    place = reverse("clubs:mark", args=[meeting.pk, guest.person_id])
    client.post(place, {"kind": "in", "at": "12:00"})
    client.post(place, {"kind": "out", "at": "12:50"})
    assert client.post(place, {"kind": "out", "at": "late"}).status_code == 409
    text = page(client, "hosting", meeting.pk)
    assert "<b>50</b> of 60 minutes" in text
    client.post(reverse("clubs:hosting", args=[meeting.pk]), {"minutes": "We met."})
    client.force_login(guest.person)
    assert "We met." in page(client, "club", meeting.pk)
    told = client.post(reverse("clubs:after", args=[meeting.pk]), {"useful": "4"})
    assert told.status_code == 400
    answers = {"objective-1": "5", "useful": "4", "prepared": "4", "unbiased": "4", "accessible": "4"}
    assert client.post(reverse("clubs:after", args=[meeting.pk]), answers).status_code == 302
    assert "You told how it was" in page(client, "club", meeting.pk)
    assert client.get(reverse("clubs:after", args=[meeting.pk])).status_code == 302


def test_before_closing_the_host_is_told_who_has_not_signed_out(client: Client) -> None:
    now = timezone.now()
    meeting = make_meeting(at=now - timedelta(hours=3), starts_at=now - timedelta(hours=2), ends_at=now - timedelta(hours=1))
    guest = make_guest(meeting)
    client.force_login(meeting.host)
    zone = ZoneInfo(meeting.zone)
    place = reverse("clubs:mark", args=[meeting.pk, guest.person_id])
    client.post(place, {"kind": "in", "at": f"{meeting.starts_at.astimezone(zone):%H:%M}"})
    assert f"Not signed out: {guest.person.name}." in page(client, "hosting", meeting.pk)
    client.post(place, {"kind": "out", "at": f"{meeting.ends_at.astimezone(zone):%H:%M}"})
    assert "Not signed out" not in page(client, "hosting", meeting.pk)


def test_the_code_and_the_link_go_once_the_meeting_is_closed(client: Client) -> None:
    now = timezone.now()
    meeting = make_meeting(at=now - timedelta(hours=3), starts_at=now - timedelta(hours=2), ends_at=now - timedelta(hours=1))
    client.force_login(meeting.host)
    assert meeting.code in page(client, "hosting", meeting.pk)
    client.post(reverse("clubs:hosting", args=[meeting.pk]), {"minutes": ""})
    text = page(client, "hosting", meeting.pk)
    assert meeting.code not in text
    assert meeting.token not in text


def test_a_guest_is_no_host(client: Client) -> None:
    meeting = soon()
    client.force_login(make_guest(meeting).person)
    for name in ("hosting", "edit"):
        assert client.get(reverse(f"clubs:{name}", args=[meeting.pk])).status_code == 404
    assert client.post(reverse("clubs:call_off", args=[meeting.pk])).status_code == 404
