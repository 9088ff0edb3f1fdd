"""The provider's papers at the desk."""

import pytest
from django.test import Client
from django.urls import reverse

from perennial.apps.accounts.builders import make_person
from perennial.apps.desk.builders import make_desk
from perennial.apps.providers.queries import as_value, provider_by_slug

pytestmark = pytest.mark.django_db


def test_what_is_entered_is_what_checks_see(client: Client) -> None:
    person = make_person()
    provider = make_desk(person)
    client.force_login(person)
    address = reverse("desk:papers", args=[provider.slug])
    sent = {"name": "Harbor Institute", "accommodation": "Write to us.", "records": "Seven years", "administrator_2": "A. Sample"}
    client.post(address, {**sent, "qualifications_2": "LCSW, doctorate in social work"})
    found = provider_by_slug(provider.slug)
    assert found is not None
    value = as_value(found)
    assert (value.accommodation, value.grievance) == ("Write to us.", "")
    assert [(each.name, each.qualifications) for each in value.administrators] == [("A. Sample", "LCSW, doctorate in social work")]
    assert 'value="A. Sample"' in client.get(address).content.decode()


def test_qualifications_belong_to_a_name_and_a_provider_keeps_its_name(client: Client) -> None:
    person = make_person()
    client.force_login(person)
    reply = client.post(reverse("desk:papers", args=[make_desk(person).slug]), {"name": "", "qualifications_1": "LCSW"})
    assert reply.status_code == 400
    assert "Enter the name of whoever has these qualifications." in reply.content.decode()
