"""A form to read beforehand."""

import pytest
from django.test import Client
from django.urls import reverse

from perennial.apps.appraisals.library import forms

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("design", sorted(forms()))
def test_every_form_can_be_read_without_an_account(client: Client, design: str) -> None:
    text = client.get(reverse("appraisals:form", args=[design])).content.decode()
    assert text.count("Why it matters") == len(forms()[design].items)


def test_no_other_form_is_there(client: Client) -> None:
    assert client.get(reverse("appraisals:form", args=["tarot"])).status_code == 404
