"""A draft as a ZIP."""

from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse

from perennial.apps.accounts.builders import make_person
from perennial.apps.desk.archive import unpack
from perennial.apps.desk.builders import make_whole_draft, whole_folder

pytestmark = pytest.mark.django_db


def test_what_comes_out_is_the_folder_that_went_in(client: Client) -> None:
    person = make_person()
    draft = make_whole_draft(person=person)
    client.force_login(person)
    answer = client.get(reverse("desk:export", args=[draft.provider.slug, draft.slug]))
    assert answer.headers["Content-Disposition"] == 'attachment; filename="grief-in-practice.zip"'
    assert unpack(BytesIO(answer.content)).files == whole_folder()
