"""Journal clubs: held, joined, answered before others are seen, attended, closed, counted once."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from perennial.apps.accounts.builders import make_person
from perennial.apps.certificates.queries import certificates_of
from perennial.apps.clubs.awarding import tell_how_it_was, worth_of
from perennial.apps.clubs.builders import BEFORE, STARTS, attended_and_closed, make_facts, make_guest, make_meeting
from perennial.apps.clubs.forms import STANDARD
from perennial.apps.clubs.models import Said
from perennial.apps.clubs.queries import asked_of, discussion_of, export_of, meetings_for, state_of, there_at
from perennial.apps.clubs.services import add_word, answer, call_off, change, close, hold, join, leave, mark_guest, sign_by_code, take_back
from perennial.apps.credits.queries import ledger_of
from perennial.apps.notices.queries import notices_of
from perennial.apps.providers.builders import make_provider
from perennial.apps.providers.services import ApprovalFacts, enter_approval
from perennial.apps.works.builders import make_work
from perennial.core.values import Refusal

pytestmark = pytest.mark.django_db
OVER = STARTS + timedelta(hours=2)
ANSWERS: dict[str, Any] = {"objective-1": "5", **{name: "4" for name, _ in STANDARD}, "comment": ""}


def test_others_answers_show_once_one_has_answered() -> None:
    meeting = make_meeting()
    first, second = make_guest(meeting), make_guest(meeting)
    question = meeting.questions.first()
    assert question is not None
    answer(guest=first, question=question, text="A replication", at=BEFORE)
    (unanswered, _) = asked_of(meeting, second.person)
    assert (unanswered.others, unanswered.hidden) == ((), 1)
    answer(guest=second, question=question, text="A null result", at=BEFORE)
    answer(guest=second, question=question, text="Two null results", at=BEFORE)
    (seen, _) = asked_of(meeting, second.person)
    assert ([one.text for one in seen.others], seen.own and seen.own.text, seen.hidden) == (["A replication"], "Two null results", 0)
    with pytest.raises(Refusal, match="begun"):
        answer(guest=second, question=question, text="Late", at=STARTS)


def test_the_code_said_there_signs_in_and_a_wrong_one_does_not() -> None:
    meeting = make_meeting()
    guest = make_guest(meeting)
    with pytest.raises(Refusal, match="not the code"):
        sign_by_code(guest=guest, code="WRONG1", arrives=True, at=STARTS)
    sign_by_code(guest=guest, code=meeting.code.lower(), arrives=True, at=STARTS)
    sign_by_code(guest=guest, code=meeting.code, arrives=False, at=STARTS + timedelta(minutes=40))
    found = there_at(meeting, guest.person)
    assert found is not None
    assert (found.attended.minutes, found.is_in) == (40, False)


def test_without_a_provider_the_time_goes_into_ones_own_record_once_and_by_quarters() -> None:
    guest = attended_and_closed(make_guest(make_meeting()), minutes=50)
    assert worth_of(guest).minutes == 45
    for _ in range(2):
        guest = tell_how_it_was(guest=guest, answers=ANSWERS, at=OVER)
    (credit,) = ledger_of(guest.person)
    assert (credit.minutes, credit.completed_on, credit.approvals) == (45, date(2027, 3, 5), ())
    assert not certificates_of(guest.person)


def approved(*bodies: str) -> Any:
    provider = make_provider(is_sample=False)
    for body in bodies:
        facts = ApprovalFacts(body, "1", "Approved.", date(2026, 1, 1), date(2028, 1, 1))
        enter_approval(provider=provider, facts=facts, person=make_person(), at=BEFORE)
    return provider


def test_a_providers_meeting_brings_a_certificate_under_the_approvals_that_hold() -> None:
    meeting = make_meeting(provider=approved("APA", "NBCC_ACEP"), bodies=["APA", "NBCC_ACEP", "ASWB_ACE"], topic="ethics")
    guest = attended_and_closed(make_guest(meeting))
    worth = worth_of(guest)
    assert (worth.minutes, sorted(one.slug for one in worth.approvals)) == (60, ["APA", "NBCC_ACEP"])
    assert any("ASWB" in text or "Social Work" in text for text in worth.left_out)
    guest = tell_how_it_was(guest=guest, answers=ANSWERS, at=OVER)
    (certificate,) = certificates_of(guest.person)
    (credit,) = ledger_of(guest.person)
    assert certificate.number == guest.certificate_number == credit.certificate_number
    assert (credit.minutes, sorted(credit.approvals), dict(credit.topics)) == (60, ["APA", "NBCC_ACEP"], {"ethics": 60})


def test_a_body_that_grants_nothing_for_the_time_is_not_on_the_certificate() -> None:
    guest = attended_and_closed(make_guest(make_meeting(provider=approved("APA"), bodies=["APA"])), minutes=20)
    worth = worth_of(guest)
    assert (worth.minutes, worth.approvals) == (15, [])
    assert any("grants nothing" in text for text in worth.left_out)


def test_an_approval_that_ends_the_day_before_is_not_on_the_certificate() -> None:
    provider = make_provider(is_sample=False)
    enter_approval(
        provider=provider, facts=ApprovalFacts("APA", "1", "Approved.", date(2026, 1, 1), date(2027, 3, 5)), person=make_person(), at=BEFORE
    )
    guest = attended_and_closed(make_guest(make_meeting(provider=provider, bodies=["APA"])))
    assert worth_of(guest).approvals == []


def test_nothing_is_counted_before_the_host_closes_or_without_being_there() -> None:
    meeting = make_meeting()
    guest, absent = make_guest(meeting), make_guest(meeting)
    with pytest.raises(Refusal, match="not closed"):
        tell_how_it_was(guest=guest, answers=ANSWERS, at=OVER)
    attended_and_closed(guest)
    with pytest.raises(Refusal, match="0 minutes"):
        tell_how_it_was(guest=absent, answers=ANSWERS, at=OVER)
    with pytest.raises(Refusal, match="closed"):
        mark_guest(meeting=guest.meeting, guest=absent, arrives=True, when=STARTS, at=OVER)
    assert not ledger_of(absent.person)


def test_it_is_closed_only_once_it_is_over_and_minutes_may_be_mended() -> None:
    meeting = make_meeting()
    with pytest.raises(Refusal, match="once it is over"):
        close(meeting=meeting, minutes="", at=STARTS)
    closed = close(meeting=meeting, minutes="First", at=OVER)
    again = close(meeting=meeting, minutes="Second", at=OVER + timedelta(days=1))
    assert (again.closed_at, again.minutes) == (closed.closed_at, "Second")


def test_guests_are_told_of_a_new_time_of_calling_off_and_of_closing() -> None:
    meeting = make_meeting()
    guest = make_guest(meeting)
    change(meeting=meeting, facts=make_facts(title="Another title"), at=BEFORE)
    assert not notices_of(guest.person)
    change(meeting=meeting, facts=make_facts(place="Room 2"), at=BEFORE)
    call_off(meeting=meeting, at=BEFORE)
    call_off(meeting=meeting, at=BEFORE)
    assert len(notices_of(guest.person)) == 2
    assert not notices_of(meeting.host)
    with pytest.raises(Refusal, match="over"):
        join(meeting=guest.meeting.__class__.objects.get(pk=meeting.pk), person=make_person(), at=BEFORE)


def test_a_question_that_somebody_answered_stays() -> None:
    meeting = make_meeting()
    question = meeting.questions.first()
    assert question is not None
    answer(guest=make_guest(meeting), question=question, text="Yes", at=BEFORE)
    with pytest.raises(Refusal, match="answered a question"):
        change(meeting=meeting, facts=make_facts(questions=["Another"]), at=BEFORE)
    change(meeting=meeting, facts=make_facts(questions=["Another", question.text]), at=BEFORE)
    assert [one.text for one in meeting.questions.all()] == ["Another", question.text]


def test_a_word_is_kept_once_and_taken_back_without_its_text() -> None:
    guest = make_guest(make_meeting())
    for _ in range(2):
        said = add_word(guest=guest, text="I doubt the blinding", at=BEFORE)
    take_back(said=said, at=BEFORE)
    (kept,) = discussion_of(guest.meeting)
    assert (kept.text, kept.taken_back_at) == ("", BEFORE)
    assert Said.objects.count() == 1


@pytest.mark.parametrize(
    ("change_of", "says"),
    [
        ({"ends_at": STARTS}, "ends before"),
        ({"ends_at": STARTS + timedelta(hours=9)}, "eight hours"),
        ({"starts_at": BEFORE - timedelta(hours=2), "ends_at": BEFORE}, "past"),
        ({"questions": [str(number) for number in range(11)]}, "at most 10"),
        ({"bodies": ["APA"], "objectives": []}, "objectives"),
    ],
)
def test_a_meeting_that_cannot_be_is_refused(change_of: dict[str, Any], says: str) -> None:
    facts = make_facts(**change_of)
    with pytest.raises(Refusal, match=says):
        hold(host=make_person(), work=make_work(), facts=facts, provider=None, at=BEFORE)


def test_lists_show_what_is_mine_open_to_all_and_over() -> None:
    person = make_person()
    mine, other, hidden = make_meeting(host=person), make_meeting(is_listed=True), make_meeting()
    assert ([*meetings_for(person, BEFORE).mine], [*meetings_for(person, BEFORE).open]) == ([mine], [other])
    shelf = meetings_for(person, OVER)
    assert (list(shelf.mine), list(shelf.open), list(shelf.past)) == ([], [], [mine])
    guest = make_guest(hidden, person)
    leave(guest=guest, at=BEFORE)
    assert hidden not in meetings_for(person, BEFORE).mine
    with pytest.raises(Refusal, match="Call it off"):
        leave(guest=join(meeting=mine, person=person, at=BEFORE), at=BEFORE)
    assert state_of(mine, datetime(2027, 3, 5, 20, 30, tzinfo=UTC)) == "now"
    assert [row["title"] for row in export_of(person)["hosted"]] == [mine.title]
