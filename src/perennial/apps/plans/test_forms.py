"""What is entered about an outside course, and what a form makes of it."""

from datetime import date
from typing import Any

import pytest
from django.http import QueryDict

from perennial.apps.plans.builders import make_facts
from perennial.apps.plans.facts import ToldApproval
from perennial.apps.plans.forms import OutsideForm, initial_of, initial_of_pasted
from perennial.apps.plans.pasting import read_pasted
from perennial.apps.plans.wishes import Wishes, WishesForm, wishes_of
from perennial.apps.plans.words import vocabulary

SENT: dict[str, Any] = {"title": "Ethics", "hours": "6", "minutes_per_hour": "60", "format": "live_online"}


def sent(facts: dict[str, Any]) -> dict[str, Any]:
    """What a browser sends of a form that shows these values."""
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in facts.items() if value not in (None, "")}


def test_a_course_comes_through_the_form_unchanged() -> None:
    facts = make_facts(
        minutes=300, minutes_per_hour=50, topics={"ethics": 100}, ends_on=date(2027, 2, 21), takes_minutes=400, course_key="E-1",
        approvals=(ToldApproval("APA", "12", date(2026, 1, 1), date(2027, 12, 31)), ToldApproval("NBCC_ACEP")),
    )  # fmt: skip
    form = OutsideForm(sent(initial_of(facts)))
    assert form.is_valid(), form.errors
    assert form.facts() == facts


def test_more_topics_and_approvals_than_usual_come_through() -> None:
    topics = dict.fromkeys(("ethics", "law", "telehealth", "suicide_prevention", "supervision"), 60)
    facts = make_facts(
        topics=topics, ends_on=date(2027, 2, 20), takes_minutes=None, approvals=tuple(map(ToldApproval, ("APA", "ACA", "NASW", "ANCC")))
    )
    form = OutsideForm(sent(initial_of(facts)))
    assert form.is_valid(), form.errors
    assert (form.facts().topics, form.facts().approvals) == (facts.topics, facts.approvals)


def test_a_topic_without_hours_is_the_whole_course() -> None:
    form = OutsideForm({**SENT, "topic_1": "ethics"})
    assert form.is_valid()
    assert form.facts().topics == {"ethics": 360}


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"hours": "six"}, "hours"),
        ({"hours": "0"}, "hours"),
        ({"price": "-5"}, "price"),
        ({"price": "1.234"}, "price"),
        ({"ends_on": "2027-01-01"}, "starts_on"),
        ({"starts_on": "2027-01-02", "ends_on": "2027-01-01"}, "ends_on"),
        ({"starts_on": "0027-01-02"}, "starts_on"),
        ({"topic_hours_1": "2"}, "topic_1"),
        ({"topic_1": "ethics", "topic_hours_1": "7"}, "topic_hours_1"),
        ({"topic_1": "ethics", "topic_2": "ethics"}, "topic_2"),
        ({"number_1": "12"}, "body_1"),
        ({"body_1": "APA", "from_1": "2027-02-01", "until_1": "2027-01-01"}, "until_1"),
        ({"url": "javascript:alert(1)"}, "url"),
        ({"format": "telepathy"}, "format"),
    ],
)
def test_what_cannot_be_is_said_at_its_field(change: dict[str, Any], field: str) -> None:
    form = OutsideForm({**SENT, **change})
    assert not form.is_valid()
    assert list(form.errors) == [field]


def test_a_pasted_text_fills_the_form() -> None:
    read = read_pasted("Ethics at the border\n6 CE, $99, live webinar 20 February 2027, APA\nhttps://example.org/e", vocabulary())
    form = OutsideForm(sent(initial_of_pasted(read)))
    assert form.is_valid(), form.errors
    assert form.facts() == make_facts(
        title="Ethics at the border", provider_name="", topics={"ethics": 360}, ends_on=date(2027, 2, 20), url="https://example.org/e"
    )


def test_wishes_come_through_an_address_and_a_row() -> None:
    wishes = Wishes("hours", 12050, 600, 90, date(2027, 3, 1), ("ethics",), ("live_online",), ("own:1", "own:2"))
    assert wishes_of(wishes.as_row()) == wishes
    form = WishesForm(querydict(wishes.query), day=date(2026, 11, 25))
    assert form.is_valid(), form.errors
    assert form.wishes() == wishes


def test_a_day_that_is_past_is_no_wish() -> None:
    form = WishesForm(querydict("?by=2026-11-24"), day=date(2026, 11, 25))
    assert not form.is_valid()
    assert form.wishes() == Wishes()


def test_a_course_dropped_and_allowed_again_leaves_the_wishes_as_they_were() -> None:
    assert Wishes().but("own:1").again("own:1") == Wishes()
    assert Wishes().but("own:1").query == "?without=own%3A1"


def querydict(query: str) -> Any:
    """The values of an address."""

    return QueryDict(query.removeprefix("?"))
