"""The page of one appraisal."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from perennial.apps.appraisals.builders import answer_all, make_appraisal
from perennial.apps.appraisals.models import Appraisal
from perennial.apps.works.builders import make_notice

pytestmark = pytest.mark.django_db


def test_the_summary_is_in_words_and_has_no_total(client: Client, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    done = answer_all(make_appraisal(), but={"chance": "no", "measure": "partly"})
    make_notice(work=done.work)
    client.force_login(done.person)
    client.get(reverse("appraisals:appraisal", args=[done.pk]))
    with django_assert_num_queries(8):  # session, person, appraisal, answers, clients, minutes, notices, newer version
        text = client.get(reverse("appraisals:appraisal", args=[done.pk])).content.decode()
    for told in (
        "There is a weak point here",
        "Not clearly met everywhere",
        "Nothing here speaks against the study",
        "tends to look better than it is",
        "12 minutes, from the first to the last answer",
        "No credit comes from this by itself",
        "This work was retracted",
    ):
        assert told in text
    assert "score" not in text.lower()
    assert " of 13" not in text


def test_finishing_asks_for_every_answer_and_keeps_ones_own_words(client: Client) -> None:
    one = make_appraisal()
    client.force_login(one.person)
    address = reverse("appraisals:finish", args=[one.pk])
    assert client.post(address, {"said": "Careful.", "finish": "1"}).status_code == 409
    one.refresh_from_db()
    assert (one.said, one.finished_at) == ("Careful.", None)
    answer_all(one)
    text = client.post(address, {"finish": "1"}, follow=True).content.decode()
    assert "What I take from it" in text
    client.post(reverse("appraisals:correct", args=[one.pk]))
    assert "A newer version stands above this one" in client.get(reverse("appraisals:appraisal", args=[one.pk])).content.decode()
    assert Appraisal.objects.filter(person=one.person).count() == 2


def test_a_second_rater_is_asked_for_by_a_button(client: Client) -> None:
    one = make_appraisal()
    client.force_login(one.person)
    text = client.post(reverse("appraisals:start_pair", args=[one.pk]), follow=True).content.decode()
    assert "/appraisals/pairs/join/" in text
