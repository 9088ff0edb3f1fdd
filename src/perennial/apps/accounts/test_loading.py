"""Tests of the sample people."""

import pytest
from pytest_django import Settings

from perennial.apps.accounts import samples
from perennial.apps.accounts.loading import load
from perennial.apps.accounts.models import Person

pytestmark = pytest.mark.django_db


def test_loading_twice_makes_each_sample_person_once(settings: Settings) -> None:
    settings.SAMPLES = True
    told: list[str] = []
    load(told.append)
    load(told.append)
    assert set(Person.objects.values_list("email", flat=True)) == {email for email, _ in samples.PEOPLE}
    assert told == ["2 sample people"] * 2


def test_a_site_that_others_reach_has_no_sample_people(settings: Settings) -> None:
    settings.SAMPLES = False
    load(lambda line: None)
    assert not Person.objects.exists()


def test_the_samples_do_not_undo_a_changed_password(settings: Settings) -> None:
    settings.SAMPLES = True
    load(lambda line: None)
    dana = Person.objects.get(email=samples.PEOPLE[0][0])
    dana.set_password("another one")
    dana.save()
    load(lambda line: None)
    assert Person.objects.get(pk=dana.pk).check_password("another one")
