"""A kept plan."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from perennial.apps.accounts.builders import make_person
from perennial.apps.licenses.builders import make_license
from perennial.apps.plans.builders import make_candidate, make_kept_plan
from perennial.apps.plans.facts import ToldApproval
from perennial.apps.plans.queries import plans_kept

pytestmark = pytest.mark.django_db


def test_it_shows_its_courses_and_that_it_holds_or_not(client: Client) -> None:
    plan = make_kept_plan()
    client.force_login(plan.owner)
    text = client.get(reverse("plans:kept", args=[plan.pk])).content.decode()
    assert "Ethics across state lines" in text
    assert "0 of 1 done" in text


def test_a_new_license_is_said_with_the_way_to_plan_again(client: Client) -> None:
    plan = make_kept_plan()
    make_license(person=plan.owner, jurisdiction="TX", number="9")
    client.force_login(plan.owner)
    text = client.get(reverse("plans:kept", args=[plan.pk])).content.decode()
    assert "Texas LCSW is new among your licenses." in text
    assert "Plan again with the same wishes" in text


def test_its_calendar_holds_the_course_and_the_last_day(client: Client) -> None:
    plan = make_kept_plan()
    client.force_login(plan.owner)
    page = client.get(reverse("plans:kept_calendar", args=[plan.pk]))
    assert page.headers["Content-Type"].startswith("text/calendar")
    events = Calendar.from_ical(page.content).walk("VEVENT")
    assert [(str(event["summary"]), event.decoded("dtstart")) for event in events] == [
        ("Ethics across state lines", date(2027, 2, 20)),
        ("California LCSW: hours are due", date(2027, 6, 30)),
    ]


def test_a_plan_put_away_can_be_brought_back(client: Client) -> None:
    plan = make_kept_plan()
    client.force_login(plan.owner)
    page = client.post(reverse("plans:put_away", args=[plan.pk]), follow=True)
    assert "The plan is put away." in page.content.decode()
    assert not plans_kept(plan.owner)
    client.post(reverse("plans:bring_back", args=[plan.pk]))
    assert plans_kept(plan.owner) == [plan]


def test_it_is_not_there_for_somebody_else(client: Client) -> None:
    plan = make_kept_plan()
    client.force_login(make_person())
    for name in ("kept", "kept_calendar"):
        assert client.get(reverse(f"plans:{name}", args=[plan.pk])).status_code == 404


def test_a_plan_just_kept_holds_although_a_question_is_not_answered(client: Client) -> None:
    person = make_person()
    make_license(person=person, jurisdiction="TX", number="777", expires_on=timezone.localdate() + timedelta(days=300), renewal_number=3)
    for number in range(8):
        everything = {"ethics": 120, "cultural_competence": 120, "supervision": 120}
        make_candidate(person=person, title=f"Course {number}", topics=everything, approvals=(ToldApproval("ASWB_ACE"),), starts_on=None)
    client.force_login(person)
    text = client.post(reverse("plans:keep"), follow=True).content.decode()
    assert "Nothing that it stands on has changed." in text
    assert "Do you supervise" in client.get(reverse("plans:plan")).content.decode()
