"""Tests of one round of the background worker, and of what the doctor tells of it."""

import os
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from threading import Event

import pytest
from django.utils import timezone

from perennial.apps.licenses.builders import make_license
from perennial.apps.notices import workers
from perennial.apps.notices.builders import make_mail
from perennial.apps.notices.models import Mail
from perennial.apps.notices.queries import errand_done_on, mail_overview, notices_of
from perennial.apps.notices.services import mark_errand
from perennial.cli import worker as cli
from perennial.cli.doctor import background, mail, reminders
from perennial.cli.worker import Round

pytestmark = pytest.mark.django_db


def a_round(stop: Event | None = None) -> Round:
    return Round(workers.begin(at=timezone.now()), stop or Event())


def test_a_round_gives_the_days_reminders_once_and_sends_them(mailoutbox: list[object]) -> None:
    license = make_license(
        profession="other", own_months=24, own_requirements=[{"name": "All", "hours": "10", "topic": ""}],
        expires_on=timezone.localdate() + timedelta(days=25),
    )  # fmt: skip
    round_ = a_round()
    round_.once()
    round_.once()
    assert len(mailoutbox) == len(notices_of(license.person)) == 1
    assert errand_done_on("reminders") == timezone.localdate()


def test_a_worker_that_is_told_to_stop_begins_nothing_more(mailoutbox: list[object]) -> None:
    make_mail(at=timezone.now())
    stop = Event()
    stop.set()
    a_round(stop).once()
    assert not mailoutbox
    assert errand_done_on("reminders") is None


def test_a_fault_in_the_reminders_holds_back_no_mail(monkeypatch: pytest.MonkeyPatch, mailoutbox: list[object]) -> None:
    def fail(carry_on: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(cli, "remind", fail)
    make_mail(at=timezone.now())
    round_ = a_round()
    round_.once()
    assert len(mailoutbox) == 1
    assert round_.reminded_on is None


def test_a_servers_worker_ends_after_the_days_errands_and_the_next_does_not_repeat_them(monkeypatch: pytest.MonkeyPatch) -> None:
    reminded: list[str] = []
    rounds: list[list[str]] = []
    stop = Event()

    def make(carry_on: Callable[[], bool]) -> None:
        rounds.append(reminded.copy())
        if len(rounds) == 3:
            stop.set()

    monkeypatch.setattr(cli, "_errands", memoryview(bytearray(8)).cast("q"))
    monkeypatch.setattr(cli, "close_old_connections", lambda: None)  # the test's own transaction lives in one
    monkeypatch.setattr(cli, "POLL_SECONDS", 0.0)
    monkeypatch.setattr(cli, "remind", lambda carry_on: reminded.append("reminded"))
    monkeypatch.setattr(cli, "make_packets", make)
    cli.work(stop, os.getppid())
    assert rounds == [["reminded"]], "it ended by itself, though nobody told it to"
    cli.work(stop, os.getppid())
    assert rounds == [["reminded"]] * 3
    assert stop.is_set()


def test_the_doctor_tells_whether_a_worker_lives() -> None:
    assert (background(mail_overview()).fine, background(mail_overview()).seen) == (True, "has not run yet")
    me = workers.begin(at=timezone.now())
    assert background(mail_overview()).seen.startswith("lives (process ")
    workers.end(me, at=timezone.now())
    assert background(mail_overview()).seen.startswith("does not run")


def test_the_doctor_minds_mail_that_waits_for_no_one_and_mail_that_is_turned_away() -> None:
    make_mail(at=timezone.now() - timedelta(hours=1))
    assert not background(mail_overview()).fine
    assert mail(mail_overview()).seen == "1 waiting, the oldest for 60 min"
    Mail.objects.update(attempts=2, fault="451 Try later")
    assert not mail(mail_overview()).fine
    assert "1 tried in vain so far, the server said: 451 Try later" in mail(mail_overview()).seen


def test_mail_that_was_sent_is_no_worry() -> None:
    make_mail()
    Mail.objects.update(state="sent", sent_at=datetime(2026, 11, 25, tzinfo=UTC))
    assert (mail(mail_overview()).fine, mail(mail_overview()).seen) == (True, "0 waiting")


def test_the_doctor_tells_when_reminders_were_given_last_and_minds_a_worker_that_gives_none() -> None:
    assert (reminders().fine, reminders().seen) == (True, "not given yet")
    mark_errand(name="reminders", day=date(2026, 2, 1))
    assert (reminders().fine, reminders().seen) == (True, "last given on 1 February 2026")
    me = workers.begin(at=timezone.now())
    assert not reminders().fine
    workers.end(me, at=timezone.now())
    mark_errand(name="reminders", day=timezone.localdate())
    assert reminders().fine
