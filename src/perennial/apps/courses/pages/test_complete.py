"""The end of a course shows its certificate; the course can be taken again."""

import pytest
from django.test import Client

from perennial.apps.courses.builders import completed, make_content
from perennial.apps.courses.queries import enrolment_for
from perennial.apps.courses.services import publish_course
from perennial.apps.providers.builders import make_approval, make_provider

pytestmark = pytest.mark.django_db


def text_of(client: Client, address: str) -> str:
    reply = client.get(address)
    assert reply.status_code == 200, reply
    return reply.content.decode()


def test_a_completed_course_shows_its_certificate_and_can_be_taken_again(client: Client) -> None:
    enrolment = completed()
    client.force_login(enrolment.person)
    assert enrolment.certificate_number in text_of(client, f"/courses/{enrolment.slug}/complete/")
    assert "Take it again" in text_of(client, f"/courses/{enrolment.slug}/")
    assert "Your certificate" in text_of(client, f"/courses/{enrolment.slug}/test/")
    client.post(f"/courses/{enrolment.slug}/start/")
    again = enrolment_for(enrolment.person, enrolment.slug)
    assert again
    assert again.occurrence == 2


def test_a_completed_course_can_be_read_on_and_kept_offline(client: Client) -> None:
    enrolment = completed()
    client.force_login(enrolment.person)
    page = text_of(client, f"/courses/{enrolment.slug}/")
    assert "Read on" in page
    assert f'data-offline="/courses/{enrolment.slug}/offline.json"' in page
    assert "ui/offline-keep" in page
    kept = client.get(f"/courses/{enrolment.slug}/offline.json").json()["pages"]
    assert {client.get(address).status_code for address in kept} == {200}
    assert f"/courses/{enrolment.slug}/test/" not in kept


@pytest.mark.parametrize(("is_sample", "says"), [(True, "It names no approval"), (False, "It names the approval of Meadow Board.")])
def test_the_page_says_whether_the_certificate_names_an_approval(client: Client, *, is_sample: bool, says: str) -> None:
    provider = make_provider(is_sample=is_sample)
    make_approval(provider=provider, body="Meadow Board")
    enrolment = completed(course=publish_course(content=make_content(), provider=provider.slug, listed=True))
    client.force_login(enrolment.person)
    assert says in text_of(client, f"/courses/{enrolment.slug}/complete/")
