"""Tests of the private calendar address."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.cache import cache
from django.test import Client
from icalendar import Calendar
from pytest_django import DjangoAssertNumQueries

from perennial.apps.accounts.builders import make_person
from perennial.apps.accounts.queries import Person
from perennial.apps.licenses.builders import make_license
from perennial.apps.notices.services import open_feed, revoke_feed, save_choice
from perennial.apps.standing.due_calendar import due_calendar
from perennial.apps.standing.pages.calendar import MOST_A_MINUTE

pytestmark = pytest.mark.django_db
OWN: dict[str, Any] = {"profession": "other", "own_months": 24, "own_requirements": [{"name": "All", "hours": "10", "topic": ""}]}


def address(person: Person) -> str:
    return f"/standing/calendar/{open_feed(person=person)}.ics"


def read(text: bytes) -> Any:
    return Calendar.from_ical(text)


def test_each_license_is_a_day_with_what_is_missing_and_alarms_at_the_chosen_steps() -> None:
    person = make_person()
    license = make_license(person=person, expires_on=date(2028, 2, 29), **OWN)
    save_choice(person=person, steps=[90, 7], by_mail=False)
    answer = Client().get(address(person))
    assert (answer.status_code, answer["Content-Type"], answer["Cache-Control"]) == (
        200,
        "text/calendar; charset=utf-8",
        "private, no-cache",
    )
    assert "Set-Cookie" not in answer.headers
    (event,) = read(answer.content).walk("VEVENT")
    assert event["dtstart"].dt == date(2028, 2, 29)
    assert str(event["summary"]) == "California LCSW due: 10 CE hours missing"
    assert "Missing: 10 CE hours more in all." in str(event["description"])
    assert str(event["url"]).endswith(f"/dashboard/{license.pk}/")
    assert [alarm["trigger"].dt for alarm in event.walk("VALARM")] == [timedelta(days=-90), timedelta(days=-7)]


def test_the_same_license_keeps_its_identity_and_a_new_due_day_is_a_new_event() -> None:
    license = make_license(expires_on=date(2028, 2, 29), **OWN)

    def uid() -> str:
        (event,) = read(due_calendar(license.person, day=date(2026, 11, 25))).walk("VEVENT")
        return str(event["uid"])

    first = uid()
    assert uid() == first
    type(license).objects.update(expires_on=date(2030, 2, 28))
    assert uid() != first


def test_whoever_has_it_already_gets_304() -> None:
    person = make_license(**OWN).person
    where = address(person)
    tag = Client().get(where)["ETag"]
    again = Client().get(where, headers={"If-None-Match": tag})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", tag)
    make_license(person=person, number="2", **OWN)
    assert Client().get(where, headers={"If-None-Match": tag}).status_code == 200


def test_a_closed_a_made_up_and_another_address_open_nothing() -> None:
    person = make_license(**OWN).person
    where = address(person)
    other = Client().get(address(make_person()))
    assert not read(other.content).walk("VEVENT")
    revoke_feed(person=person)
    assert Client().get(where).status_code == 404
    assert Client().get("/standing/calendar/abc.ics").status_code == 404
    assert Client().post(where).status_code == 405


def test_asking_without_end_is_turned_away(settings: LazySettings) -> None:
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "calendar"}}
    cache.clear()
    person, other = make_person(), make_person()
    where = address(person)
    answers = [Client().get(where).status_code for _ in range(2 * MOST_A_MINUTE + 1)]
    assert answers[:MOST_A_MINUTE] == [200] * MOST_A_MINUTE
    assert 429 in answers
    assert Client().get(address(other)).status_code == 200


def test_many_licenses_cost_no_more_queries_than_one(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    person = make_license(**OWN).person
    where = address(person)
    Client().get(where)
    with django_assert_num_queries(5):
        Client().get(where)
    for number in range(8):
        make_license(person=person, number=f"n{number}", **OWN)
    with django_assert_num_queries(5):
        Client().get(where)
