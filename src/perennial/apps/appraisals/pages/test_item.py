"""One question of an appraisal."""

import pytest
from django.test import Client
from django.urls import reverse

from perennial.apps.appraisals.builders import answer_all, make_appraisal
from perennial.apps.appraisals.queries import answers_of
from perennial.apps.works.builders import make_notice

pytestmark = pytest.mark.django_db


def test_it_tells_what_to_look_for_and_goes_on_without_script(client: Client) -> None:
    one = make_appraisal()
    make_notice(work=one.work)
    client.force_login(one.person)
    reply = client.get(reverse("appraisals:next", args=[one.pk]))
    address = reverse("appraisals:item", args=[one.pk, "chance"])
    assert reply.headers["Location"] == address
    text = client.get(address).content.decode()
    assert all(words in text for words in ("Look for", "Why it matters", "For example", "This work was retracted", "Not reported"))
    reply = client.post(address, {"said": "yes", "page": "3", "quote": "a computer list", "note": "Blocks."})
    assert reply.headers["Location"] == reverse("appraisals:item", args=[one.pk, "concealed"])
    assert answers_of(one)["chance"].quote == "a computer list"


def test_a_script_gets_the_progress_alone(client: Client) -> None:
    one = make_appraisal()
    client.force_login(one.person)
    reply = client.post(reverse("appraisals:item", args=[one.pk, "chance"]), {"said": "no"}, headers={"HX-Request": "true"})
    text = reply.content.decode()
    assert "1 of 13 answered" in text
    assert "<html" not in text


def test_after_the_last_question_comes_the_summary_and_a_finished_one_is_locked(client: Client) -> None:
    one = make_appraisal()
    client.force_login(one.person)
    reply = client.post(reverse("appraisals:item", args=[one.pk, "delivered"]), {"said": "yes"})
    assert reply.headers["Location"] == reverse("appraisals:appraisal", args=[one.pk])
    answer_all(one)
    assert client.get(reverse("appraisals:next", args=[one.pk])).headers["Location"] == reverse("appraisals:appraisal", args=[one.pk])
    address = reverse("appraisals:item", args=[one.pk, "chance"])
    assert "stays as it is" in client.get(address).content.decode()
    assert client.post(address, {"said": "no"}).status_code == 409


@pytest.mark.parametrize(("name", "said", "status"), [("nothing", "yes", 404), ("chance", "", 409), ("chance", "maybe", 409)])
def test_what_the_form_does_not_ask_is_refused(client: Client, name: str, said: str, status: int) -> None:
    one = make_appraisal()
    client.force_login(one.person)
    assert client.post(reverse("appraisals:item", args=[one.pk, name]), {"said": said}).status_code == status
