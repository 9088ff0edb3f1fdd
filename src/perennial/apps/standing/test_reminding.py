"""Reminders: at which day, to whom, saying what, and each once."""

import threading
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from perennial.apps.accounts.builders import make_person
from perennial.apps.accounts.queries import Person
from perennial.apps.credits.builders import make_credit
from perennial.apps.credits.services import withdraw_entry
from perennial.apps.licenses.builders import make_license
from perennial.apps.licenses.queries import License
from perennial.apps.licenses.services import remove_license
from perennial.apps.notices.queries import STEPS, notices_of
from perennial.apps.notices.services import save_choice
from perennial.apps.standing import reminding
from perennial.apps.standing.models import Reminder
from perennial.apps.standing.queries import standings_of_all
from perennial.apps.standing.reminding import due_of, remind_all, step_reached

DUE = date(2027, 3, 31)
OWN: dict[str, Any] = {
    "jurisdiction": "CA",
    "profession": "other",
    "credential": "",
    "own_months": 24,
    "expires_on": DUE,
    "renewal_number": None,
}
TEN = [{"name": "Hours in all", "hours": "10", "topic": ""}, {"name": "Ethics", "hours": "2", "topic": "ethics"}]


def own_license(person: Person | None = None, **fields: Any) -> License:
    """A license judged by its owner's own list: ten hours, two of them in ethics, nothing open."""
    return make_license(person=person, **{**OWN, "own_requirements": TEN, **fields})


def run(days_before: int, due: date = DUE) -> int:
    """Give what is due so many days before the due day."""
    day = due - timedelta(days=days_before)
    return remind_all(day=day, at=datetime(day.year, day.month, day.day, 6, tzinfo=UTC)).given


def sent(license: License) -> list[tuple[int, str]]:
    return [(reminder.step, reminder.kind) for reminder in Reminder.objects.filter(license=license).order_by("pk")]


