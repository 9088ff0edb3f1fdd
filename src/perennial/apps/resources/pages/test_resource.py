"""One outside resource."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from perennial.apps.accounts.builders import make_person
from perennial.apps.resources.loading import load
from perennial.apps.resources.looking import Seen
from perennial.apps.resources.models import DeadReport, Resource
from perennial.apps.resources.services import keep_look

pytestmark = pytest.mark.django_db


def test_it_says_what_was_read_when_and_never_claims_a_look_that_was_not(client: Client) -> None:
    load(lambda line: None)
    one = Resource.objects.get(slug="johns-hopkins-psychological-first-aid")
    address = reverse("resources:resource", args=[one.slug])
    text = client.get(address).content.decode()
    for told in ("Read on 26 November 2026", "not opened", "has not asked it yet", "At a price"):
        assert told in text
    keep_look(resource=one, seen=Seen("gone", 404), at=timezone.now())
    assert "It is gone (404)" in client.get(address).content.decode()


def test_a_dead_link_is_reported_once_by_who_is_signed_in(client: Client) -> None:
    load(lambda line: None)
    one = Resource.objects.first()
    assert one is not None
    place = reverse("resources:dead", args=[one.slug])
    assert client.post(place).status_code == 302
    assert not DeadReport.objects.exists()
    client.force_login(make_person())
    for _ in range(2):
        client.post(place)
    assert DeadReport.objects.count() == 1
    assert "1 person reported it" in client.get(reverse("resources:resource", args=[one.slug])).content.decode()
    Resource.objects.update(is_listed=False)
    assert client.post(place).status_code == 404
