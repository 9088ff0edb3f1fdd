"""Mail handed to a real mail server that listens on this machine: taken, refused for now, refused for good, gone."""

import email
import email.policy
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from email.message import EmailMessage
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from django.conf import LazySettings
from django.core.mail import EmailMultiAlternatives
from django.db import connection, connections

from perennial.apps.accounts.builders import make_person
from perennial.apps.notices import delivery, workers
from perennial.apps.notices.builders import AT, make_mail
from perennial.apps.notices.delivery import MOST_ATTEMPTS, delay_after, deliver, take
from perennial.apps.notices.models import Mail, MailState, Notice, Worker
from perennial.apps.notices.queries import mail_overview, mail_waits, person_by_unsubscribe

pytestmark = pytest.mark.django_db


@dataclass
class Sink:
    """A mail server: keeps what it takes; `answers` are given to the next recipients or texts instead of 250."""

    taken: list[EmailMessage] = field(default_factory=list)
    recipient_answers: list[str] = field(default_factory=list)
    text_answers: list[str] = field(default_factory=list)

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802
        if self.recipient_answers:
            return self.recipient_answers.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        if self.text_answers:
            return self.text_answers.pop(0)
        message = email.message_from_bytes(envelope.content, policy=email.policy.default)
        assert isinstance(message, EmailMessage)
        self.taken.append(message)
        return "250 OK"


class Door(Controller):
    """Listens on a port that the system chooses; `port` is that port once it has started."""

    def _trigger_server(self) -> None:
        self.port = self.server.sockets[0].getsockname()[1]  # type: ignore[union-attr]  # it has started by now
        super()._trigger_server()  # type: ignore[no-untyped-call]  # as aiosmtpd has it


@pytest.fixture
def sink(settings: LazySettings) -> Iterator[Sink]:
    server = Sink()
    controller = Door(server, hostname="127.0.0.1", port=0, ready_timeout=60.0)
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS = "127.0.0.1", controller.port, False
    yield server
    controller.stop()


@pytest.fixture
def me() -> Worker:
    return workers.begin(at=AT)


def send(me: Worker, after: timedelta = timedelta(0)) -> int:
    return deliver(worker=me.pk, clock=lambda: AT + after)


def test_a_mail_arrives_once_in_text_and_html_with_one_press_to_end_it(sink: Sink, me: Worker) -> None:
    mail = make_mail(plain="Six hours", html="<p>Six <b>hours</b>")
    assert (send(me), send(me, timedelta(days=1))) == (1, 0)
    (message,) = sink.taken
    assert message["Message-ID"] == mail.message_id
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    token = str(message["List-Unsubscribe"]).strip(" <>").rstrip("/").rpartition("/")[2]
    assert person_by_unsubscribe(token) == mail.person
    plain, rich = message.get_body(("plain",)), message.get_body(("html",))
    assert plain is not None
    assert rich is not None
    assert (plain.get_content().strip(), rich.get_content().strip()) == ("Six hours", "<p>Six <b>hours</b>")
    mail.refresh_from_db()
    assert (mail.state, mail.sent_at, mail.attempts) == (MailState.SENT, AT, 1)


def test_no_for_now_is_tried_again_with_growing_rests(sink: Sink, me: Worker) -> None:
    mail = make_mail()
    sink.recipient_answers = ["451 Try later", "451 Try later"]
    assert send(me) == 0
    mail.refresh_from_db()
    assert (mail.state, mail.next_attempt_at, mail.fault) == (MailState.WAITING, AT + timedelta(minutes=1), "451 Try later")
    assert send(me, timedelta(seconds=59)) == 0
    assert mail_overview().retried == 1
    send(me, timedelta(minutes=1))
    mail.refresh_from_db()
    assert mail.next_attempt_at == AT + timedelta(minutes=3)
    assert send(me, timedelta(minutes=3)) == 1
    assert len(sink.taken) == 1


def test_rests_double_up_to_six_hours() -> None:
    rests = [delay_after(attempts) for attempts in range(1, MOST_ATTEMPTS)]
    assert rests[:3] == [timedelta(minutes=1), timedelta(minutes=2), timedelta(minutes=4)]
    assert rests[-1] == timedelta(hours=6)
    assert sum(rests, timedelta()) > timedelta(days=7)


@pytest.mark.parametrize("stage", ["recipient_answers", "text_answers"])
def test_no_for_good_is_kept_and_told_on_the_site(sink: Sink, me: Worker, stage: str) -> None:
    mail = make_mail(subject="30 days left")
    setattr(sink, stage, ["550 No such person"])
    assert (send(me), send(me, timedelta(days=1))) == (0, 0)
    mail.refresh_from_db()
    assert (mail.state, mail.fault) == (MailState.FAILED, "550 No such person")
    told = Notice.objects.get(person=mail.person, kind="mail")
    assert "30 days left" in told.text
    assert mail.recipient in told.text