def mails(person: Person) -> list[tuple[str, str, str]]:
    """Subject, text and HTML of the mails to a person, read without the models of the area below."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT subject, text, html FROM notices_mail WHERE person_id = %s ORDER BY id", [person.pk])
        return list(cursor.fetchall())


@given(days=st.integers(-400, 400), steps=st.sets(st.sampled_from(STEPS)).map(lambda chosen: tuple(sorted(chosen, reverse=True))))
def test_the_step_reached_is_the_latest_whose_day_has_come(days: int, steps: tuple[int, ...]) -> None:
    step = step_reached(days, steps)
    passed = [one for one in steps if days <= one]
    assert step == (passed[-1] if passed and days >= 0 else None)


@pytest.mark.django_db
def test_each_step_is_given_on_its_day_and_once() -> None:
    license = own_license()
    given = {days: run(days) for days in range(200, -5, -1)}
    assert [days for days, count in given.items() if count] == list(STEPS)
    assert sent(license) == [(step, "missing") for step in STEPS]
    assert len(mails(license.person)) == len(notices_of(license.person)) == 5


@pytest.mark.django_db
def test_a_machine_that_was_off_gives_the_latest_missed_step_alone() -> None:
    license = own_license()
    run(181)
    assert run(25) == 1
    assert sent(license) == [(30, "missing")]
    assert run(25) == run(24) == 0
    assert run(7) == 1


@pytest.mark.django_db
def test_a_reminder_says_what_is_missing_by_when_and_where_to_go() -> None:
    license = own_license()
    make_credit(person=license.person, minutes=240, completed_on=DUE - timedelta(days=200), topics={"ethics": 60})
    run(30)
    ((subject, text, html),) = mails(license.person)
    assert subject == "California license: 6 CE hours missing (and 1 more line), due in 30 days"
    for body in (text, html):
        for words in ("31 March 2027", "6 CE hours more in all", "1 CE hour of Ethics", "4 of 10 CE hours counted so far."):
            assert words in body
        assert f"http://localhost:8000/dashboard/{license.pk}/" in body
        assert "/notices/unsubscribe/" in body
    assert "<img" not in html
    assert "src=" not in html
    (notice,) = notices_of(license.person)
    assert (notice.title, notice.link) == (subject, f"/dashboard/{license.pk}/")


@pytest.mark.django_db
def test_nothing_comes_where_nothing_is_missing_and_something_once_it_is() -> None:
    license = own_license()
    credit = make_credit(person=license.person, minutes=600, completed_on=DUE - timedelta(days=300), topics={"ethics": 120})
    assert [run(days) for days in (180, 90, 60, 30)] == [0, 0, 0, 0]
    assert not notices_of(license.person)
    withdraw_entry(entry=credit, reason="Entered twice", at=credit.entered_at)
    assert [run(29), run(28)] == [1, 0]
    assert sent(license) == [(30, "missing")]


@pytest.mark.django_db
def test_without_a_rule_it_is_told_once_at_90_days_what_to_ask() -> None:
    license = own_license(own_requirements=[])
    assert [run(days) for days in (180, 90, 60, 30, 7)] == [0, 1, 0, 0, 0]
    assert sent(license) == [(90, "ask")]
    ((subject, text, _),) = mails(license.person)
    assert "one thing to ask the board" in subject
    assert "We have no rule for this license" in text


@pytest.mark.django_db
def test_what_only_the_board_can_settle_is_told_at_the_first_chance_after_90_days() -> None:
    license = own_license(own_requirements=[])
    assert [run(days) for days in (45, 29, 5)] == [1, 0, 0]
    assert sent(license) == [(60, "ask")]


@pytest.mark.django_db
def test_only_the_steps_that_were_chosen_are_given_and_no_mail_where_none_is_wanted() -> None:
    license, quiet = own_license(), own_license()
    save_choice(person=license.person, steps=[60], by_mail=False)
    save_choice(person=quiet.person, steps=[], by_mail=True)
    for days in (180, 90, 60, 30, 7):
        run(days)
    assert sent(license) == [(60, "missing")]
    assert mails(license.person) == []
    assert len(notices_of(license.person)) == 1
    assert sent(quiet) == []


@pytest.mark.django_db
def test_a_new_due_day_begins_anew_and_a_removed_license_is_silent() -> None:
    license = own_license()
    run(30)
    License.objects.filter(pk=license.pk).update(expires_on=DUE + timedelta(days=365))
    assert run(30, DUE + timedelta(days=365)) == 1
    other = own_license()
    remove_license(license=other, at=datetime(2026, 1, 1, tzinfo=UTC))
    run(30)
    assert sent(other) == []


@pytest.mark.django_db
def test_people_who_may_not_sign_in_hear_nothing() -> None:
    license = own_license()
    Person.objects.filter(pk=license.person.pk).update(is_active=False)
    assert run(30) == 0


@pytest.mark.django_db
def test_a_name_and_a_license_are_shown_as_text_in_html() -> None:
    license = own_license(make_person(name="<b>Sam</b>"), credential="L<i>X")
    run(30)
    ((_, text, html),) = mails(license.person)
    assert "&lt;b&gt;Sam" in html
    assert "<i>" not in html
    assert "Hello <b>Sam</b>," in text


@pytest.mark.django_db
@pytest.mark.parametrize(("state", "due"), [("TN", date(2027, 12, 31)), ("LA", date(2028, 6, 30))])
def test_hours_due_before_the_license_ends_are_told_by_their_own_day(state: str, due: date) -> None:
    license = make_license(jurisdiction=state, credential="", expires_on=date(2028, 8, 31))
    assert due_of(license) == due
    assert [run(days, due) for days in (181, 180, 30)] == [0, 1, 1]
    assert {one.due_on for one in Reminder.objects.filter(license=license)} == {due}


@pytest.mark.django_db
def test_a_license_that_cannot_be_judged_holds_back_no_other(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    bad, good = own_license(), own_license()
    judge = standings_of_all

    def fail_on_bad(licenses: list[License], *, day: date) -> object:
        if any(license.pk == bad.pk for license in licenses):
            raise ZeroDivisionError
        return judge(licenses, day=day)

    monkeypatch.setattr(reminding, "standings_of_all", fail_on_bad)
    assert run(30) == 1
    assert sent(good) == [(30, "missing")]
    assert f"License {bad.pk} could not be judged" in caplog.text


@pytest.mark.django_db
def test_many_people_cost_no_more_queries_than_one(monkeypatch: pytest.MonkeyPatch) -> None:
    def cost(days: int) -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            run(days)
        return len(captured)

    own_license()
    one = cost(90)
    for _ in range(12):
        make_credit(person=own_license().person)
    assert cost(60) == one
    monkeypatch.setattr(reminding, "BATCH", 5)
    run(30)
    assert Reminder.objects.filter(step=30).count() == 13


@pytest.mark.django_db
def test_breaking_off_and_beginning_again_gives_each_once(monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(6):
        own_license()
    monkeypatch.setattr(reminding, "BATCH", 2)
    answers = iter([True, False])
    day = DUE - timedelta(days=30)
    at = datetime(2027, 3, 1, tzinfo=UTC)
    assert remind_all(day=day, at=at, carry_on=lambda: next(answers)).given == 2
    assert remind_all(day=day, at=at).given == 4
    assert Reminder.objects.count() == 6


@pytest.mark.skipif(
    connection.vendor == "sqlite", reason="a table in memory is shared without waiting; the file is tried in tests/durability"
)
@pytest.mark.django_db(transaction=True)
def test_two_searches_at_once_give_each_reminder_once(monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(12):
        own_license()
    monkeypatch.setattr(reminding, "BATCH", 3)

    def search() -> None:
        try:
            run(30)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=search) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM notices_mail")
        assert cursor.fetchone() == (12,)
    assert Reminder.objects.count() == 12
