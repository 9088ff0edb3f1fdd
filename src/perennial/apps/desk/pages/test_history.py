"""What was saved of a part."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from perennial.apps.accounts.builders import make_person
from perennial.apps.desk.builders import make_draft
from perennial.apps.desk.queries import parts_of
from perennial.apps.desk.services import save_part

pytestmark = pytest.mark.django_db


def test_states_are_compared_word_by_word_and_brought_back(client: Client) -> None:
    person, now = make_person(), timezone.now()
    draft = make_draft(person=person)
    for base, means in enumerate(("what follows a loss", "what follows a great loss"), 1):
        part = parts_of(draft).single["glossary"]
        save_part(part=part, data={"glossary": [{"term": "Grief", "means": means}]}, base=base, person=person, at=now)
    client.force_login(person)
    names = [draft.provider.slug, draft.slug, "glossary"]
    page = client.get(reverse("desk:history", args=names), {"old": "2", "new": "3"}).content.decode()
    assert "<ins>great" in page
    client.post(reverse("desk:restore", args=names), {"number": "2"})
    part = parts_of(draft).single["glossary"]
    assert part.revision == 4
    assert part.data["glossary"][0]["means"] == "what follows a loss"


def test_each_save_within_minutes_can_be_shown_and_brought_back(client: Client) -> None:
    person, now = make_person(), timezone.now()
    draft = make_draft(person=person)
    for base, means in enumerate(("what follows a loss", "", "what stays"), 1):
        part = parts_of(draft).single["glossary"]
        save_part(part=part, data={"glossary": [{"term": "Grief", "means": means}]}, base=base, person=person, at=now)
    client.force_login(person)
    place = reverse("desk:history", args=[draft.provider.slug, draft.slug, "glossary"])
    few = client.get(place).content.decode()
    assert '<a href="?each=1">Show each save, 2 more</a>' in few
    assert '<option value="2">' not in few
    assert '<option value="2">' in client.get(place, {"each": "1"}).content.decode()
