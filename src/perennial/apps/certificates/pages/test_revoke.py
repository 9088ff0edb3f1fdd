"""Correcting and revoking by the provider's administrators."""

import pytest
from django.test import Client

from perennial.apps.accounts.builders import make_person
from perennial.apps.certificates.builders import make_certificate
from perennial.apps.certificates.models import Certificate
from perennial.apps.certificates.pages.test_issued import works_at
from perennial.apps.providers.builders import make_provider
from perennial.apps.providers.queries import Membership

pytestmark = pytest.mark.django_db


@pytest.fixture
def made() -> Certificate:
    return make_certificate(provider=make_provider())


def address(made: Certificate) -> str:
    return f"/certificates/issued/{made.number}/"


def test_a_revocation_is_on_the_public_page_at_once_with_its_reason(client: Client, made: Certificate) -> None:
    assert made.provider is not None
    client.force_login(works_at(made.provider))
    assert client.post(address(made), {"reason": "Issued in error", "sure": "on"}).status_code == 302
    public = Client().get(f"/verify/{made.token}").content.decode()
    assert "this certificate is not valid" in public
    assert "Issued in error" in public
    assert 'name="reason"' not in client.get(address(made)).content.decode()


@pytest.mark.parametrize("sent", [{}, {"reason": "Issued in error"}, {"sure": "on"}, {"reason": "  ", "sure": "on"}])
def test_it_takes_a_reason_and_a_sign_that_it_is_meant(client: Client, made: Certificate, sent: dict[str, str]) -> None:
    client.force_login(make_person(is_staff=True))
    assert client.post(address(made), sent).status_code == 400
    made.refresh_from_db()
    assert made.revoked_at is None


def test_a_corrected_name_makes_a_new_certificate(client: Client, made: Certificate) -> None:
    client.force_login(make_person(is_staff=True))
    answer = client.post(f"{address(made)}correct/", {"holder_name": "Zofia O'Brien"})
    new = Certificate.objects.get(supersedes=made)
    assert answer.headers["Location"] == address(new)
    assert (new.facts["holder_name"], new.person, new.provider) == ("Zofia O'Brien", made.person, made.provider)
    assert f"Certificate {new.number} takes the place" in Client().get(f"/verify/{made.token}").content.decode()
    assert client.post(f"{address(new)}correct/", {"holder_name": "Zofia O'Brien"}).status_code == 400


def test_nobody_else_finds_it(client: Client, made: Certificate) -> None:
    assert made.provider is not None
    for person in (made.person, works_at(make_provider()), works_at(made.provider, Membership.Role.AUTHOR)):
        client.force_login(person)
        for place in (address(made), f"{address(made)}correct/"):
            sent = {"reason": "x", "sure": "on", "holder_name": "x"}
            assert {client.get(place).status_code, client.post(place, sent).status_code} <= {404, 405}
    made.refresh_from_db()
    assert made.revoked_at is None
