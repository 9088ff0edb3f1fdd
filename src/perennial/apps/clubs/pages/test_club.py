"""The pages of a journal club: what a guest, a host and a stranger see and can do."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from perennial.apps.accounts.builders import make_person
from perennial.apps.clubs.builders import attended_and_closed, make_guest, make_meeting
from perennial.apps.clubs.models import Guest, Meeting, Said

pytestmark = pytest.mark.django_db


def page(client: Client, name: str, *args: Any) -> str:
    answer = client.get(reverse(f"clubs:{name}", args=args))
    assert answer.status_code == 200
    return answer.content.decode()


def soon(**changes: Any) -> Meeting:
    """A meeting that goes on now."""
    now = timezone.now()
    return make_meeting(at=now - timedelta(hours=1), starts_at=now - timedelta(minutes=30), ends_at=now + timedelta(minutes=30), **changes)


def test_a_link_shows_what_it_offers_and_a_button_joins(client: Client) -> None:
    meeting, person = soon(), make_person()
    client.force_login(person)
    assert client.get(reverse("clubs:club", args=[meeting.pk])).status_code == 404
    assert "Take part?" in page(client, "link", meeting.token)
    assert not Guest.objects.filter(person=person).exists()
    client.post(reverse("clubs:link", args=[meeting.token]))
    text = page(client, "club", meeting.pk)
    assert meeting.code not in text
    assert meeting.token not in text


def test_signing_in_by_code_and_the_discussion(client: Client) -> None:
    meeting = soon()
    guest = make_guest(meeting)
    client.force_login(guest.person)
    wrong = client.post(reverse("clubs:sign", args=[meeting.pk]), {"kind": "in", "code": "NONE"})
    assert wrong.status_code == 409
    assert 'value="NONE" aria-invalid="true" aria-describedby="code-error"' in wrong.content.decode(), "it is told where it can be mended"
    client.post(reverse("clubs:sign", args=[meeting.pk]), {"kind": "in", "code": meeting.code})
    assert "You are signed in" in page(client, "club", meeting.pk)
    client.post(reverse("clubs:say", args=[meeting.pk]), {"text": "<b>I doubt it</b>"})
    assert "&lt;b&gt;I doubt it" in page(client, "club", meeting.pk)
    said = Said.objects.get()
    client.force_login(meeting.host)
    assert client.post(reverse("clubs:take_back", args=[meeting.pk, said.pk])).status_code == 404


def test_after_closing_nobody_is_asked_how_it_was_who_has_no_time_there(client: Client) -> None:
    there, away = attended_and_closed(make_guest(make_meeting())), make_person()
    Guest.objects.create(meeting=there.meeting, person=away, joined_at=there.joined_at)
    for person, asked in ((there.person, True), (away, False)):
        client.force_login(person)
        assert ("Tell how it was" in page(client, "club", there.meeting.pk)) is asked


def test_what_one_may_do_changes_with_the_meeting(client: Client) -> None:
    meeting = make_meeting(
        is_listed=True, starts_at=timezone.now() + timedelta(days=2), ends_at=timezone.now() + timedelta(days=2, hours=1), at=timezone.now()
    )
    client.force_login(make_person())
    assert meeting.title in page(client, "clubs")
    client.post(reverse("clubs:join", args=[meeting.pk]))
    question = meeting.questions.first()
    assert question is not None
    client.post(reverse("clubs:answer", args=[meeting.pk, question.pk]), {"text": "A replication"})
    assert "Change it" in page(client, "club", meeting.pk)
    calendar = client.get(reverse("clubs:calendar", args=[meeting.pk]))
    assert b"BEGIN:VEVENT" in calendar.content
    client.post(reverse("clubs:leave", args=[meeting.pk]))
    assert "Take part?" in page(client, "club", meeting.pk)
    client.force_login(meeting.host)
    assert "Change the journal club" in page(client, "edit", meeting.pk)
    client.post(reverse("clubs:call_off", args=[meeting.pk]))
    assert "Called off" in page(client, "club", meeting.pk)
