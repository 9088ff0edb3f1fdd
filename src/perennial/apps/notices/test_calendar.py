"""Calendar files read back by a reader of its own."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from icalendar import Calendar

from perennial.apps.notices.queries import CalendarEvent, calendar_file

EVENT = CalendarEvent(
    uid="license-7@example.org",
    title="Texas LPC: hours are due",
    starts=date(2027, 2, 28),
    stamp=datetime(2026, 11, 25, tzinfo=UTC),
    text="Missing: 6 CE hours, 2 of them in ethics; see the board's list.\nAudit check: https://example.org/a?b=1,2",
    alarms=(180, 90, 7),
)


def read_back(text: bytes) -> Any:
    """The calendar as its reader gives it."""
    return Calendar.from_ical(text)


def test_what_is_written_is_read_back() -> None:
    read = read_back(calendar_file([EVENT], name="Renewals; all, of them"))
    (event,) = read.walk("VEVENT")
    assert (str(event["summary"]), str(event["description"]), str(event["uid"])) == (EVENT.title, EVENT.text, EVENT.uid)
    assert (event["dtstart"].dt, event["dtend"].dt) == (date(2027, 2, 28), date(2027, 3, 1))
    assert event["dtstamp"].dt == EVENT.stamp
    assert str(read["x-wr-calname"]) == "Renewals; all, of them"
    assert [alarm["trigger"].dt for alarm in event.walk("VALARM")] == [timedelta(days=-days) for days in (180, 90, 7)]


def test_lines_are_folded_at_75_octets_and_end_as_the_standard_says() -> None:
    text = calendar_file([replace(EVENT, text="Prüfung, “Ethik” — " * 40)], name="Renewals")
    lines = text.split(b"\r\n")
    assert lines[-1] == b""
    assert max(map(len, lines)) <= 75
    assert b"\n" not in text.replace(b"\r\n", b"")
    assert str(read_back(text).walk("VEVENT")[0]["description"]) == "Prüfung, “Ethik” — " * 40


def test_the_same_events_in_another_order_give_the_same_bytes() -> None:
    other = replace(EVENT, uid="license-8@example.org")
    assert calendar_file([EVENT, other], name="R") == calendar_file([other, EVENT], name="R")


def test_a_moment_keeps_its_hour_and_its_end() -> None:
    starts = datetime(2027, 3, 1, 15, 30, tzinfo=UTC)
    session = replace(EVENT, starts=starts, ends=starts + timedelta(hours=2), busy=True)
    (event,) = read_back(calendar_file([session], name="R")).walk("VEVENT")
    assert (event["dtstart"].dt, event["dtend"].dt, str(event["transp"])) == (starts, starts + timedelta(hours=2), "OPAQUE")


def test_a_calendar_without_events_is_a_calendar() -> None:
    assert not read_back(calendar_file([], name="R")).walk("VEVENT")
