"""Entering an approval, correcting it, and saying that it was in error."""

import pytest
from django.test import Client
from django.urls import reverse

from perennial.apps.accounts.builders import make_person
from perennial.apps.desk.builders import make_desk
from perennial.apps.providers.queries import Provider, approvals_of

pytestmark = pytest.mark.django_db
SENT = {
    "body": "APA",
    "number": "",
    "statement": "Harbor Institute is approved by the American Psychological Association for psychologists and is responsible for it.",
    "starts_on": "2026-01-01",
    "last_day": "2028-12-31",
}


@pytest.fixture
def provider(client: Client) -> Provider:
    """A desk whose administrator is signed in."""
    person = make_person()
    client.force_login(person)
    return make_desk(person)


def test_an_approval_is_entered_with_its_last_day_and_corrected_by_a_new_entry(client: Client, provider: Provider) -> None:
    client.post(reverse("desk:approval", args=[provider.slug]), SENT)
    (entry,) = approvals_of(provider)
    assert str(entry.ends_on) == "2029-01-01"
    address = reverse("desk:correct_approval", args=[provider.slug, entry.pk])
    assert 'value="2028-12-31"' in client.get(address).content.decode()
    assert client.post(address, {**SENT, "last_day": "2031-12-31", "reason": ""}).status_code == 400
    client.post(address, {**SENT, "last_day": "2031-12-31", "reason": "Renewed"})
    assert [str(each.ends_on) for each in approvals_of(provider)] == ["2032-01-01"]
    assert "corrected meanwhile" in client.post(address, {**SENT, "reason": "Again"}).content.decode()


def test_an_entry_made_in_error_counts_no_more(client: Client, provider: Provider) -> None:
    client.post(reverse("desk:approval", args=[provider.slug]), SENT)
    address = reverse("desk:void_approval", args=[provider.slug, approvals_of(provider)[0].pk])
    assert client.post(address, {"reason": ""}).status_code == 400
    page = client.post(address, {"reason": "Another provider's letter"}, follow=True).content.decode()
    assert "there was no such approval" in page
    assert approvals_of(provider) == []


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"last_day": "2025-12-31"}, "The last day comes before the first."),
        ({"body": "NOBODY"}, "Choose the approval body from the list."),
        ({"statement": " "}, "Type the statement"),
        ({"starts_on": "yesterday"}, "Enter a day"),
    ],
)
def test_what_cannot_be_is_answered_with_how_to_mend_it(client: Client, provider: Provider, change: dict[str, str], says: str) -> None:
    reply = client.post(reverse("desk:approval", args=[provider.slug]), {**SENT, **change})
    assert reply.status_code == 400
    assert says in reply.content.decode()


def test_a_statement_is_looked_at_while_it_is_typed(client: Client, provider: Provider) -> None:
    address = reverse("desk:look_at_statement", args=[provider.slug])
    part = client.post(address, {**SENT, "statement": "Harbor Institute is approved."}, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert "The statement does not say for whom: psychologists" in part
    whole = client.post(address, SENT, headers={"HX-Request": "true"}).content.decode()
    assert 'data-state="missing"' not in whole
    assert not approvals_of(provider)