def test_after_a_week_in_vain_a_mail_is_given_up_and_told(sink: Sink, me: Worker) -> None:
    mail = make_mail()
    Mail.objects.update(attempts=MOST_ATTEMPTS - 1)
    sink.recipient_answers = ["451 Try later"]
    send(me)
    mail.refresh_from_db()
    assert mail.state == MailState.FAILED
    assert Notice.objects.filter(person=mail.person, kind="mail").exists()


def test_one_bad_address_holds_back_no_other(sink: Sink, me: Worker) -> None:
    make_mail()
    make_mail()
    sink.recipient_answers = ["550 No such person"]
    assert send(me) == 1


def test_a_mail_that_cannot_be_written_fails_and_the_next_goes_out(sink: Sink, me: Worker) -> None:
    bad = make_mail()
    Mail.objects.filter(pk=bad.pk).update(subject="a\nb")
    make_mail()
    assert send(me) == 1
    bad.refresh_from_db()
    assert bad.state == MailState.FAILED


def test_without_a_server_all_that_is_due_rests_after_one_try(me: Worker, settings: LazySettings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))  # taken, and no one listens
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", door.getsockname()[1]
        for _ in range(3):
            make_mail()
        assert send(me) == 0
    assert not mail_waits(at=AT + timedelta(seconds=59))
    assert mail_overview().retried == 3
    assert mail_overview().fault


def test_a_mail_that_a_dead_worker_held_is_sent_again_under_the_same_id(sink: Sink, me: Worker) -> None:
    mail = make_mail()
    dead = Worker.objects.create(host=me.host, process=2**22 + 7, started_at=AT, seen_at=AT)
    taken = take(worker=dead.pk, at=AT)
    assert taken == mail
    assert send(me) == 0
    assert workers.bury(me=me, at=AT) == 1
    assert send(me) == 1
    assert sink.taken[0]["Message-ID"] == mail.message_id
    mail.refresh_from_db()
    assert (mail.doubts, mail.state) == (1, MailState.SENT)


def test_a_mail_that_could_not_be_marked_is_given_back_by_its_own_worker(sink: Sink, me: Worker) -> None:
    make_mail()
    take(worker=me.pk, at=AT)
    assert workers.bury(me=me, at=AT) == 1
    assert send(me) == 1


def test_a_fault_of_our_own_is_logged_and_holds_back_no_other(
    me: Worker, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    bad, good = make_mail(), make_mail()
    write = delivery.message_of

    def fail_on_bad(mail: Mail) -> EmailMultiAlternatives:
        if mail.pk == bad.pk:
            raise ZeroDivisionError
        return write(mail)

    monkeypatch.setattr(delivery, "message_of", fail_on_bad)
    assert send(me) == 1
    assert f"Mail {bad.pk} could not be handed over" in caplog.text
    assert {mail.pk: mail.state for mail in Mail.objects.all()} == {bad.pk: MailState.WAITING, good.pk: MailState.SENT}


def test_what_a_living_worker_holds_is_left_to_it(sink: Sink, me: Worker) -> None:
    make_mail()
    elsewhere = Worker.objects.create(host="another-machine", process=1, started_at=AT, seen_at=AT)
    take(worker=elsewhere.pk, at=AT)
    assert workers.bury(me=me, at=AT + timedelta(minutes=4)) == 0
    assert workers.bury(me=me, at=AT + workers.SILENT_FOR + timedelta(seconds=1)) == 1


@pytest.mark.skipif(
    connection.vendor == "sqlite", reason="a table in memory is shared without waiting; the file is tried in tests/durability"
)
@pytest.mark.django_db(transaction=True)
def test_four_workers_send_each_mail_once(sink: Sink) -> None:
    person = make_person()
    for number in range(24):
        make_mail(person=person, key=f"k{number}")
    crew = [Worker.objects.create(host=f"m{n}", process=n, started_at=AT, seen_at=AT) for n in range(4)]

    def run(worker: Worker) -> None:
        try:
            while mail_waits(at=AT):
                send(worker)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(worker,)) for worker in crew]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    ids = [message["Message-ID"] for message in sink.taken]
    assert len(ids) == len(set(ids)) == 24


def test_a_mail_of_a_kind_is_ended_by_itself() -> None:
    mail = make_mail()
    assert "/notices/unsubscribe/" in delivery.message_of(mail).extra_headers["List-Unsubscribe"]
    mail.leave = "/evidence/digest/mail/x/"
    assert delivery.message_of(mail).extra_headers["List-Unsubscribe"].endswith("/evidence/digest/mail/x/>")
