"""The list of what a provider issued."""

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from perennial.apps.accounts.builders import make_person
from perennial.apps.accounts.queries import Person
from perennial.apps.certificates.builders import make_certificate
from perennial.apps.providers.builders import make_provider
from perennial.apps.providers.queries import Membership, Provider
from perennial.apps.providers.services import add_member

pytestmark = pytest.mark.django_db


def works_at(provider: Provider, role: str = Membership.Role.ADMINISTRATOR) -> Person:
    person = make_person()
    add_member(provider=provider, email=person.email, role=role, at=timezone.now())
    return person


def test_an_administrator_sees_the_certificates_of_their_provider_alone(client: Client) -> None:
    ours, theirs = make_provider(), make_provider()
    one, other, old = make_certificate(provider=ours), make_certificate(provider=theirs), make_certificate()
    client.force_login(works_at(ours))
    page = client.get("/certificates/issued/").content.decode()
    assert one.number in page
    assert other.number not in page
    assert old.number not in page
    client.force_login(make_person(is_staff=True))
    page = client.get("/certificates/issued/").content.decode()
    assert all(made.number in page for made in (one, other, old))


def test_it_is_not_there_for_others(client: Client) -> None:
    provider = make_provider()
    make_certificate(provider=provider)
    for person in (make_person(), works_at(provider, Membership.Role.AUTHOR)):
        client.force_login(person)
        assert client.get("/certificates/issued/").status_code == 404


@pytest.mark.parametrize(("words", "found"), [("Brien", True), ("o'brien", True), ("000001", True), ("Nobody", False), ("\0%_", False)])
def test_words_of_name_or_number_find_it(client: Client, words: str, found: bool) -> None:
    provider = make_provider()
    made = make_certificate(provider=provider)
    client.force_login(works_at(provider))
    assert (f"/certificates/issued/{made.number}/" in client.get("/certificates/issued/", {"q": words}).content.decode()) is found


def test_queries_are_constant(client: Client, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    provider = make_provider()
    for _ in range(4):
        make_certificate(provider=provider)
    client.force_login(works_at(provider))
    client.get("/certificates/issued/")
    with django_assert_num_queries(5):  # session, person, places, count, certificates
        client.get("/certificates/issued/")
