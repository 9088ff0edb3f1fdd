"""Staff alone see who waits (how it works: test_check)."""

import pytest
from django.test import Client
from django.urls import reverse

from perennial.apps.accounts.builders import make_person

pytestmark = pytest.mark.django_db


def test_with_nobody_waiting_the_page_says_so(client: Client) -> None:
    client.force_login(make_person(is_staff=True))
    assert "Nobody waits" in client.get(reverse("desk:confirming")).content.decode()
    assert client.post(reverse("desk:confirming"), {"provider": "nobody"}).status_code == 404
