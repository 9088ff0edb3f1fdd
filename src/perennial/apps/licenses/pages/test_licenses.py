"""The list of licenses, removing with undo."""

import pytest
from django.test import Client
from django.urls import reverse

from perennial.apps.accounts.builders import make_person
from perennial.apps.licenses.builders import make_license
from perennial.apps.licenses.queries import licenses_of
from perennial.apps.licenses.services import answer_questions

pytestmark = pytest.mark.django_db


def test_removing_offers_to_undo_it(client: Client) -> None:
    license = make_license()
    client.force_login(license.person)
    answer = client.post(reverse("licenses:remove", args=[license.pk]), follow=True)
    assert "California LCSW is removed." in answer.content.decode()
    assert "Undo" in answer.content.decode()
    client.post(reverse("licenses:restore", args=[license.pk]))
    assert licenses_of(license.person).get() == license


def test_another_person_can_neither_remove_nor_bring_back(client: Client) -> None:
    license = make_license()
    client.force_login(make_person())
    assert client.post(reverse("licenses:remove", args=[license.pk])).status_code == 404
    assert client.post(reverse("licenses:restore", args=[license.pk])).status_code == 404
    assert client.get(reverse("licenses:list")).content.decode().count("California LCSW") == 0


def test_a_click_in_the_address_line_removes_nothing(client: Client) -> None:
    license = make_license()
    client.force_login(license.person)
    assert client.get(reverse("licenses:remove", args=[license.pk])).status_code == 405


def test_an_empty_list_offers_to_add_one(client: Client) -> None:
    client.force_login(make_person())
    assert "No license yet" in client.get(reverse("licenses:list")).content.decode()


def test_the_list_leads_to_the_questions_where_there_are_any(client: Client) -> None:
    license = make_license()
    answer_questions(person=license.person, answers={"supervisor": False})
    client.force_login(license.person)
    page = client.get(reverse("licenses:list")).content.decode()
    assert reverse("licenses:questions") in page
    assert "1 not answered yet" in page
    mine = make_license(profession="other", credential="LMSW")
    client.force_login(mine.person)
    assert reverse("licenses:questions") not in client.get(reverse("licenses:list")).content.decode()


def test_the_compact_of_a_profession_stands_beside_its_licenses(client: Client) -> None:
    license = make_license()
    client.force_login(license.person)
    page = client.get(reverse("licenses:list")).content.decode()
    assert "Social Work Licensure Compact" in page
    assert "Beside California LCSW" in page
    assert "not confirmed at its source" in page
