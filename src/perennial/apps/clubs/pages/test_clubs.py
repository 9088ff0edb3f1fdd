"""Journal clubs: as many queries for many as for few."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from perennial.apps.accounts.builders import make_person
from perennial.apps.clubs.builders import make_meeting
from perennial.apps.clubs.models import Meeting
from perennial.apps.clubs.services import add_word, join, sign_by_code

pytestmark = pytest.mark.django_db


def soon(**changes: Any) -> Meeting:
    """A meeting that goes on now."""
    now = timezone.now()
    return make_meeting(at=now - timedelta(hours=1), starts_at=now - timedelta(minutes=30), ends_at=now + timedelta(minutes=30), **changes)


def test_queries_do_not_grow_with_guests_and_words(client: Client, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    meeting = soon()
    for number in range(6):
        guest = join(meeting=meeting, person=make_person(), at=timezone.now())
        add_word(guest=guest, text=f"Word {number}", at=timezone.now())
        sign_by_code(guest=guest, code=meeting.code, arrives=True, at=timezone.now())
    client.force_login(meeting.host)
    for name in ("club", "hosting", "clubs"):
        address = reverse(f"clubs:{name}", args=[meeting.pk] if name != "clubs" else [])
        client.get(address)
        with django_assert_max_num_queries(12):
            assert client.get(address).status_code == 200
