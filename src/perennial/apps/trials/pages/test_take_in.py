"""Bringing a trial database, and taking it out again."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from perennial.apps.accounts.builders import make_person
from perennial.apps.trials.builders import make_dataset
from perennial.apps.trials.models import Dataset
from perennial.core.synthesis.builders import csv_of, trials
from perennial.core.synthesis.choosing import choose
from perennial.core.synthesis.metapsy import read_trials

pytestmark = pytest.mark.django_db
TOLD = {"title": "Sample trials", "credit": "Made up"}


def test_a_file_is_brought_and_explored(client: Client) -> None:
    client.force_login(make_person())
    file = SimpleUploadedFile("trials.csv", csv_of(trials()))
    answer = client.post(reverse("trials:take_in"), {**TOLD, "file": file, "for_all": "on"}, follow=True)
    text = answer.content.decode()
    for told in (
        f"{len(choose(read_trials(io.BytesIO(csv_of(trials())), 'x')).effects)} to pool",
        "A positive number favors therapy (arm 1)",
        "measured at follow-up",
        "columns are separated by semicolons",
        "Delete it",
    ):
        assert told.casefold() in text.casefold(), told
    assert Dataset.objects.get().owner_id is not None  # only who works for the site brings for everybody


def test_columns_of_other_names_are_told_and_a_line_that_tells_none_is_refused(client: Client) -> None:
    client.force_login(make_person())
    body = b"who,d,error\nA 2001,0.4,0.2\nB 2003,0.6,0.25\nC 2010,0.1,0.3\n"
    place = reverse("trials:take_in")

    def bring(columns: str) -> str:
        file = SimpleUploadedFile("trials.csv", body)
        return client.post(place, {**TOLD, "file": file, "columns": columns}, follow=True).content.decode()

    assert "has no column of studies" in bring("")
    assert "names no column" in bring("study")
    assert "no meaning of a column" in bring("studies = who")
    assert "3 to pool" in bring("study = who\ng = d\n\ng_se = error")
    dataset = Dataset.objects.get()
    assert dataset.columns == {"study": "who", "g": "d", "g_se": "error"}
    assert "Over 3 studies" in client.get(reverse("trials:dataset", args=[dataset.slug])).content.decode()


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


def test_a_dataset_of_the_sites_is_deleted_by_those_who_work_for_it_alone(client: Client) -> None:
    dataset = make_dataset()
    place, shown = reverse("trials:change", args=[dataset.slug]), reverse("trials:dataset", args=[dataset.slug])
    client.force_login(make_person())
    assert client.post(place, {"do": "delete"}).status_code == 404
    assert "This dataset is" not in client.get(shown).content.decode()
    person = make_person()
    person.is_staff = True
    person.save()
    client.force_login(person)
    assert "This dataset is the site's" in client.get(shown).content.decode()
    assert client.post(place, {"do": "open"}).status_code == 409
    client.post(place, {"do": "delete"})
    assert not Dataset.objects.exists()
