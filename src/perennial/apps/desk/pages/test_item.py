"""The correction of a key at the desk: looked at, entered, scored again, told."""

from dataclasses import asdict

import pytest
from django.http import QueryDict
from django.test import Client
from django.utils import timezone

from perennial.apps.accounts.builders import make_person
from perennial.apps.assessments.builders import make_item
from perennial.apps.assessments.queries import QuestionInBank, attempts_of, corrections_of, question_of
from perennial.apps.courses.builders import make_content, make_course, make_enrolment, right_answers
from perennial.apps.courses.queries import Enrolment, purpose_of
from perennial.apps.courses.services import hand_in, start_test
from perennial.apps.desk.builders import make_desk
from perennial.apps.desk.models import Draft
from perennial.apps.desk.pages.item import key_in
from perennial.apps.desk.tasks import score_again_later
from perennial.apps.notices.queries import notices_of
from perennial.core.values import Refusal

pytestmark = pytest.mark.django_db


def published() -> tuple[str, Enrolment]:
    """A course of a desk, and somebody who missed its one right answer of question i00."""
    content, person, now = make_content(), make_person(), timezone.now()
    provider = make_desk(person)
    Draft.objects.create(provider=provider, slug=content.slug, title=content.title, made_by=person, made_at=now, changed_at=now)
    enrolment = make_enrolment(course=make_course(content, provider=provider.slug))
    while True:
        attempt = start_test(enrolment=enrolment, at=now)
        given = right_answers(attempt)
        if "i00" in given:
            given["i00"] = ["a" if given["i00"] != ["a"] else "b"]
            hand_in(attempt=attempt, given=given, at=now)
            return f"/desk/{provider.slug}/courses/{content.slug}/items/", enrolment
        hand_in(attempt=attempt, given={}, at=now)


def author_of(address: str, client: Client) -> None:
    author = Draft.objects.select_related("made_by").get(slug=address.split("/")[4]).made_by
    assert author is not None
    client.force_login(author)


def test_a_key_is_corrected_after_a_look_and_the_learner_passes_and_is_told(client: Client) -> None:
    address, enrolment = published()
    author_of(address, client)
    page = client.post(f"{address}i00/", {"everyone": "1", "reason": "Two options are right.", "confirm": "1"}).content.decode()
    assert "1 attempt asked this question. 1 score would rise, 1 now pass." in page
    assert not corrections_of(enrolment.course.bank, "i00")
    form = {"everyone": "1", "reason": "Two options are right.", "confirm": "1", "looked": '{"everyone": true}'}
    client.post(f"{address}i00/", form)
    (made,) = corrections_of(enrolment.course.bank, "i00")
    score_again_later.func(correction=made.entry.pk)
    score_again_later.func(correction=made.entry.pk)
    assert "1 attempt scored again, 1 rose, 1 passed by it." in client.get(f"{address}i00/").content.decode()
    last = attempts_of(enrolment.person, purpose_of(enrolment))[-1]
    assert (last.score_percent, last.passed) == (100, True)
    assert [notice.title for notice in notices_of(enrolment.person)] == [f"You have passed the test: {enrolment.course.title}"]
    client.force_login(enrolment.person)
    assert "With that you passed." in client.get(f"/courses/{enrolment.slug}/test/{last.number}/results/").content.decode()


def test_what_is_no_key_is_told_and_changes_nothing(client: Client) -> None:
    address, enrolment = published()
    author_of(address, client)
    for form in (
        {"reason": "x"},
        {"places": "9" * 5000, "reason": "x"},
        {"places": "99", "reason": "x"},
        {"places": ["0", "1"], "reason": "x"},
    ):
        assert "Mark the right option" in client.post(f"{address}i00/", {**form, "look": "1"}).content.decode()
    reply = client.post(f"{address}i00/", {"everyone": "1", "reason": " ", "confirm": "1", "looked": '{"everyone": true}'})
    assert "Say why" in reply.content.decode()
    assert client.get(f"{address}nothing/").status_code == 404
    assert not corrections_of(enrolment.course.bank, "i00")


def test_nobody_else_sees_or_corrects(client: Client) -> None:
    address, enrolment = published()
    client.force_login(enrolment.person)
    assert client.get(address).status_code == 404
    assert client.post(f"{address}i00/", {"everyone": "1"}).status_code == 404


@pytest.mark.parametrize("sent", ["1e-999999999", "0e-999999999", "1e999999999", "1" * 5000, "0." + "0" * 5000 + "1", "NaN", "two"])
def test_a_number_that_nobody_can_write_out_is_no_key(sent: str) -> None:
    asked = QueryDict(mutable=True)
    asked["value"] = sent
    with pytest.raises(Refusal, match="as a number"):
        key_in(asked, question_of(0, 1, QuestionInBank(item_id="i", data=asdict(make_item(0, kind="numeric"))), None))
