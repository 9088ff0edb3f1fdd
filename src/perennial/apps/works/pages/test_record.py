"""The page of one work."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from perennial.apps.practices.builders import make_practice
from perennial.apps.works.builders import make_notice, make_work
from perennial.apps.works.services import say_practices

pytestmark = pytest.mark.django_db


def test_it_tells_what_it_is_how_strong_how_it_stands_and_where_to_read_it(client: Client) -> None:
    work = make_work(
        title="A sample",
        kinds=["Randomized Controlled Trial"],
        abstract="Aim: One.\nTwo <b>.",
        free_url="https://example.org/free",
        summary="Own lines.",
    )
    make_practice(slug="anxiety", name="Anxiety")
    say_practices(work=work, slugs=["anxiety"], how="library")
    make_notice(work=work, doi="", reason="Error in data")
    page = client.get(reverse("works:record", args=[work.pk])).content.decode()
    for told in (
        "<h1>A sample</h1>",
        "Randomized trial",
        "its publication type is Randomized Controlled Trial",
        "This work was retracted",
        "Reasons given: Error in data",
        "<p>Aim: One.</p><p>Two &lt;b&gt;.</p>",
        "Own lines.",
        "/practices/anxiety/",
        "https://example.org/free",
        f"https://doi.org/{work.doi}",
        f"https://pubmed.ncbi.nlm.nih.gov/{work.pmid}/",
        f"/appraisals/new/?work={work.pk}",
        "Sample AM, Example B. A sample. Journal of Samples. 2020;7:1-9.",
    ):
        assert told in page, told


def test_a_work_of_which_little_is_known_says_so(client: Client) -> None:
    work = make_work(
        doi="", pmid="", authors=[], year=None, container="", volume="", pages="", kinds=[], source="course", citation="A book."
    )
    page = client.get(reverse("works:record", args=[work.pk])).content.decode()
    assert "No abstract is kept here." in page
    assert "Design not known" in page
    assert "no proof that there is nothing" in page
    assert client.get(reverse("works:record", args=[work.pk + 1])).status_code == 404


def test_it_takes_as_many_queries_for_many_practices_as_for_one(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    work = make_work()
    slugs = [make_practice().slug for _ in range(8)]
    say_practices(work=work, slugs=slugs, how="person")
    with django_assert_max_num_queries(6):
        client.get(reverse("works:record", args=[work.pk]))


def test_its_trail_leads_to_the_search_and_types_are_words(client: Client) -> None:
    work = make_work(kinds=["journal-article", "Case Reports"])
    page = client.get(reverse("works:record", args=[work.pk])).content.decode()
    for told in (
        '<a href="/evidence/">Evidence</a>',
        "<dd>journal article, Case Reports</dd>",
        f"/clubs/hold/?work={work.pk}",
        'data-copy="apa"',
    ):
        assert told in page, told
