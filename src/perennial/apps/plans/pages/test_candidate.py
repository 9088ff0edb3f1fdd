"""The page of a candidate."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from perennial.apps.licenses.builders import make_license
from perennial.apps.plans.builders import make_candidate, make_facts
from perennial.apps.plans.facts import ToldApproval
from perennial.apps.plans.pages.candidate import told_of

pytestmark = pytest.mark.django_db


def test_it_shows_what_was_entered_and_whether_it_counts(client: Client) -> None:
    course = make_candidate()
    make_license(person=course.owner)
    client.force_login(course.owner)
    text = client.get(reverse("plans:candidate", args=[course.pk])).content.decode()
    assert "California LCSW" in text
    assert "Sample Seminars" in text
    assert 'rel="noopener noreferrer"' in text


def test_hours_of_fifty_minutes_are_told_in_both_lengths() -> None:
    told = dict(told_of(make_facts(minutes=300, minutes_per_hour=50)))
    assert told["Worth"] == "5 CE hours (6 of 50 minutes)"


def test_the_dates_of_an_approval_are_told() -> None:
    told = dict(told_of(make_facts(approvals=(ToldApproval("APA", "12", None, date(2027, 3, 1)),))))
    assert told["Approved by"] == "American Psychological Association, number 12, until 1 March 2027"
