"""The page of a work."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from perennial.apps.works.queries import work_of
from perennial.apps.works.services import import_retractions, keep_references
from perennial.core.literature.test_literature import HEAD

pytestmark = pytest.mark.django_db
DOI, CITATION = "10.1000/Sample.1", "A sample."


def test_it_tells_the_facts_whose_they_are_and_what_came_later(client: Client) -> None:
    keep_references(references=[(DOI, CITATION), ("", "Without DOI."), ("nonsense", "No DOI.")])
    row = f"7,A,{DOI},10.1000/n,10/4/2021 0:00,Retraction,+Data;\n"
    for _ in range(2):
        done = import_retractions(lines=[HEAD, row, "8,B,,,,Retraction,\n", "x,,,,,,\n"], at=timezone.now())
        assert (done.rows, done.kept, done.without_doi, done.unread) == (3, 1, 1, 1)
    work = work_of(DOI.upper())
    assert work is not None
    assert work.citation == CITATION
    page = client.get(reverse("works:work", args=[work.doi])).content.decode()
    for told in ("This work was retracted", "4 October 2021", "Reasons given: Data.", "text of a reference in a course"):
        assert told in page.lower() or told in page


def test_a_work_that_nobody_cited_is_not_there(client: Client) -> None:
    assert client.get(reverse("works:work", args=["10.1000/unknown"])).status_code == 404
