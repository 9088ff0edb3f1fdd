"""Comparing a study's people with one's clients."""

import pytest
from django.test import Client
from django.urls import reverse

from perennial.apps.appraisals.builders import make_appraisal
from perennial.apps.appraisals.models import Applicability
from perennial.apps.works.builders import make_notice

pytestmark = pytest.mark.django_db


def test_clients_described_once_stand_in_the_form_of_the_next_work_for_oneself_alone(client: Client) -> None:
    first = make_appraisal()
    next_one, of_another = make_appraisal(person=first.person), make_appraisal()
    client.force_login(first.person)
    client.post(
        reverse("appraisals:clients", args=[first.pk]),
        {"age-study": "18 to 65", "age-mine": "60 to 90", "age-found": "differs"},
        follow=True,
    )
    text = client.get(reverse("appraisals:clients", args=[next_one.pk])).content.decode()
    assert 'name="age-mine" maxlength="200" value="60 to 90"' in text
    assert "as you described them last" in text
    assert '18 to 65"' not in text, "what was said of the other study is not taken over"
    assert "What comes of it" not in text
    assert not Applicability.objects.filter(appraisal=next_one).exists(), "nothing is kept unasked"
    client.force_login(of_another.person)
    assert "60 to 90" not in client.get(reverse("appraisals:clients", args=[of_another.pk])).content.decode()


def test_each_aspect_comes_to_same_differs_or_not_told(client: Client) -> None:
    one = make_appraisal()
    make_notice(work=one.work)
    client.force_login(one.person)
    address = reverse("appraisals:clients", args=[one.pk])
    empty = client.get(address).content.decode()
    assert "What comes of it" not in empty
    assert "This work was retracted" in empty
    told = {"age-study": "18 to 65", "age-mine": "60 to 90", "sex-study": "half", "sex-mine": "half", "sex-found": "same"}
    text = client.post(address, told, follow=True).content.decode()
    assert "As in the study: sex and gender." in text
    assert "Other than in the study: age." in text
    assert "Not told: setting" in text
    assert "66 to 90 were not studied" in text
    assert "Other than in the study: age." in client.get(reverse("appraisals:appraisal", args=[one.pk])).content.decode()
