"""A draft as a learner will read it."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from perennial.apps.accounts.builders import make_person
from perennial.apps.desk.builders import make_draft, make_whole_draft
from perennial.apps.desk.services import add_part

pytestmark = pytest.mark.django_db


def test_sections_and_questions_show(client: Client) -> None:
    person = make_person()
    draft = make_whole_draft(person=person)
    client.force_login(person)
    place = reverse("desk:learner", args=[draft.provider.slug, draft.slug])
    assert "<h1>Part 1</h1>" in client.get(place).content.decode()
    assert "<h1>Part 2</h1>" in client.get(place, {"part": "02-part"}).content.decode()
    assert "Is this question 8?" in client.get(place, {"part": "questions"}).content.decode()


def test_a_case_shows_with_its_steps_in_the_section_where_it_stands(client: Client) -> None:
    person = make_person()
    draft = make_whole_draft(person=person)
    steps = [
        {"id": "door", "text": "A knock.", "choices": [{"text": "Open", "goto": "in", "says": "Good."}]},
        {"id": "in", "text": "Inside."},
    ]
    data = {"title": "At the door", "section": "02-part.md", "objective": "o1", "start": "door", "steps": steps}
    add_part(draft=draft, kind="case", name="door", data=data, person=person, at=timezone.now())
    client.force_login(person)
    place = reverse("desk:learner", args=[draft.provider.slug, draft.slug])
    assert "At the door" not in client.get(place).content.decode()
    page = client.get(place, {"part": "02-part"}).content.decode()
    assert "At the door" in page
    assert "Good." in page


def test_what_cannot_be_read_yet_says_so(client: Client) -> None:
    person = make_person()
    draft = make_draft(person=person)
    client.force_login(person)
    assert "Not readable yet" in client.get(reverse("desk:learner", args=[draft.provider.slug, draft.slug])).content.decode()
