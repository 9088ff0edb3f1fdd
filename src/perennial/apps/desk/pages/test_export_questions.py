"""The bank of a draft goes out in the formats of others, with what each cannot hold."""

import pytest
from django.test import Client
from django.urls import reverse

from perennial.apps.accounts.builders import make_person
from perennial.apps.desk.builders import make_desk, make_draft, make_whole_draft
from perennial.core.questions import WRITTEN, read_questions

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("format", list(WRITTEN))
def test_a_file_holds_the_questions_of_the_draft(client: Client, format: str) -> None:
    person = make_person()
    draft = make_whole_draft(make_desk(person), person=person)
    client.force_login(person)
    names = [draft.provider.slug, draft.slug]
    page = client.get(reverse("desk:export_questions", args=names), {"format": format}).content.decode()
    assert "8 of 8 questions come back from such a file as they stand." in page
    file = client.get(reverse("desk:export_file", args=[*names, format]))
    assert file.headers["Content-Disposition"] == f'attachment; filename="{draft.slug}{WRITTEN[format].suffix}"'
    back = read_questions(file.content, f"q{WRITTEN[format].suffix}")
    assert [(item.id, item.objective) for item in back.items][:1] == [("i01", "o2")]
    assert len(back.items) == 8


def test_without_questions_there_is_nothing_to_hand_out(client: Client) -> None:
    person = make_person()
    draft = make_draft(make_desk(person), person=person)
    client.force_login(person)
    names = [draft.provider.slug, draft.slug]
    assert client.get(reverse("desk:export_questions", args=names)).status_code == 200
    assert client.get(reverse("desk:export_file", args=[*names, "gift"])).status_code == 404
    assert client.get(reverse("desk:export_file", args=[*names, "docx"])).status_code == 404
