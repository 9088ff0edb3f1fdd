"""The shoebox's page: drop, read, list, empty."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from perennial.apps.accounts.builders import make_person
from perennial.apps.accounts.queries import Person
from perennial.apps.credits.models import Dropped, Proposal

pytestmark = pytest.mark.django_db
HEADS = "Course Title,Date Completed,Hours,Provider,Format\n"


def a_list(*titles: str, name: str = "list.csv") -> SimpleUploadedFile:
    rows = "".join(f"{title},2026-05-{day:02},3,Acme Institute,Self-study\n" for day, title in enumerate(titles, start=1))
    return SimpleUploadedFile(name, (HEADS + rows).encode(), content_type="text/csv")


@pytest.fixture
def person(client: Client) -> Person:
    someone = make_person()
    client.force_login(someone)
    return someone


def test_an_empty_shoebox_says_what_it_is_for(client: Client, person: Person) -> None:
    assert "The shoebox is empty" in client.get("/record/shoebox/").content.decode()


def test_many_files_in_one_form_are_taken_and_read(client: Client, person: Person) -> None:
    answer = client.post("/record/shoebox/", {"files": [a_list("Grief"), a_list("Rites", name="b.csv")]}, follow=True)
    page = answer.content.decode()
    assert "2 files taken in." in page
    assert "2 to look at" in page
    assert page.count('name="pick"') == 2


def test_a_form_without_files_is_told(client: Client, person: Person) -> None:
    assert "Choose the files first" in client.post("/record/shoebox/", follow=True).content.decode()


def test_a_script_sends_one_file_and_asks_until_all_are_read(client: Client, person: Person) -> None:
    said = json.loads(client.post("/record/shoebox/file", {"files": [a_list("Grief")]}).content)
    assert said == {"taken": 1, "says": []}
    again = json.loads(client.post("/record/shoebox/file", {"files": [a_list("Grief")]}).content)
    assert again["taken"] == 0
    assert "wait" in client.get("/record/shoebox/").content.decode()
    assert json.loads(client.post("/record/shoebox/read", headers={"Accept": "application/json"}).content) == {"left": 0}


def test_no_room_is_told_to_script_and_form_alike(client: Client, person: Person, settings: Settings) -> None:
    settings.PERSON_FILES_BYTES = 10
    answer = client.post("/record/shoebox/file", {"files": [a_list("Grief")]})
    assert answer.status_code == 409
    assert "each person may keep" in json.loads(answer.content)["says"][0]
    assert client.post("/record/shoebox/", {"files": [a_list("Grief")]}).status_code == 409


def test_emptying_asks_for_a_button_and_says_what_went(client: Client, person: Person) -> None:
    client.post("/record/shoebox/", {"files": [a_list("Grief")]})
    assert client.get("/record/shoebox/clear").status_code == 405
    assert "1 file deleted" in client.post("/record/shoebox/clear", follow=True).content.decode()
    assert not Dropped.objects.exists()


def test_the_number_of_queries_does_not_grow(client: Client, person: Person, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    client.post("/record/shoebox/", {"files": [a_list("Grief", "Rites", "Loss", "Hope", "Rest")]})
    client.get("/record/shoebox/")
    assert Proposal.objects.count() == 5
    with django_assert_num_queries(5):  # session, person, files, proposals, entries
        client.get("/record/shoebox/")


def test_no_one_sees_or_empties_the_shoebox_of_another(client: Client, person: Person) -> None:
    client.post("/record/shoebox/", {"files": [a_list("Private matter")]})
    client.force_login(make_person())
    assert "Private matter" not in client.get("/record/shoebox/").content.decode()
    client.post("/record/shoebox/clear")
    assert Proposal.objects.count() == 1


@pytest.mark.parametrize("path", ["", "file", "read", "clear", "confirm", "1", "1/file", "1/skip", "1/back"])
def test_strangers_are_sent_to_sign_in(client: Client, path: str) -> None:
    assert client.post(f"/record/shoebox/{path}").headers["Location"].startswith("/account/login/")


def test_hours_stand_in_the_number_that_they_have(client: Client, person: Person) -> None:
    rows = f"{HEADS}Grief,2026-05-01,1,Acme Institute,Self-study\nRites,2026-05-02,1.5,Acme Institute,Self-study\n"
    upload = SimpleUploadedFile("list.csv", rows.encode(), content_type="text/csv")
    page = client.post("/record/shoebox/", {"files": [upload]}, follow=True).content.decode()
    assert "<li>1 CE hour</li>" in page
    assert "<li>1.5 CE hours</li>" in page
