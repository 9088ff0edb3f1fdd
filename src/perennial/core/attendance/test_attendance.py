"""Who was there for how long: doors, devices, codes, breaks, summer time, and hours by body."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perennial.core.attendance import BodyRule, Kind, Mark, Part, Session, Span, attended, presence_of, presences, read_log, read_session
from perennial.core.values import Problem

NINE = datetime(2027, 3, 5, 9, tzinfo=UTC)
BODIES = (
    BodyRule("APA", 60, Decimal("0.5"), Decimal(1), partial=False),
    BodyRule("NBCC_ACEP", 60, Decimal("0.25"), Decimal("0.25"), partial=True),
    BodyRule("fifty", 50, Decimal("0.25"), Decimal(0), partial=True),
)
SESSION = Session(
    Span(NINE, NINE + timedelta(hours=3)),
    (Span(NINE + timedelta(minutes=80), NINE + timedelta(minutes=100)),),
    (
        Part("Method", Span(NINE, NINE + timedelta(minutes=80)), ("research",)),
        Part("Ethics", Span(NINE + timedelta(minutes=100), NINE + timedelta(hours=3)), ("ethics",)),
    ),
    BODIES,
)


def mark(minutes: float, kind: str, door: str = "front", person: str = "ana") -> Mark:
    return Mark(NINE + timedelta(minutes=minutes), person, door, Kind(kind))


def minutes_of(*marks: Mark) -> int:
    return attended(presence_of("ana", marks), SESSION).minutes


@pytest.mark.parametrize(
    ("marks", "minutes"),
    [
        ([mark(0, "in"), mark(180, "out")], 160),
        ([mark(-30, "in"), mark(400, "out")], 160),  # before and after the session earns nothing
        ([mark(0, "in"), mark(90, "out")], 80),  # nor does the break
        ([mark(85, "in"), mark(95, "out")], 0),
        ([mark(0, "in"), mark(30, "out"), mark(60, "in"), mark(80, "out")], 50),
        ([mark(0, "in"), mark(10, "in"), mark(40, "out")], 40),  # touched the reader twice
        ([mark(0, "join", "phone"), mark(10, "join", "desk"), mark(20, "leave", "phone"), mark(50, "leave", "desk")], 50),
        ([mark(0, "join"), mark(10, "join"), mark(20, "leave"), mark(50, "leave")], 50),  # two devices of one name
        ([mark(0, "in")], 0),
        ([mark(0, "in"), mark(60, "code", "room")], 60),  # nobody left, but a code shows an hour
        ([mark(40, "out")], 0),
        ([mark(0, "in"), mark(0.98, "out")], 0),  # a minute begun is not a minute
        ([mark(0, "in"), mark(0.5, "out"), mark(1, "in"), mark(1.5, "out")], 1),
    ],
)
def test_presence_becomes_whole_minutes(marks: Sequence[Mark], minutes: int) -> None:
    assert minutes_of(*marks) == minutes
    assert minutes_of(*reversed(marks), *marks) == minutes


def test_what_the_marks_leave_open_is_said() -> None:
    doubts = presence_of("ana", [mark(0, "in"), mark(200, "out", "side")]).doubts
    assert any("nobody left" in doubt for doubt in doubts)
    assert any("no arrival" in doubt for doubt in doubts)


def test_each_body_grants_by_its_own_hour_step_least_and_whole() -> None:
    def granted(until: int) -> list[Decimal]:
        return [body.hours for body in attended(presence_of("ana", [mark(0, "in"), mark(until, "out")]), SESSION).bodies]

    assert granted(180) == [Decimal("2.5"), Decimal("2.5"), Decimal("3")]  # 160 minutes: 2.67 h of 60, 3.2 h of 50
    assert granted(179) == [Decimal(0), Decimal("2.5"), Decimal("3")]
    assert granted(14) == [Decimal(0), Decimal(0), Decimal("0.25")]


def test_parts_carry_their_topics_and_their_own_minutes() -> None:
    found = attended(presence_of("ana", [mark(60, "in"), mark(130, "out")]), SESSION)
    assert [(part.minutes, part.topics) for part in found.parts] == [(20, ("research",)), (30, ("ethics",))]
    assert found.minutes == 50


marks_at_doors = st.lists(
    st.builds(mark, st.integers(-30, 210), st.sampled_from(list(Kind)), st.sampled_from(["front", "side"]), st.sampled_from(["ana", "ben"]))
)


@given(marks_at_doors)
def test_nobody_earns_more_than_was_taught_and_the_order_of_marks_is_nothing(marks: list[Mark]) -> None:
    for person, presence in presences(marks).items():
        found = attended(presence, SESSION)
        assert 0 <= found.minutes <= found.of_minutes == 160
        assert sum(part.minutes for part in found.parts) <= found.minutes
        assert presence == presences(reversed(marks))[person]


@given(marks_at_doors)
def test_a_later_departure_never_takes_minutes_away(marks: list[Mark]) -> None:
    stay = [*(one for one in marks if one.person == "ana"), mark(300, "in", "last"), mark(310, "out", "last")]
    shorter = attended(presence_of("ana", marks_of(stay)), SESSION).minutes
    longer = attended(presence_of("ana", [*marks_of(stay), mark(0, "in", "own"), mark(160, "out", "own")]), SESSION).minutes
    assert longer >= max(shorter, 140)


def marks_of(marks: list[Mark]) -> list[Mark]:
    return [replace(one, person="ana") for one in marks]


def session_text(**changes: Any) -> str:
    lines = {
        "starts": "2027-03-14T01:00:00",
        "ends": "2027-03-14T04:00:00",
        "zone": '"America/New_York"',
        "breaks": "[]",
        "parts": "[]",
        "bodies": '[{name = "APA", minutes_per_hour = 60, step = 0.5, least = 1, partial = true}]',
        **changes,
    }
    return "\n".join(f"{name} = {value}" for name, value in lines.items() if value)


def test_the_night_of_summer_time_is_as_long_as_it_is() -> None:
    session, problems = read_session(session_text())
    assert not problems
    assert session is not None
    ana = presence_of("ana", [Mark(session.span.starts, "ana", "d", Kind.IN), Mark(session.span.ends, "ana", "d", Kind.OUT)])
    assert attended(ana, session).minutes == 120


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"ends": "2027-03-14T01:00:00"}, "session"),
        ({"zone": None}, "session: starts"),
        ({"zone": '"Mars/Olympus"'}, "zone"),
        ({"starts": '"nine"'}, "session: starts"),
        ({"breaks": "[{from = 2027-03-14T00:30:00, to = 2027-03-14T01:30:00}]"}, "breaks 1"),
        ({"breaks": "3"}, "breaks"),
        ({"parts": '[{title = "x", starts = 2027-03-14T03:30:00, ends = 2027-03-14T03:10:00}]'}, "parts 1"),
        ({"bodies": '[{name = "x", minutes_per_hour = 45}]'}, "bodies 1"),
        ({"bodies": '[{name = "x", step = 0}]'}, "bodies 1"),
        ({"bodies": '[{name = "x", step = nan}]'}, "bodies 1"),
        ({"bodies": '[{name = "x", step = 1e-30}]'}, "bodies 1"),
        ({"bodies": '[{name = "x", least = "1e999999"}]'}, "bodies 1"),
        ({"bodies": '[{name = "x", minutes_per_hour = 50.0}]'}, "bodies 1"),
        ({"starts": "0001-01-01T00:00:00+05:00"}, "session: starts"),
        ({"rooms": "1"}, "rooms"),
    ],
)
def test_a_fault_in_a_session_names_its_place(change: dict[str, Any], where: str) -> None:
    session, problems = read_session(session_text(**change))
    assert session is None
    assert problems[0].where == f"SESSION.toml: {where}"


def test_a_first_line_that_is_no_line_is_told() -> None:
    (problem,) = read_log(["x" * 200_000])
    assert isinstance(problem, Problem)
    assert problem.where == "line 1"


def test_a_log_is_read_line_by_line_and_each_fault_names_its_line() -> None:
    lines = [
        "person,at,door,kind\n",
        "ana,2027-03-05T09:00:00Z,front,in\n",
        "ana,2027-03-05T10:00:00,front,out\n",
        "ana,noon,front,out\n",
        "ana,2027-03-05T10:00:00+00:00,front,gone\n",
        ",2027-03-05T10:00:00Z,front,out\n",
        "ana,2027-03-05T10:00:00Z,front\n",
        "ana,0001-01-01T00:00:00+05:00,front,in\n",
    ]
    found = list(read_log(lines))
    assert [one.where for one in found if isinstance(one, Problem)] == [f"line {number}" for number in (3, 4, 5, 6, 7, 8)]
    assert [one for one in found if isinstance(one, Mark)] == [mark(0, "in")]
    assert [str(one) for one in read_log(["who,when\n"])] == [
        "line 1: the columns are who, when. The columns are person, at, door, kind.",
    ]
