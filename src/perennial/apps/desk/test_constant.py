"""The desk's pages ask the database as often for many rows as for one."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import Settings

from perennial.apps.accounts.builders import make_person
from perennial.apps.accounts.queries import Person
from perennial.apps.courses.builders import completed
from perennial.apps.courses.queries import Course
from perennial.apps.desk.builders import make_desk, make_draft, make_whole_draft
from perennial.apps.desk.publishing import publish
from perennial.apps.desk.queries import Draft, parts_of
from perennial.apps.desk.services import save_part
from perennial.apps.intakes.builders import make_intake
from perennial.apps.providers.services import add_member, open_provider

pytestmark = pytest.mark.django_db
PAGES = (
    *("", "people/", "approvals/", "papers/", "report/", "courses/grief-in-practice/", "courses/grief-in-practice/check/"),
    *("courses/grief-in-practice/items/", "courses/grief-in-practice/evaluations/", "courses/grief-in-practice/learner/"),
    *("courses/grief-in-practice/application/", "courses/grief-in-practice/length/", "cartridge/"),
)


def grow(draft: Draft, person: Person) -> None:
    """One more of everything: a member, a draft, a desk, a file of questions, a learner, and a state of a part."""
    provider, now = draft.provider, timezone.now()
    add_member(provider=provider, email=make_person().email, role="author", at=now)
    make_draft(provider, person=person, title="Another")
    make_intake(provider, person=person)
    completed(course=Course.objects.get(slug=draft.slug, is_current=True))
    about = parts_of(draft).single["about"]
    save_part(part=about, data={**about.data, "care": f"Care {about.revision}."}, base=about.revision, person=person, at=now)
    open_provider(person=make_person(), name="Waits", address="", at=now)
    add_member(provider=make_desk(), email=person.email, role="author", at=now)


def counts(client: Client, base: str) -> dict[str, int]:
    """How often each page asks; asked twice, so that what is kept in memory is there."""
    found = {}
    for page in ("/desk/", "/desk/providers/", *(f"{base}{one}" for one in PAGES)):
        for _ in range(2):
            with CaptureQueriesContext(connection) as asked:
                reply = client.get(page)
        if reply.status_code != 404:
            found[page] = len(asked)
    return found


def test_they_ask_as_often_for_many_as_for_one(client: Client, settings: Settings) -> None:
    settings.OPEN_CATALOG = False
    person = make_person(is_staff=True)
    draft = make_whole_draft(person=person)
    publish(draft=draft, person=person, at=timezone.now())
    client.force_login(person)
    grow(draft, person)
    base = f"/desk/{draft.provider.slug}/"
    few = counts(client, base)
    for _ in range(2):
        grow(draft, person)
    many = counts(client, base)
    assert {page: (few[page], many[page]) for page in few if many[page] > few[page]} == {}
    assert len(few) > 8
