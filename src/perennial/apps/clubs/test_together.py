"""A work appraised together: who sees what when, what is counted, and what the group answers."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError
from pytest_django import DjangoAssertNumQueries

from perennial.apps.appraisals.builders import answer_all
from perennial.apps.appraisals.services import start_appraisal, start_pairing
from perennial.apps.clubs.builders import BEFORE, STARTS, make_guest, make_meeting
from perennial.apps.clubs.models import Agreed, Guest, Meeting
from perennial.apps.clubs.queries import export_of
from perennial.apps.clubs.services import close, leave
from perennial.apps.clubs.together import agree_on, bring, choose_form, room_of
from perennial.core.values import Refusal

pytestmark = pytest.mark.django_db
DESIGN = "randomized_trial"


def chosen() -> tuple[Meeting, Guest, Guest]:
    """A meeting whose host chose a form, the host and another guest."""
    meeting = make_meeting()
    choose_form(meeting=meeting, design=DESIGN, at=BEFORE)
    return meeting, meeting.guests.get(), make_guest(meeting)


def test_the_room_is_hidden_until_ones_own_is_finished() -> None:
    meeting, host, guest = chosen()
    answer_all(bring(guest=host, at=BEFORE), but={"chance": "no"}, at=BEFORE)
    before = room_of(meeting, guest.person)
    assert (before.begun, before.finished, before.own, before.asked) == (1, 1, None, ())
    answer_all(bring(guest=guest, at=BEFORE), at=BEFORE)
    after = room_of(meeting, guest.person)
    assert after.agreement is not None
    assert (after.agreement.raters, after.agreement.alike) == (2, len(after.asked) - 1)
    differing = [ask for ask in after.asked if ask.differ]
    assert [ask.item.id for ask in differing] == ["chance"]
    assert {share.answer.value: [voice.name for voice in share.voices] for share in differing[0].shares} == {
        "no": [host.person.name],
        "yes": [guest.person.name],
    }


def test_a_finished_one_by_the_same_form_is_brought_but_none_of_a_pair() -> None:
    meeting, host, guest = chosen()
    done = answer_all(start_appraisal(person=guest.person, work=meeting.work, design=DESIGN, at=BEFORE), at=BEFORE)
    assert bring(guest=guest, at=BEFORE) == bring(guest=guest, at=BEFORE) == done
    paired = start_appraisal(person=host.person, work=meeting.work, design=DESIGN, at=BEFORE)
    start_pairing(appraisal=paired, at=BEFORE)
    assert bring(guest=host, at=BEFORE) != paired


def test_the_form_stays_once_somebody_has_begun() -> None:
    meeting, host, _ = chosen()
    choose_form(meeting=meeting, design="cohort", at=BEFORE)
    assert bring(guest=host, at=BEFORE).form.design == "cohort"
    with pytest.raises(Refusal, match="it stays"):
        choose_form(meeting=meeting, design=DESIGN, at=BEFORE)
    with pytest.raises(Refusal, match="not chosen a form"):
        bring(guest=make_guest(make_meeting()), at=BEFORE)


def test_what_the_group_answers_takes_two_and_a_reason_and_is_kept() -> None:
    meeting, host, guest = chosen()
    given: dict[str, Any] = {"meeting": meeting, "item": "chance", "by": host.person}
    answer_all(bring(guest=host, at=BEFORE), but={"chance": "no"}, at=BEFORE)
    with pytest.raises(Refusal, match="Two people"):
        agree_on(**given, said="partly", reason="Read again", at=STARTS)
    answer_all(bring(guest=guest, at=BEFORE), at=BEFORE)
    with pytest.raises(Refusal, match="once you meet"):
        agree_on(**given, said="partly", reason="Read again", at=BEFORE)
    for change in ({"said": "maybe"}, {"item": "nothing"}, {"reason": " "}):
        with pytest.raises(Refusal):
            agree_on(**{**given, "said": "partly", "reason": "Read again", "at": STARTS, **change})
    first = agree_on(**given, said="partly", reason="Read again", at=STARTS)
    assert agree_on(**given, said="partly", reason="Read again", at=STARTS) == first
    second = agree_on(**given, said="no", reason="The appendix says so", at=STARTS)
    assert next(ask for ask in room_of(meeting, guest.person).asked if ask.item.id == "chance").agreed == second
    assert [one["answer"] for one in export_of(host.person)["agreed"]] == ["partly", "no"]
    assert export_of(guest.person)["appraised"][0]["meeting"] == meeting.title


def test_after_it_is_closed_all_see_it_and_nothing_comes_to_it() -> None:
    meeting, host, guest = chosen()
    late = bring(guest=guest, at=BEFORE)
    answer_all(bring(guest=host, at=BEFORE), at=BEFORE)
    over = meeting.ends_at + timedelta(minutes=5)
    meeting = close(meeting=meeting, minutes="", at=over)
    answer_all(late, at=over + timedelta(days=1))
    room = room_of(meeting, guest.person)
    assert (room.finished, room.agreement, len(room.asked) > 0) == (1, None, True)
    with pytest.raises(Refusal, match="over"):
        bring(guest=make_other(meeting), at=over)


def make_other(meeting: Meeting) -> Guest:
    """Somebody who said long ago that they come, and began nothing."""
    return Guest.objects.create(meeting=meeting, person=make_meeting().host, joined_at=BEFORE)


def test_who_does_not_come_takes_theirs_along() -> None:
    meeting, host, guest = chosen()
    for one in (host, guest):
        answer_all(bring(guest=one, at=BEFORE), at=BEFORE)
    leave(guest=guest, at=BEFORE)
    assert room_of(meeting, host.person).finished == 1


def test_the_queries_are_as_many_however_many_take_part(django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    meeting, host, guest = chosen()
    for one in (host, guest, *(make_guest(meeting) for _ in range(5))):
        answer_all(bring(guest=one, at=BEFORE), at=BEFORE)
    with django_assert_max_num_queries(4):
        assert room_of(meeting, guest.person).finished == 7


@pytest.mark.django_db(transaction=True)
def test_the_database_refuses_to_change_what_a_group_answered() -> None:
    meeting, host, guest = chosen()
    for one in (host, guest):
        answer_all(bring(guest=one, at=BEFORE), at=BEFORE)
    agree_on(meeting=meeting, item="chance", said="no", reason="So.", by=host.person, at=STARTS)
    with pytest.raises(IntegrityError, match="never changed"):
        Agreed.objects.update(said="yes")
