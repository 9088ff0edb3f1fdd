"""Marks of who was there: kept once, kept for good, struck and not erased."""

from datetime import UTC, datetime, timedelta

import pytest

from perennial.apps.accounts.builders import make_person
from perennial.apps.attendance.models import Gathering, KeptForGood, Mark
from perennial.apps.attendance.queries import everybody_at, export_of, one_at
from perennial.apps.attendance.services import keep_gathering, mark_for, sign, strike
from perennial.core.values import Refusal

pytestmark = pytest.mark.django_db
NOON = datetime(2027, 3, 5, 12, tzinfo=UTC)


def gathering() -> Gathering:
    return keep_gathering(key="club:1", starts_at=NOON, ends_at=NOON + timedelta(hours=1))


def after(minutes: int) -> datetime:
    return NOON + timedelta(minutes=minutes)


def test_a_person_signs_in_and_out_and_the_minutes_are_counted() -> None:
    here, person = gathering(), make_person()
    assert sign(gathering=here, person=person, arrives=True, at=after(5)) is not None
    assert sign(gathering=here, person=person, arrives=True, at=after(9)) is None
    sign(gathering=here, person=person, arrives=False, at=after(65))
    assert one_at(here, person).attended.minutes == 55
    (one,) = everybody_at(here)
    assert (one.person, one.attended.minutes, one.is_in) == (person, 55, False)
    assert [row["kind"] for row in export_of(person)["marks"]] == ["in", "out"]


@pytest.mark.parametrize("minutes", [-31, 91])
def test_nobody_signs_in_when_it_is_not_held(minutes: int) -> None:
    with pytest.raises(Refusal, match="30 minutes"):
        sign(gathering=gathering(), person=make_person(), arrives=True, at=after(minutes))
    assert not Mark.objects.exists()


def test_a_struck_mark_counts_no_more_and_stays() -> None:
    here, person, host = gathering(), make_person(), make_person()
    mark = sign(gathering=here, person=person, arrives=True, at=after(0))
    assert mark is not None
    mark_for(gathering=here, person=person, arrives=False, when=after(60), by=host, at=after(70))
    strike(mark=mark, reason="Came at half past", by=host, at=after(71))
    mark_for(gathering=here, person=person, arrives=True, when=after(30), by=host, at=after(71))
    assert one_at(here, person).attended.minutes == 30
    assert len(everybody_at(here)[0].marks) == 3
    with pytest.raises(Refusal):
        strike(mark=mark, reason=" ", by=host, at=after(72))
    with pytest.raises(KeptForGood):
        mark.delete()
    with pytest.raises(KeptForGood):
        mark.save()


def test_a_host_enters_no_time_to_come_and_none_outside() -> None:
    here, person, host = gathering(), make_person(), make_person()
    for when, at in ((after(30), after(10)), (after(300), after(400))):
        with pytest.raises(Refusal):
            mark_for(gathering=here, person=person, arrives=True, when=when, by=host, at=at)


def test_times_stand_once_somebody_signed_in() -> None:
    here = gathering()
    keep_gathering(key="club:1", starts_at=NOON, ends_at=after(90))
    sign(gathering=here, person=make_person(), arrives=True, at=after(1))
    keep_gathering(key="club:1", starts_at=NOON, ends_at=after(90))
    with pytest.raises(Refusal, match="times stand"):
        keep_gathering(key="club:1", starts_at=NOON, ends_at=after(120))
