"""A draft that has the short name of a course of another provider has no hand in that course."""

import pytest
from django.test import Client

from perennial.apps.accounts.builders import make_person
from perennial.apps.assessments.queries import corrections_of
from perennial.apps.courses.builders import completed, make_content, make_course
from perennial.apps.courses.queries import Course, current_course
from perennial.apps.desk.builders import make_desk, make_draft
from perennial.apps.desk.queries import Draft

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(client: Client) -> Draft:
    """A draft at a desk whose author is signed in; the starter library came later with a course of the same short name, and was taken."""
    person = make_person()
    client.force_login(person)
    found = make_draft(make_desk(person), person=person, title="Grief in practice")
    completed(course=make_course(make_content(slug=found.slug, title="Of the library")))
    return found


def place(draft: Draft) -> str:
    """The address of the draft."""
    return f"/desk/{draft.provider.slug}/courses/{draft.slug}/"


def test_it_withdraws_and_offers_again_nothing(client: Client, draft: Draft) -> None:
    client.post(f"{place(draft)}withdraw/")
    assert current_course(draft.slug) is not None
    Course.objects.update(is_current=False)
    assert client.post(f"{place(draft)}offer/").status_code == 409
    assert current_course(draft.slug) is None


def test_it_corrects_no_key_and_sees_no_figures(client: Client, draft: Draft) -> None:
    bank = Course.objects.get(slug=draft.slug).bank
    sent = {"everyone": "1", "reason": "Mine.", "confirm": "1", "looked": '{"everyone": true}'}
    assert client.post(f"{place(draft)}items/i00/", sent).status_code == 404
    assert not corrections_of(bank, "i00")
    assert "Publish the course first." in client.get(f"{place(draft)}items/").content.decode()
    assert client.get(f"{place(draft)}evaluations/").context["page"].said.evaluations == 0
    assert b"Fine." not in client.get(f"{place(draft)}evaluations/comments.csv").content
    assert client.get(f"{place(draft)}check/").context["page"].published is None
    assert [line.course for line in client.get(f"/desk/{draft.provider.slug}/").context["page"].lines] == [None]
