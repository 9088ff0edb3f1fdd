"""After a meeting: what the time comes to."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from perennial.apps.clubs.builders import attended_and_closed, make_guest, make_meeting

pytestmark = pytest.mark.django_db


def page(client: Client, name: str, *args: Any) -> str:
    answer = client.get(reverse(f"clubs:{name}", args=args))
    assert answer.status_code == 200
    return answer.content.decode()


def test_what_time_comes_to_is_said_before_the_evaluation(client: Client) -> None:
    guest = attended_and_closed(make_guest(make_meeting()), minutes=50)
    client.force_login(guest.person)
    text = page(client, "after", guest.meeting.pk)
    assert "You were there for 50 minutes" in text
    assert "No provider held it" in text
