"""What was saved of a part."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from perennial.apps.accounts.builders import make_person
from perennial.apps.desk.builders import make_draft, make_whole_draft
from perennial.apps.desk.drawing import lines_of
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


def test_what_differs_is_told_in_the_words_of_the_forms() -> None:
    credit = {"credit": {"hours": "1.0", "minutes_per_hour": 60, "method": "words_6000", "topics": {"ethics": "1"}}}
    about = {
        "level": "introductory",
        "free": True,
        "review": {"state": "not_yet_reviewed"},
        "authors": [{"name": "A"}],
        "practices": ["cbt"],
    }
    case = {"start": "door", "steps": [{"id": "door", "text": "A knock.", "choices": [{"goto": "in"}]}]}
    assert lines_of("credit", credit) == [
        "Hours claimed: 1.0",
        "Minutes in an hour: 60",
        "Method: Words: 6,000 an hour",
        "Topic Ethics: 1 hour",
    ]
    assert lines_of("about", about) == [
        "Level: Introductory",
        "Course and certificate are free: yes",
        "Review: Not yet reviewed",
        "Author 1, Name: A",
        "Practice 1: cbt",
    ]
    assert lines_of("case", case)[1:] == [
        "Step 1, Short name of the step: door",
        "Step 1, What happens: A knock.",
        "Step 1, Choice 1, Leads to step: in",
    ]


def test_no_part_of_a_whole_course_shows_a_name_of_a_file() -> None:
    """Every line begins with words: no underline, no small letter."""
    for part in parts_of(make_whole_draft()).all:
        for line in lines_of(part.kind, part.data):
            assert line[0].isupper(), line
            assert "_" not in line.split(":")[0], line
