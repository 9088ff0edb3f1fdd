"""A branching case without script: choices kept, taken back, sent twice, and played by who keeps nothing."""

from dataclasses import replace

import pytest
from django.test import Client

from perennial.apps.courses.builders import make_content, make_course, make_enrolment
from perennial.apps.courses.models import CaseRun
from perennial.apps.courses.queries import Course
from perennial.core.courses import Case, Choice, Step

pytestmark = pytest.mark.django_db
STEPS = (
    Step("door", "A *knock*. <script>x</script>", (Choice("Open it", "in", "You opened."), Choice("Wait", "late", "You waited."))),
    Step("in", "They come in.", ()),
    Step("late", "They leave.", (Choice("Call them back", "in", ""),)),
)


def course_with_case() -> Course:
    content = make_content()
    return make_course(replace(content, cases=(Case("knock", "A knock at the door", "01-part.md", "o1", "door", STEPS),)))


def test_choices_are_kept_taken_back_and_not_made_twice(client: Client) -> None:
    enrolment = make_enrolment(course=course_with_case())
    client.force_login(enrolment.person)
    address = f"/courses/{enrolment.slug}/cases/knock/"
    assert "<em>knock</em>" in client.get(address).content.decode()
    for _ in range(2):
        client.post(f"{address}choose/", {"after": "0", "choice": "1"})
    page = client.get(address).content.decode()
    assert "You waited." in page
    assert "They leave." in page
    assert "<script>x" not in page
    client.post(f"{address}choose/", {"after": "1", "choice": "0"})
    assert "Here the case ends" in client.get(address).content.decode()
    client.post(f"{address}choose/", {"back": "0"})
    client.post(f"{address}choose/", {"after": "0", "choice": "9"})
    run = CaseRun.objects.get()
    assert (run.way, run.seen) == ([], ["door", "in", "late"])


def test_who_has_not_begun_the_course_plays_by_links_and_nothing_is_kept(client: Client) -> None:
    course = course_with_case()
    address = f"/courses/{course.slug}/cases/knock/"
    assert 'href="?way=1#here"' in client.get(address).content.decode()
    assert "They come in." in client.get(f"{address}?way=1.0").content.decode()
    assert "It begins" in client.get(f"{address}?way=x.%00.99999999999.{'9' * 5000}").content.decode()
    assert not CaseRun.objects.exists()
    assert client.get(f"/courses/{course.slug}/cases/nothing/").status_code == 404
