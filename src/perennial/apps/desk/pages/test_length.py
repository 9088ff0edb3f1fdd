"""The lengths of a draft by every method, and what each body would give."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from perennial.apps.accounts.builders import make_person
from perennial.apps.desk.builders import make_draft, make_whole_draft
from perennial.apps.desk.lengths import lengths_of
from perennial.apps.desk.publishing import choose_bodies

pytestmark = pytest.mark.django_db


def test_a_draft_that_is_no_course_yet_says_so(client: Client) -> None:
    person = make_person()
    draft = make_draft(person=person)
    client.force_login(person)
    page = client.get(reverse("desk:length", args=[draft.provider.slug, draft.slug]))
    assert page.status_code == 200
    assert "Not readable yet" in page.content.decode()


def test_methods_stand_side_by_side_and_each_body_rounds_its_own_way(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    person = make_person()
    draft = make_whole_draft(person=person)
    choose_bodies(draft=draft, slugs=["NBCC_ACEP", "APA"], at=timezone.now())
    client.force_login(person)
    with django_assert_max_num_queries(8):
        reply = client.get(reverse("desk:length", args=[draft.provider.slug, draft.slug]))
    page = reply.context["page"]
    assert page.claim == "0.5 CE hours of 60 minutes, by 6,000 words an hour"
    assert [(row.name, row.is_claim) for row in page.methods] == [("6,000 words an hour", True), ("Mergener formula", False)]
    by_words = {row.body.slug: row.credits[0][0] for row in page.rows}
    assert (by_words["APA"], by_words["NBCC_ACEP"], by_words["IACET"]) == ("0 h", "0.5 h", "0.1 CEU")
    assert [row.body.slug for row in page.rows[:3]] == ["LIBRARY", "APA", "NBCC_ACEP"]
    assert [finding.check for finding in page.rows[1].findings] == ["hour_least", "hours_claimed"]


def test_minutes_are_told_without_an_empty_tenth() -> None:
    assert [one.minutes for one in lengths_of(None, [])] == ["0 minutes"]
    assert [one.minutes for one in lengths_of(None, ["word " * 150])] == ["1.5 minutes"]
