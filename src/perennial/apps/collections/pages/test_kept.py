"""A kept work, its note and its collections."""

import pytest
from django.test import Client
from django.urls import reverse

from perennial.apps.collections.builders import make_kept
from perennial.apps.collections.models import Collection

pytestmark = pytest.mark.django_db
LIBRARY = "collections:library"


def test_collections_are_made_renamed_filtered_and_deleted(client: Client) -> None:
    kept = make_kept()
    client.force_login(kept.person)
    client.post(reverse("collections:collect"), {"name": "Trauma"})
    made = Collection.objects.get()
    client.post(reverse("collections:change", args=[made.pk]), {"name": "Trauma work"})
    client.post(reverse("collections:kept", args=[kept.pk]), {"note": "Read again", "collection": [made.pk]})
    text = client.get(reverse(LIBRARY), {"collection": made.pk}).content.decode()
    assert "1 work in Trauma work" in text
    assert "Read again" in text
    client.post(reverse("collections:change", args=[made.pk]), {"do": "delete"})
    assert not Collection.objects.exists()
