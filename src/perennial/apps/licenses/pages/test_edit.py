"""Changing a license."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from perennial.apps.accounts.builders import make_person
from perennial.apps.licenses.builders import make_license
from perennial.apps.licenses.queries import said_of
from perennial.apps.licenses.services import answer_questions

pytestmark = pytest.mark.django_db


def sent(**change: str) -> dict[str, str]:
    facts = {"state": "CA", "profession": "clinical_social_worker", "expires": "2029-06-30", "issued": "2018-10-31", "renewal": "5"}
    return {**facts, "number": "12345", **change}


def test_after_a_renewal_the_new_dates_are_kept(client: Client) -> None:
    license = make_license()
    client.force_login(license.person)
    assert client.post(reverse("licenses:edit", args=[license.pk]), sent()).status_code == 302
    license.refresh_from_db()
    assert (license.expires_on, license.renewal_number) == (date(2029, 6, 30), 5)


def test_state_and_profession_cannot_be_changed(client: Client) -> None:
    license = make_license()
    client.force_login(license.person)
    client.post(reverse("licenses:edit", args=[license.pk]), sent(state="TX"))
    license.refresh_from_db()
    assert license.jurisdiction == "CA"


def test_what_cannot_be_changes_nothing(client: Client) -> None:
    license = make_license()
    client.force_login(license.person)
    answer = client.post(reverse("licenses:edit", args=[license.pk]), sent(expires="2017-01-01"))
    assert answer.status_code == 422
    license.refresh_from_db()
    assert license.expires_on == date(2027, 6, 30)


def test_another_person_finds_nothing(client: Client) -> None:
    license = make_license()
    client.force_login(make_person())
    assert client.get(reverse("licenses:edit", args=[license.pk])).status_code == 404
    assert client.post(reverse("licenses:edit", args=[license.pk]), sent()).status_code == 404


def test_what_is_asked_about_the_person_is_answered_elsewhere_and_stays(client: Client) -> None:
    license = make_license()
    answer_questions(person=license.person, answers={"supervisor": True})
    client.force_login(license.person)
    page = client.get(reverse("licenses:edit", args=[license.pk])).content.decode()
    assert reverse("licenses:questions") in page
    assert "holds_supervisor" not in page
    assert "Social Work Licensure Compact" in page
    client.post(reverse("licenses:edit", args=[license.pk]), sent(holds_supervisor="no"))
    assert said_of(license.person).held == {"supervisor"}
