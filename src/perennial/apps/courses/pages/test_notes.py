"""Notes and highlights: made once, merged, removed and put back, taken along, and no one else's."""

from uuid import uuid4

import pytest
from django.test import Client

from perennial.apps.courses.builders import make_enrolment
from perennial.apps.courses.models import Enrolment, Highlight

pytestmark = pytest.mark.django_db


def marked(client: Client, enrolment: Enrolment, quote: str = "Words of") -> Highlight:
    """A highlight made as the script makes it, sent twice."""
    client.force_login(enrolment.person)
    uid = uuid4()
    address = f"/api/v1/courses/{enrolment.slug}/sections/01-part/highlights/{uid}"
    for _ in range(2):
        reply = client.put(address, {"quote": quote, "before": "A heading ", "after": " 1."}, content_type="application/json")
        assert reply.status_code == 200, reply.content
    return Highlight.objects.get(uid=uid)


def text_of(client: Client, address: str) -> str:
    reply = client.get(address)
    assert reply.status_code == 200, reply
    return reply.content.decode()


def test_a_highlight_with_its_note_is_listed_and_taken_along(client: Client) -> None:
    enrolment = make_enrolment()
    made = marked(client, enrolment)
    one = f"/courses/{enrolment.slug}/highlights/{made.uid}/"
    assert client.post(one, {"text": "First thought", "revision": "0"})["Location"].endswith("/read/01-part/#highlights")
    client.post(one, {"text": "Second thought", "revision": "0"})
    for address in ("read/01-part/", "notes/"):
        page = text_of(client, f"/courses/{enrolment.slug}/{address}")
        assert "First thought" in page
        assert "Second thought" in page
    reply = client.get(f"/courses/{enrolment.slug}/notes.md")
    assert "> Words of\n\nFirst thought\n\nSecond thought\n" in reply.content.decode()
    assert reply.headers["Content-Disposition"].startswith("attachment")


def test_what_is_removed_can_be_put_back(client: Client) -> None:
    enrolment = make_enrolment()
    one = f"/courses/{enrolment.slug}/highlights/{marked(client, enrolment).uid}/"
    client.post(one, {"remove": "1"})
    assert "Words of" not in text_of(client, f"/courses/{enrolment.slug}/notes.md")
    assert "Put back" in text_of(client, f"/courses/{enrolment.slug}/notes/")
    client.post(one, {"restore": "1", "back": "notes"})
    assert "> Words of" in text_of(client, f"/courses/{enrolment.slug}/notes.md")


def test_no_one_else_reads_or_changes_it(client: Client) -> None:
    enrolment = make_enrolment()
    made = marked(client, enrolment)
    client.force_login(make_enrolment(course=enrolment.course).person)
    assert client.post(f"/courses/{enrolment.slug}/highlights/{made.uid}/", {"remove": "1"}).status_code == 404
    assert "Words of" not in text_of(client, f"/courses/{enrolment.slug}/notes.md")
    assert Highlight.objects.get().removed_at is None


@pytest.mark.parametrize("quote", ["", "  ", "x" * 2001])
def test_a_passage_of_no_length_or_too_long_is_refused_in_words(client: Client, quote: str) -> None:
    enrolment = make_enrolment()
    client.force_login(enrolment.person)
    address = f"/api/v1/courses/{enrolment.slug}/sections/01-part/highlights/{uuid4()}"
    reply = client.put(address, {"quote": quote}, content_type="application/json")
    assert reply.status_code == 409
    assert "elect" in reply.json()["detail"]
