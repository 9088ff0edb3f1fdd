"""The annual report at the desk."""

import csv
import io

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader
from pytest_django import DjangoAssertNumQueries

from perennial.apps.accounts.builders import make_person
from perennial.apps.courses.builders import completed, make_content
from perennial.apps.courses.services import publish_course
from perennial.apps.desk.builders import make_desk
from perennial.apps.providers.queries import Provider

pytestmark = pytest.mark.django_db
YEAR = timezone.localdate().year


@pytest.fixture
def provider(client: Client) -> Provider:
    """A provider with a course that one learner has completed; its administrator is signed in."""
    person = make_person()
    client.force_login(person)
    found = make_desk(person)
    completed(course=publish_course(content=make_content(title="=Grief"), provider=found.slug, listed=True))
    return found


def test_the_paper_and_the_table_tell_the_year(client: Client, provider: Provider) -> None:
    paper = client.get(reverse("desk:annual_file", args=[provider.slug, YEAR, "pdf"])).content
    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(paper)).pages)
    for told in (f"Annual report {YEAR}", "=Grief", "List samples.", "Complaints", "not over yet", "Fine."):
        assert told in text
    table = client.get(reverse("desk:annual_file", args=[provider.slug, YEAR, "csv"])).content.decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(table))
    assert (row["course"], row["completed"], row["mean_of_5"]) == ("'=Grief", "1", "4.00")


def test_a_year_without_learners_and_one_that_is_none(client: Client, provider: Provider) -> None:
    address = reverse("desk:annual", args=[provider.slug])
    assert client.get(address, {"year": "2001"}).context["page"].lines[0].course.completed == 0
    for asked in ("9" * 40, f"0{YEAR}{'0' * 5000}"):
        assert client.get(address, {"year": asked}).context["page"].year.year == YEAR
    assert client.get(reverse("desk:annual_file", args=[provider.slug, YEAR + 1, "pdf"])).status_code == 404


def test_the_page_asks_as_often_for_many_courses_as_for_one(
    client: Client, provider: Provider, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client.get(reverse("desk:annual", args=[provider.slug]))
    for _ in range(2):
        completed(course=publish_course(content=make_content(), provider=provider.slug, listed=True))
    with django_assert_num_queries(8):
        client.get(reverse("desk:annual", args=[provider.slug]))
