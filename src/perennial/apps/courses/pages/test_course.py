"""The page of a course: where to begin, where to go on, who may see what."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from perennial.apps.accounts.builders import make_person
from perennial.apps.courses.builders import completed, make_content, make_course, make_enrolment
from perennial.apps.courses.services import keep_course
from perennial.apps.licenses.builders import make_license
from perennial.apps.practices.builders import make_practice
from perennial.apps.providers.builders import make_approval, make_provider
from perennial.apps.providers.services import keep_papers
from perennial.core import courses as core

pytestmark = pytest.mark.django_db


def text_of(client: Client, address: str) -> str:
    reply = client.get(address)
    assert reply.status_code == 200, reply
    return reply.content.decode()


def test_starting_leads_into_the_first_part_and_back_to_where_one_was(client: Client) -> None:
    course = make_course()
    client.force_login(make_person())
    first = client.post(f"/courses/{course.slug}/start/")
    assert first["Location"].endswith("/read/01-part/")
    client.get(f"/courses/{course.slug}/read/02-part/")
    assert client.post(f"/courses/{course.slug}/start/")["Location"].endswith("/read/02-part/")
    assert "/read/02-part/" in text_of(client, f"/courses/{course.slug}/")


def test_a_newer_text_is_named_to_who_began_on_the_older(client: Client) -> None:
    enrolment = make_enrolment()
    keep_course(content=make_content(slug=enrolment.slug, version=2))
    client.force_login(enrolment.person)
    assert "There is a newer text" in text_of(client, f"/courses/{enrolment.slug}/")


def test_what_does_not_exist_is_404(client: Client) -> None:
    course = make_course()
    client.force_login(make_person())
    for address in (
        "nothing/",
        f"{course.slug}/read/nothing/",
        f"{course.slug}/test/",
        f"{course.slug}/complete/",
        f"{course.slug}/evaluation/",
    ):
        assert client.get(f"/courses/{address}").status_code == 404, address


def test_every_page_for_a_reader_asks_a_stranger_to_sign_in(client: Client) -> None:
    course = make_course()
    for address in ("test/", "test/1/results/", "evaluation/", "complete/"):
        assert "/account/login/" in client.get(f"/courses/{course.slug}/{address}")["Location"]
    for address in ("start/", "test/start/", "test/1/", "read/01-part/done/", "read/01-part/note/"):
        assert "/account/login/" in client.post(f"/courses/{course.slug}/{address}")["Location"]


def test_each_license_of_the_reader_says_whether_the_course_counts(client: Client) -> None:
    course, license = make_course(), make_license()
    make_license(jurisdiction="TX")
    client.force_login(license.person)
    text = text_of(client, f"/courses/{course.slug}/")
    assert "Will it count for you?" in text
    assert "California LCSW" in text
    assert "Texas" not in text
    assert "It names no approver, and the rule names some." in text


def test_a_reader_without_licenses_and_a_stranger_learn_how_to_get_the_answer(client: Client) -> None:
    course = make_course()
    assert f"/account/login/?next=/courses/{course.slug}/%23verdict" in text_of(client, f"/courses/{course.slug}/")
    client.force_login(make_person())
    assert "Add a license</a>, and see here whether this course counts for it." in text_of(client, f"/courses/{course.slug}/")


def test_what_a_license_lacks_can_be_entered_from_there(client: Client) -> None:
    course, license = make_course(), make_license(jurisdiction="OR")
    client.force_login(license.person)
    text = text_of(client, f"/courses/{course.slug}/")
    assert "The license lacks the month of birth" in text
    assert f'href="/licenses/{license.pk}/"' in text


def test_a_course_completed_today_is_in_the_record_already(client: Client) -> None:
    license = make_license()
    enrolment = completed(person=license.person)
    client.force_login(license.person)
    text = text_of(client, f"/courses/{enrolment.slug}/")
    assert "If you take it again and finish it on" in text
    assert "It is in your record already" in text


def test_the_number_of_queries_does_not_grow_with_licenses(client: Client, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    course, person = make_course(), make_person()
    client.force_login(person)
    client.get(f"/courses/{course.slug}/")  # its content is kept in memory from here on
    for number, state in enumerate(("TX", "CA", "NY")):
        make_license(person=person, jurisdiction=state, number=str(number))
        with django_assert_num_queries(15):
            client.get(f"/courses/{course.slug}/")


def test_what_stands_behind_a_course_is_told(client: Client) -> None:
    """What to take first, approvals in force with their statement, declarations, how it begins, and its versions."""
    first = make_course(make_content(title="The groundwork"))
    declared = core.Declaration("Sample Author", "author", date(2026, 3, 2), "No dealings with an ineligible company.")
    content = replace(make_content(title="The building"), prerequisites=(first.slug, "gone"), declarations=(declared,))
    provider = make_provider(name="Hill Institute", is_sample=False)
    make_approval(provider=provider, body="NBCC", ends_on=timezone.localdate() + timedelta(days=10))
    make_approval(provider=provider, body="Lapsed Body", ends_on=timezone.localdate())
    keep_course(content=content, provider=provider.slug)
    keep_course(content=replace(content, version=2, title="The building, again"), provider=provider.slug)
    page = client.get(f"/courses/{content.slug}/").content.decode()
    for words in ("The groundwork", "gone, not offered here now", "No dealings with an ineligible company.", "Declared 2 March 2026"):
        assert words in page, words
    for words in ("NBCC, no. SAMPLE-0000", "A sample.", "Hill Institute", "How it begins: Part 1", "Versions (2)"):
        assert words in page, words
    assert "Lapsed Body" not in page
    assert "other policies of" not in page
    keep_papers(provider=provider, name=provider.name, address="", policies={"accommodation": "Write to <us>."}, administrators=[])
    page = client.get(f"/courses/{content.slug}/").content.decode()
    assert "Write to &lt;us&gt;." in page
    assert "Refunds and cancellation" not in page
    assert "holds no approval" not in page


def test_what_it_teaches_leads_to_the_map_where_it_is_there(client: Client) -> None:
    course = make_course()
    assert "On the map" not in client.get(f"/courses/{course.slug}/").content.decode()
    make_practice(slug=course.practices[0], name="Taking samples")
    shown = client.get(f"/courses/{course.slug}/").content.decode()
    assert f'<a href="/practices/{course.practices[0]}/">Taking samples</a>' in shown
