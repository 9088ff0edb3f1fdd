"""The page of one practice."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from perennial.apps.accounts.builders import make_person
from perennial.apps.courses.builders import make_content, make_course
from perennial.apps.portal.pages import practice as pages
from perennial.apps.portal.pages.practice import TOPICS, PracticePage
from perennial.apps.portal.practice_evidence import EffectLine
from perennial.apps.portal.services import record_of
from perennial.apps.practices import loading
from perennial.apps.practices.builders import make_practice
from perennial.apps.practices.queries import all_practices
from perennial.apps.practices.services import follow
from perennial.apps.resources import loading as resources
from perennial.apps.resources.queries import Filters, resources_for
from perennial.apps.works.builders import make_notice

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 27, 12, tzinfo=UTC)
DOI = "10.1000/key"
REFERENCE = {"doi": DOI, "text": "Sample, A. (2020). A key work."}


def page_of(client: Client, slug: str) -> PracticePage:
    """What the page of a practice shows."""
    page: PracticePage = client.get(f"/practices/{slug}/").context["page"]
    return page


def test_it_shows_neighbors_and_what_is_part_of_it_near_and_far(client: Client) -> None:
    top = make_practice(slug="top", related=["side", "gone"])
    make_practice(slug="middle", broader=["top"])
    make_practice(slug="low", broader=["middle"])
    make_practice(slug="side")
    page = page_of(client, top.slug)
    assert {one.slug for one in page.narrower} == {"middle", "low"}
    assert [one.slug for one in page.related] == ["side"]
    assert [one.slug for one in page_of(client, "low").broader] == ["middle"]


def test_courses_of_what_is_part_of_it_come_after_its_own(client: Client) -> None:
    make_practice(slug="top")
    make_practice(slug="low", broader=["top"])
    make_course(replace(make_content(), slug="on-low", practices=("low",)))
    make_course(replace(make_content(), slug="on-top", practices=("top",)))
    make_course(replace(make_content(), slug="elsewhere", practices=("other",)))
    assert [one.slug for one in page_of(client, "top").courses] == ["on-top", "on-low"]


def test_a_retracted_reference_is_marked_with_its_notice(client: Client) -> None:
    make_practice(slug="one", references=[REFERENCE])
    assert page_of(client, "one").references[0].marked is None
    make_notice(doi=DOI, nature="retraction", on=date(2025, 3, 4), notice_doi="10.1000/notice")
    shown = client.get("/practices/one/").content.decode()
    assert "Retracted" in shown
    assert "4 March 2025" in shown
    assert "https://doi.org/10.1000/notice" in shown


def test_what_is_not_there_shows_no_heading(client: Client) -> None:
    make_practice(slug="one")
    shown = client.get("/practices/one/").content.decode()
    for heading in ("What trials find", "The strongest works", "The newest works", "Good things elsewhere"):
        assert heading not in shown


def test_a_pooled_effect_is_shown_where_an_area_gives_one(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    make_practice(slug="one")
    monkeypatch.setattr(pages, "effects_of", lambda _: [EffectLine("Ten of 100 more get well.", "Few trials.", "/pool/1/")])
    shown = client.get("/practices/one/").content.decode()
    assert "Ten of 100 more get well." in shown
    assert "/pool/1/" in shown


def test_every_topic_of_outside_resources_leads_from_a_practice_that_is_there() -> None:
    loading.load(lambda _: None)
    resources.load(lambda _: None)
    assert set(TOPICS) <= {one.slug for one in all_practices()}
    assert {topic for topics in TOPICS.values() for topic in topics} == set(resources_for(Filters()).topics)


def test_resources_that_are_really_free_come_first(client: Client) -> None:
    loading.load(lambda _: None)
    resources.load(lambda _: None)
    free = [one.really_free for one in page_of(client, "suicide-risk").resources]
    assert free
    assert free == sorted(free, reverse=True)


def test_following_shows_and_its_change_can_be_undone(client: Client) -> None:
    practice, person = make_practice(slug="one"), make_person()
    client.force_login(person)
    assert not page_of(client, "one").followed
    follow(person=person, practice=practice, at=AT)
    shown = client.get("/practices/one/?now=one").content.decode()
    assert "Undo" in shown
    assert "/practices/one/unfollow/" in shown


def test_what_is_not_on_the_map_is_not_found(client: Client) -> None:
    make_practice(slug="hidden", is_listed=False)
    assert client.get("/practices/hidden/").status_code == 404
    assert client.get("/practices/nowhere/").status_code == 404


@pytest.mark.parametrize("count", [1, 12])
def test_the_number_of_queries_does_not_grow(client: Client, count: int, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    make_practice(slug="top", references=[REFERENCE] * count, related=[f"side-{number}" for number in range(count)])
    for number in range(count):
        make_practice(slug=f"side-{number}")
        make_practice(slug=f"low-{number}", broader=["top"])
        make_course(replace(make_content(), slug=f"course-{number}", practices=("top",)))
    client.force_login(make_person())
    page_of(client, "top")
    with django_assert_num_queries(12):
        page_of(client, "top")


def test_the_record_of_a_person_tells_what_they_follow() -> None:
    practice, person = make_practice(), make_person()
    follow(person=person, practice=practice, at=AT)
    assert record_of(person, AT)["practices_followed"] == [
        {"practice": practice.slug, "name": practice.name, "since": "2026-11-27T12:00:00+00:00"}
    ]
