"""The approvals' record at the desk."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from perennial.apps.accounts.builders import make_person
from perennial.apps.accounts.queries import Person
from perennial.apps.desk.builders import make_desk
from perennial.apps.providers.queries import Provider
from perennial.apps.providers.services import ApprovalFacts, add_member, enter_approval

pytestmark = pytest.mark.django_db
STATEMENT = "Harbor Institute is approved by the American Psychological Association for psychologists and is responsible for its programs."


@pytest.fixture
def desk(client: Client) -> tuple[Provider, Person]:
    """A desk and its administrator, signed in."""
    person = make_person()
    client.force_login(person)
    return make_desk(person), person


def enter(provider: Provider, person: Person, days: int, slug: str = "APA") -> None:
    """An approval whose last day lies this many days ahead."""
    today = timezone.localdate()
    facts = ApprovalFacts(slug, "77", STATEMENT, today - timedelta(days=900), today + timedelta(days=days + 1))
    enter_approval(provider=provider, facts=facts, person=person, at=timezone.now())


@pytest.mark.parametrize(("days", "says"), [(-1, "Ended: "), (0, "Ends soon: "), (400, "In force until ")])
def test_an_approval_shows_whether_it_holds_today(client: Client, desk: tuple[Provider, Person], days: int, says: str) -> None:
    enter(*desk, days)
    page = client.get(reverse("desk:approvals", args=[desk[0].slug])).content.decode()
    assert says in page
    assert f"by {desk[1]}" in page


def test_an_author_sees_the_record_and_enters_nothing(client: Client, desk: tuple[Provider, Person]) -> None:
    provider, author = desk[0], make_person()
    add_member(provider=provider, email=author.email, role="author", at=timezone.now())
    client.force_login(author)
    assert "Enter an approval" not in client.get(reverse("desk:approvals", args=[provider.slug])).content.decode()
    assert client.get(reverse("desk:approval", args=[provider.slug])).status_code == 404


def test_the_page_asks_as_often_for_many_entries_as_for_one(
    client: Client, desk: tuple[Provider, Person], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client.get(reverse("desk:approvals", args=[desk[0].slug]))
    for slug in ("APA", "NBCC_ACEP", "CAMFT"):
        enter(*desk, 400, slug)
    with django_assert_num_queries(4):
        client.get(reverse("desk:approvals", args=[desk[0].slug]))
