"""A draft as a learner will read it."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from perennial.apps.accounts.builders import make_person
from perennial.apps.desk.builders import make_draft, make_whole_draft
from perennial.apps.desk.queries import parts_of
from perennial.apps.desk.services import add_part, save_part

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


def test_a_finished_section_shows_while_the_rest_is_missing_and_what_is_missing_is_named(client: Client) -> None:
    person = make_person()
    draft = make_draft(person=person)
    client.force_login(person)
    place = reverse("desk:learner", args=[draft.provider.slug, draft.slug])
    assert "No section can be read yet" in client.get(place).content.decode()
    outline = parts_of(draft).single["outline"]
    objectives = [{"id": "o1", "text": "List tasks of grieving"}]
    save_part(part=outline, data={**outline.data, "objectives": objectives}, base=1, person=person, at=timezone.now())
    for name, text in (("01-loss", "What a **loss** does."), ("02-later", "Later.")):
        data = {"title": "" if name == "02-later" else "Loss", "objectives": ["o1"], "text": text}
        add_part(draft=draft, kind="section", name=name, data=data, person=person, at=timezone.now())
    page = client.get(place).content.decode()
    assert "<h1>Loss</h1>" in page
    assert "a <strong>loss</strong> does" in page
    assert "List tasks of grieving" in page
    for part in (["about"], ["section", "02-later"]):
        assert reverse("desk:part", args=[draft.provider.slug, draft.slug, *part]) in page, part


def test_questions_show_without_the_one_that_cannot_be_read(client: Client) -> None:
    person = make_person()
    draft = make_whole_draft(person=person)
    item = parts_of(draft).items[2]
    save_part(part=item, data={**item.data, "stem": ""}, base=1, person=person, at=timezone.now())
    client.force_login(person)
    page = client.get(reverse("desk:learner", args=[draft.provider.slug, draft.slug]), {"part": "questions"}).content.decode()
    assert "Is this question 8?" in page
    assert "i03: no question yet" in page
