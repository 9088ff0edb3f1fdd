"""Beginning an appraisal."""

import pytest
from django.test import Client
from django.urls import reverse

from perennial.apps.accounts.builders import make_person
from perennial.apps.appraisals.models import Appraisal
from perennial.apps.works.builders import make_notice, make_work

pytestmark = pytest.mark.django_db
ADDRESS = reverse("appraisals:new")


def test_a_work_is_found_and_the_form_suggested_with_its_reason(client: Client) -> None:
    person = make_person()
    client.force_login(person)
    work = make_work(title="Yoga for sleep: a randomized trial")
    assert f"?work={work.pk}" in client.get(ADDRESS, {"q": "yoga sleep"}).content.decode()
    text = client.get(ADDRESS, {"work": work.pk}).content.decode()
    assert 'value="randomized_trial" required checked' in text
    assert "Suggested" in text
    reply = client.post(ADDRESS, {"work": work.pk, "design": "randomized_trial"})
    made = Appraisal.objects.get(person=person)
    assert reply.headers["Location"] == reverse("appraisals:next", args=[made.pk])


def test_what_is_not_found_can_be_looked_up(client: Client) -> None:
    client.force_login(make_person())
    assert "Look it up" in client.get(ADDRESS, {"q": "10.1000/unknown"}).content.decode()
    assert "Nothing found" in client.get(ADDRESS, {"q": "unheard of"}).content.decode()


def test_a_retracted_work_is_marked_before_one_begins(client: Client) -> None:
    client.force_login(make_person())
    work = make_work()
    make_notice(work=work)
    assert "This work was retracted" in client.get(ADDRESS, {"work": work.pk}).content.decode()


@pytest.mark.parametrize("key", ["999999", "x", "9" * 40])
def test_no_such_work_is_not_there(client: Client, key: str) -> None:
    client.force_login(make_person())
    assert client.get(ADDRESS, {"work": key}).status_code == 404


def test_without_a_form_it_says_what_to_do(client: Client) -> None:
    client.force_login(make_person())
    assert client.post(ADDRESS, {"work": make_work().pk}).status_code == 409
