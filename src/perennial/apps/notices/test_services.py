"""Tests of what people are told, and of what they choose."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from perennial.apps.accounts.builders import make_person
from perennial.apps.notices.builders import AT, make_mail, make_notice
from perennial.apps.notices.models import Mail, Notice, Preferences
from perennial.apps.notices.queries import (
    STEPS,
    Choice,
    choice_of,
    choices_of,
    errand_done_on,
    feed_token_of,
    mail_overview,
    notices_of,
    person_by_feed,
    person_by_unsubscribe,
    unread_count,
    unsubscribe_token,
)
from perennial.apps.notices.services import (
    Draft,
    mark_errand,
    notify,
    open_feed,
    post_all,
    quiet_mail,
    read_all,
    read_notice,
    revoke_feed,
    save_choice,
)

pytestmark = pytest.mark.django_db


def test_the_same_key_tells_once_and_another_person_still() -> None:
    one, other = make_person(), make_person()
    for person in (one, one, other):
        notify(person=person, kind="test", title="Told", text="", link="/", key="k")
    assert (len(notices_of(one)), len(notices_of(other))) == (1, 1)


def test_the_unread_stand_first_and_then_the_latest() -> None:
    person = make_person()
    first, second, third = (make_notice(person=person, title=title) for title in "ABC")
    read_notice(notice=third, at=AT)
    assert [notice.pk for notice in notices_of(person)] == [second.pk, first.pk, third.pk]
    assert unread_count(person) == 2
    read_all(person=person, at=AT + timedelta(days=1))
    assert unread_count(person) == 0
    assert Notice.objects.get(pk=third.pk).read_at == AT


def test_a_notice_leads_to_this_site_alone() -> None:
    for link in ("https://example.org/", "//example.org", "javascript:alert(1)"):
        with pytest.raises(ValueError, match="one slash"):
            make_notice(link=link)


def test_the_same_draft_posts_once_under_a_message_id_that_stays() -> None:
    mail = make_mail(key="reminder-1")
    again = Draft(mail.person_id, "reminder", "reminder-1", "T", "", "/", mail.recipient, "Other", "p", "h")
    post_all(drafts=[again], at=AT)
    assert Mail.objects.get().subject == mail.subject
    assert make_mail(key="reminder-2").message_id != mail.message_id
    assert "reminder" not in mail.message_id


def test_a_subject_is_one_line_however_it_was_typed() -> None:
    mail = make_mail(subject="Texas\r\nBcc: all@example.org\n" + "x" * 300)
    assert "\n" not in mail.subject
    assert "\r" not in mail.subject
    assert len(mail.subject) == 200


def test_without_a_choice_everything_is_told() -> None:
    assert choice_of(make_person()) == Choice(STEPS, by_mail=True)


def test_a_choice_is_kept_in_the_order_of_the_steps() -> None:
    person, other = make_person(), make_person()
    save_choice(person=person, steps=[7, 90, 12], by_mail=False)
    assert choices_of([person.pk, other.pk]) == {person.pk: Choice((90, 7), by_mail=False), other.pk: Choice()}


def test_no_mail_means_also_none_that_waits_and_keeps_the_steps() -> None:
    person = make_person()
    save_choice(person=person, steps=[30], by_mail=True)
    make_mail(person=person)
    kept = make_mail()
    quiet_mail(person=person)
    assert choice_of(person) == Choice((30,), by_mail=False)
    assert list(Mail.objects.all()) == [kept]


def test_the_calendar_address_opens_until_it_is_made_anew_or_closed() -> None:
    person = make_person()
    assert feed_token_of(person) == ""
    first = open_feed(person=person)
    assert feed_token_of(person) == first
    assert person_by_feed(first) == person
    second = open_feed(person=person)
    assert person_by_feed(first) is None
    assert person_by_feed(second) == person
    revoke_feed(person=person)
    assert person_by_feed(second) is None
    assert feed_token_of(person) == ""


def test_the_table_alone_opens_no_calendar() -> None:
    person = make_person()
    token = open_feed(person=person)
    seed = Preferences.objects.get().feed_seed or ""
    assert token != seed
    for guess in (seed, f"{seed}-{'0' * 40}", token[:-1], f"{token}0", "é" * 73):
        assert person_by_feed(guess) is None


def test_a_person_who_may_not_sign_in_has_no_calendar() -> None:
    person = make_person()
    token = open_feed(person=person)
    person.is_active = False
    person.save()
    assert person_by_feed(token) is None


def test_an_unsubscribe_token_names_its_person_and_cannot_be_made_up() -> None:
    person, other = make_person(), make_person()
    token = unsubscribe_token(person.pk)
    assert person_by_unsubscribe(token) == person
    for guess in (str(other.pk), token.replace(str(person.pk), str(other.pk), 1), token[:-1], ""):
        assert person_by_unsubscribe(guess) is None


def test_daily_work_is_kept_as_done() -> None:
    assert errand_done_on("reminders") is None
    mark_errand(name="reminders", day=AT.date())
    mark_errand(name="reminders", day=AT.date() + timedelta(days=1))
    assert errand_done_on("reminders") == AT.date() + timedelta(days=1)


def test_what_waits_is_told_with_its_age() -> None:
    make_mail(at=AT - timedelta(hours=2))
    make_mail()
    found = mail_overview()
    assert (found.waiting, found.oldest_at, found.retried, found.failed) == (2, AT - timedelta(hours=2), 0, 0)


def test_a_mail_that_was_sent_has_its_moment() -> None:
    mail = make_mail()
    with pytest.raises((IntegrityError, ValidationError)), transaction.atomic():
        Mail.objects.filter(pk=mail.pk).update(state="sent")
