"""The private feed."""

from xml.etree import ElementTree as ET

import pytest
from django.conf import LazySettings
from django.core.cache import cache
from django.test import Client

from perennial.apps.evidence.builders import make_digest
from perennial.apps.evidence.pages.feed import MOST_A_MINUTE
from perennial.apps.evidence.services import close_digest_feed, open_digest_feed

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


def test_the_address_gives_the_digests_as_atom_until_it_is_closed(client: Client) -> None:
    told = {"doi": "10.1000/x", "work": None, "nature": "retraction", "says": "“It” was retracted.", "courses": ["Nightmares"]}
    made = make_digest(told=[told])
    address = f"/evidence/digest/feed/{open_digest_feed(person=made.person)}.xml"
    found = client.get(address)
    assert found.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert found.headers["Referrer-Policy"] == "no-referrer"
    titles = [entry.findtext(f"{ATOM}title") for entry in ET.fromstring(found.content).iter(f"{ATOM}entry")]
    assert titles == ["Retracted: a work cited in a course that you took", "Exposure for fear of dogs"]
    assert client.get(address, headers={"If-None-Match": found.headers["ETag"]}).status_code == 304
    close_digest_feed(person=made.person)
    assert client.get(address).status_code == 404


def test_other_addresses_open_nothing_and_one_is_not_asked_without_end(client: Client, settings: LazySettings) -> None:
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "feed"}}
    cache.clear()
    made = make_digest()
    token = open_digest_feed(person=made.person)
    assert client.get(f"/evidence/digest/feed/{'0' * 32}-{token[33:]}.xml").status_code == 404
    assert client.get("/evidence/digest/feed/x.xml").status_code == 404
    statuses = {client.get(f"/evidence/digest/feed/{token}.xml").status_code for _ in range(2 * MOST_A_MINUTE + 1)}
    assert 429 in statuses
