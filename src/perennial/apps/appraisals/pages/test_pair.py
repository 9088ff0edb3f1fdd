"""Two raters: blind until both have finished, then compared."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from perennial.apps.accounts.builders import make_person
from perennial.apps.appraisals.access import token_of_pairing
from perennial.apps.appraisals.builders import answer_all, make_appraisal, make_pair
from perennial.apps.appraisals.services import Words, save_answer, start_pairing
from perennial.apps.works.builders import make_notice

pytestmark = pytest.mark.django_db


def test_the_second_rater_joins_by_a_button_and_nobody_after(client: Client) -> None:
    mine = make_appraisal()
    pairing = start_pairing(appraisal=mine, at=timezone.now())
    address = reverse("appraisals:join", args=[token_of_pairing(pairing)])
    client.force_login(make_person())
    assert "Begin as second rater" in client.get(address).content.decode()
    assert client.post(address).status_code == 302
    assert client.get(address).headers["Location"] == reverse("appraisals:pair", args=[pairing.pk])
    client.force_login(make_person())
    assert "two raters already" in client.get(address).content.decode()
    assert client.post(address).status_code == 409
    assert client.get(reverse("appraisals:join", args=["1:forged"])).status_code == 404


def test_nothing_of_the_other_shows_until_both_have_finished(client: Client) -> None:
    pairing, mine, theirs = make_pair()
    make_notice(work=pairing.work)
    save_answer(appraisal=theirs, item="chance", said="no", words=Words(note="Their secret."), at=timezone.now())
    answer_all(mine)
    address = reverse("appraisals:pair", args=[pairing.pk])
    client.force_login(mine.person)
    text = client.get(address).content.decode()
    assert "Their secret." not in text
    assert "kappa" not in text
    assert "This work was retracted" in text
    for other in (reverse("appraisals:appraisal", args=[theirs.pk]), reverse("appraisals:item", args=[theirs.pk, "chance"])):
        assert client.get(other).status_code == 404


def test_figures_differences_and_what_they_agree_on(client: Client, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    pairing, mine, theirs = make_pair()
    answer_all(mine, but={"chance": "no", "interests": "not_applicable"})
    answer_all(theirs, but={"interests": "not_applicable", "exact": "partly"})
    client.force_login(theirs.person)
    address = reverse("appraisals:pair", args=[pairing.pk])
    client.get(address)
    with django_assert_num_queries(8):  # session, person, pair, appraisals, two times answers, what was agreed on, notices
        text = client.get(address).content.decode()
    assert all(words in text for words in ("10 of 12 questions answered the same", "83\u00a0%", "Gwet", "question 12", "Where you differ"))
    text = client.post(address, {"item": "chance", "said": "no", "reason": "Odd file numbers."}, follow=True).content.decode()
    assert "Odd file numbers." in text
    assert "What you say together" not in text
    text = client.post(address, {"item": "exact", "said": "partly", "reason": "A wide interval."}, follow=True).content.decode()
    assert "What you say together" in text
    assert text.count("A wide interval.") >= 2
    assert client.post(address, {"item": "chance", "said": "no", "reason": ""}).status_code == 409


def test_where_all_is_alike_kappa_is_said_not_to_be_defined(client: Client) -> None:
    pairing, mine, theirs = make_pair()
    answer_all(mine)
    answer_all(theirs)
    client.force_login(mine.person)
    text = client.get(reverse("appraisals:pair", args=[pairing.pk])).content.decode()
    assert "Not defined" in text
    assert "kappa is not defined" in text
    assert "You differ nowhere" in text
