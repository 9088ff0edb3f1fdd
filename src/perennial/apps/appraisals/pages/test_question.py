"""One question of the gym."""

import pytest
from django.test import Client
from django.urls import reverse

from perennial.apps.accounts.builders import make_person
from perennial.apps.appraisals.models import GymTry

pytestmark = pytest.mark.django_db
ADDRESS = reverse("appraisals:question")


def test_the_answer_is_kept_and_the_key_told_with_its_reason(client: Client) -> None:
    person = make_person()
    client.force_login(person)
    text = client.get(ADDRESS, {"design": "single_case"}).content.decode()
    assert "This study does not exist" in text
    assert "The key says" not in text
    sent = {"example": "sc-one-change", "item": "repeats", "said": "yes"}
    text = client.post(f"{ADDRESS}?design=single_case", sent).content.decode()
    assert "The key says otherwise" in text
    assert "One change from before to after." in text
    assert [one.right for one in GymTry.objects.filter(person=person)] == [False]
    assert "otherwise last time" in client.get(ADDRESS, {"design": "single_case"}).content.decode()
    assert "As the key" in client.post(ADDRESS, {**sent, "said": "no"}).content.decode()


@pytest.mark.parametrize(
    ("sent", "status"),
    [({"example": "x", "item": "repeats", "said": "no"}, 404), ({"example": "sc-one-change", "item": "x", "said": "no"}, 404),
     ({"example": "sc-one-change", "item": "repeats", "said": "maybe"}, 409)],
)  # fmt: skip
def test_what_is_not_there_is_not_kept(client: Client, sent: dict[str, str], status: int) -> None:
    client.force_login(make_person())
    assert client.post(ADDRESS, sent).status_code == status
    assert not GymTry.objects.exists()


def test_a_design_without_examples_is_not_there(client: Client) -> None:
    client.force_login(make_person())
    assert client.get(ADDRESS, {"design": "tarot"}).status_code == 404
