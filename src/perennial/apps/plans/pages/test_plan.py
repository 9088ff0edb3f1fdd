"""The page of a plan."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from perennial.apps.accounts.builders import make_person
from perennial.apps.accounts.queries import Person
from perennial.apps.courses.builders import make_course
from perennial.apps.courses.queries import latest_enrolments
from perennial.apps.licenses.builders import make_license
from perennial.apps.plans.builders import make_candidate
from perennial.apps.plans.queries import courses_kept, plans_kept

pytestmark = pytest.mark.django_db
OWN: dict[str, Any] = {
    "jurisdiction": "NJ",
    "profession": "other",
    "credential": "associate",
    "own_months": 24,
    "own_requirements": [{"name": "Ethics", "hours": "5", "topic": "ethics"}],
}


def someone(client: Client) -> Person:
    """Somebody signed in who owes five hours of ethics in half a year and has two courses of six to choose from."""
    person = make_person()
    today = timezone.localdate()
    make_license(person=person, expires_on=today + timedelta(days=180), renewal_number=2, **OWN)
    for title, price in (("Dear ethics", 9900), ("Cheap ethics", 4500)):
        make_candidate(person=person, title=title, price_cents=price, topics={"ethics": 360}, starts_on=None)
    client.force_login(person)
    return person


def test_it_shows_the_cheapest_set_its_proof_and_the_license_after_it(client: Client) -> None:
    someone(client)
    text = client.get(reverse("plans:plan")).content.decode()
    assert "A plan for New Jersey associate" in text
    assert "Cheap ethics" in text
    assert "No cheaper set exists among the 2 courses compared (bound $45)." in text
    assert "Each license after this plan" in text


def test_dropping_a_course_shows_what_it_costs(client: Client) -> None:
    person = someone(client)
    cheap = next(c for c in courses_kept(person) if c.title == "Cheap ethics")
    text = client.get(reverse("plans:plan"), {"without": f"own:{cheap.pk}"}).content.decode()
    assert "Without “Cheap ethics” it is $54 more" in text
    assert "Dear ethics" in text
    assert "Allow it again" in text


def test_a_budget_too_small_is_said_with_what_would_mend_it(client: Client) -> None:
    someone(client)
    text = client.get(reverse("plans:plan"), {"budget": "10"}).content.decode()
    assert "No plan yet meets everything" in text
    assert "Add an outside course" in text


def test_wishes_that_cannot_be_are_said(client: Client) -> None:
    someone(client)
    page = client.get(reverse("plans:plan"), {"budget": "much"})
    text = page.content.decode()
    assert page.status_code == 400
    assert "Enter dollars" in text
    assert text.index("could not be read") < text.index('id="wishes"'), "it is said above the plan, with the way to the form"


def test_without_a_license_it_says_where_to_add_one(client: Client) -> None:
    client.force_login(make_person())
    assert "No license to plan for" in client.get(reverse("plans:plan")).content.decode()


def test_a_plan_is_kept_once_however_often_it_is_sent(client: Client) -> None:
    person = someone(client)
    for _ in range(2):
        page = client.post(reverse("plans:keep"))
    (kept,) = plans_kept(person)
    assert page.headers["Location"] == reverse("plans:kept", args=[kept.pk])


def test_where_nothing_is_chosen_there_is_nothing_to_keep(client: Client) -> None:
    client.force_login(make_person())
    assert client.post(reverse("plans:keep")).status_code == 409


def test_the_calendar_holds_the_days_of_the_plan(client: Client) -> None:
    someone(client)
    page = client.get(reverse("plans:calendar"))
    names = [str(event["summary"]) for event in Calendar.from_ical(page.content).walk("VEVENT")]
    assert names == ["Finish: Cheap ethics", "New Jersey associate: hours are due"]


def test_a_course_of_the_library_is_begun_from_the_plan(client: Client) -> None:
    person = someone(client)
    course = make_course()
    page = client.post(reverse("plans:enrol", args=[course.slug]))
    assert page.headers["Location"] == reverse("courses:course", args=[course.slug])
    assert course.slug in latest_enrolments(person)
    assert client.post(reverse("plans:enrol", args=["no-such-course"])).status_code == 404


def test_what_is_missing_stands_together_for_each_license(client: Client) -> None:
    person = make_person()
    due = timezone.localdate() + timedelta(days=180)
    make_license(person=person, expires_on=due, renewal_number=2)
    make_license(person=person, expires_on=due, renewal_number=2, number="2", **OWN)
    client.force_login(person)
    text = client.get(reverse("plans:plan")).content.decode()
    assert text.count('aria-label="Missing with everything on offer"') == 2
    assert "is not enough yet. Add some that you could take." in text
    assert "the others above among them." in text
