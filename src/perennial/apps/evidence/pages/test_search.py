"""The search of evidence."""

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from perennial.apps.accounts.builders import make_person
from perennial.apps.evidence.builders import make_saved
from perennial.apps.evidence.indexing import follow
from perennial.apps.evidence.pages.search import SearchPage
from perennial.apps.practices.builders import make_practice
from perennial.apps.works.builders import make_notice, make_work
from perennial.apps.works.services import say_practices

pytestmark = pytest.mark.django_db
TRIAL = ["Randomized Controlled Trial"]


def page_of(client: Client, **asked: str) -> SearchPage:
    """What the page shows."""
    page: SearchPage = client.get("/evidence/", asked).context["page"]
    return page


def test_what_fits_comes_with_its_reasons_and_what_is_retracted_last(client: Client) -> None:
    trial = make_work(title="Exposure for fear of dogs: a randomized trial", kinds=TRIAL, year=2024)
    gone = make_work(title="Exposure for fear of dogs: another trial", kinds=TRIAL, year=2025)
    make_work(title="Sleep in shifts")
    make_notice(work=gone)
    follow(at=timezone.now())
    page = page_of(client, q="dogs exposure")
    assert [row.work.pk for row in page.found.rows] == [trial.pk, gone.pk]
    assert list(page.found.rows[0].reasons) == ["“dogs” and “exposure” in the title", "randomized trial", "2024"]
    shown = client.get("/evidence/", {"q": "dogs exposure"}).content.decode()
    for words in ("Why here:", "Retracted", f"/works/{trial.pk}/", f"/appraisals/new/?work={trial.pk}", f"/clubs/hold/?work={trial.pk}"):
        assert words in shown


def test_a_filter_by_practice_takes_in_its_parts_and_other_names_find_it(client: Client) -> None:
    make_practice(slug="top", name="Behavior therapy")
    make_practice(slug="low", name="Prolonged exposure", broader=["top"], abbreviations=["PE"])
    work = make_work(title="Fear that fades")
    say_practices(work=work, slugs=["low"], how="person")
    follow(at=timezone.now())
    assert [row.work.pk for row in page_of(client, practice="top").found.rows] == [work.pk]
    (row,) = page_of(client, q="PE").found.rows
    assert row.reasons[0] == "on the map under “PE”"
    assert page_of(client, practice="none").question.practice == ""


def test_a_reason_tells_our_own_lines_from_an_abstract(client: Client) -> None:
    make_work(title="First", abstract="Fear of dogs.")
    make_work(title="Second", summary="Fear of cats.")
    follow(at=timezone.now())
    assert page_of(client, q="dogs").found.rows[0].reasons[0] == "“dogs” in the abstract"
    assert page_of(client, q="cats").found.rows[0].reasons[0] == "“cats” in our two lines on it"


def test_a_slip_is_forgiven_and_said(client: Client) -> None:
    make_work(title="Grief in adolescents")
    follow(at=timezone.now())
    shown = client.get("/evidence/", {"q": "adolescants"}).content.decode()
    assert "Did you mean “adolescents”?" in shown
    assert "Grief in adolescents" in shown


def test_empty_states_say_what_to_try(client: Client) -> None:
    assert "perennial load" in client.get("/evidence/").content.decode()
    make_work()
    follow(at=timezone.now())
    shown = client.get("/evidence/", {"q": "zzzzzzz", "free": "1"}).content.decode()
    assert "Nothing fits" in shown
    assert "Also what is not free" in shown


@pytest.mark.parametrize("asked", [{"from": "x", "to": "99999"}, {"start": "999999"}, {"level": "none"}, {"q": "\x00"}, {"seen": "-1"}])
def test_what_cannot_be_asked_is_left_out(client: Client, asked: dict[str, str]) -> None:
    make_work()
    follow(at=timezone.now())
    assert client.get("/evidence/", asked).status_code == 200
    assert page_of(client, **asked).found.count == 1


def test_pages_go_on_and_back(client: Client) -> None:
    for _ in range(45):
        make_work()
    follow(at=timezone.now())
    page = page_of(client, q="sample", start="20")
    assert (page.shown, page.before, page.after) == ((21, 40), "?q=sample", "?q=sample&start=40")


def test_a_search_can_be_kept_and_says_so(client: Client) -> None:
    assert "Sign in to keep" in client.get("/evidence/", {"q": "exposure"}).content.decode()
    person = make_person()
    client.force_login(person)
    assert "Keep this search" in client.get("/evidence/", {"q": "exposure"}).content.decode()
    make_saved(person=person, name="Mine")
    assert "Kept as: Mine" in client.get("/evidence/", {"q": "exposure"}).content.decode()


@pytest.mark.parametrize("count", [2, 20])
def test_the_number_of_queries_does_not_grow(client: Client, count: int, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    practice = make_practice()
    for _ in range(count):
        say_practices(work=make_work(), slugs=[practice.slug], how="person")
    follow(at=timezone.now())
    client.get("/evidence/", {"q": "sample"})
    with django_assert_num_queries(8):
        assert len(page_of(client, q="sample").found.rows) == count


def test_a_doi_or_a_pubmed_number_finds_its_work_and_no_other(client: Client) -> None:
    work = make_work(title="Exposure for fear of dogs", pmid="7654321", year=2001)
    make_work(title="Another of 10 works, or 7654321 of them", year=2002)
    follow(at=timezone.now())
    by_doi, by_pmid = "it has this DOI", "it has this PubMed number"
    for typed, because in ((work.doi, by_doi), (f"https://doi.org/{work.doi}", by_doi), ("7654321", by_pmid)):
        (row,) = page_of(client, q=typed, **{"from": "2010"}).found.rows
        assert (row.work.pk, list(row.reasons)) == (work.pk, [because])
    assert "Not known here" in client.get("/evidence/", {"q": "10.1000/unheard"}).content.decode()
    client.force_login(make_person())
    shown = client.get("/evidence/", {"q": "10.1000/unheard"}).content.decode()
    assert "Look it up" in shown
    assert "Go to the 0 works" not in shown


def test_years_the_wrong_way_round_are_read_as_meant(client: Client) -> None:
    question = page_of(client, q="dogs", **{"from": "2020", "to": "2010"}).question
    assert (question.from_year, question.to_year) == (2010, 2020)


def test_a_work_just_kept_is_marked(client: Client) -> None:
    work = make_work(title="Exposure for fear of dogs")
    follow(at=timezone.now())
    assert "Kept in my library" in client.get("/evidence/", {"q": "dogs", "kept": str(work.pk)}).content.decode()
    for kept in ("", "0", "x", "9" * 40):
        assert "Kept in my library" not in client.get("/evidence/", {"q": "dogs", "kept": kept}).content.decode()
