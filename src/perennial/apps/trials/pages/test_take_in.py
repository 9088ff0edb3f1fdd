"""Bringing a trial database, and taking it out again."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from perennial.apps.accounts.builders import make_person
from perennial.apps.trials.builders import make_dataset
from perennial.apps.trials.models import Dataset
from perennial.core.synthesis.builders import csv_of, trials

pytestmark = pytest.mark.django_db
TOLD = {"title": "Sample trials", "credit": "Made up"}


def test_a_file_is_brought_and_explored(client: Client) -> None:
    client.force_login(make_person())
    file = SimpleUploadedFile("trials.csv", csv_of(trials()))
    answer = client.post(reverse("trials:take_in"), {**TOLD, "file": file, "for_all": "on"}, follow=True)
    assert "Over 14 studies" in answer.content.decode()
    assert Dataset.objects.get().owner_id is not None  # only who works for the site brings for everybody


def test_a_file_with_faults_is_refused_where_the_form_stands(client: Client) -> None:
    client.force_login(make_person())
    answer = client.post(reverse("trials:take_in"), {**TOLD, "file": SimpleUploadedFile("page.csv", b"<html>no</html>")})
    assert (answer.status_code, "Sample trials" in answer.content.decode()) == (400, True)


def test_ones_own_is_shared_by_link_and_deleted(client: Client) -> None:
    person = make_person()
    dataset = make_dataset(owner=person)
    client.force_login(person)
    place = reverse("trials:change", args=[dataset.slug])
    client.post(place, {"do": "open"})
    dataset.refresh_from_db()
    assert dataset.token
    client.post(place, {"do": "close"})
    dataset.refresh_from_db()
    assert not dataset.token
    client.force_login(make_person())
    assert client.post(place, {"do": "delete"}).status_code == 404
    client.force_login(person)
    client.post(place, {"do": "delete"})
    assert not Dataset.objects.exists()
