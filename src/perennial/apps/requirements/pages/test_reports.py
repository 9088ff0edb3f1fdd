"""The list of reports: for those who work for the site, and for no one else."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from perennial.apps.accounts.builders import make_person
from perennial.apps.requirements.builders import make_report
from perennial.apps.requirements.services import decide

pytestmark = pytest.mark.django_db
ADDRESS = reverse("requirements:reports")


@pytest.fixture
def staff(client: Client) -> Client:
    client.force_login(make_person(is_staff=True))
    return client


def test_nobody_else_sees_that_there_are_reports(client: Client) -> None:
    reporter = make_person()
    report = make_report(reporter=reporter)
    addresses = [ADDRESS, *(reverse(f"requirements:{name}", args=[report.pk]) for name in ("report", "change_file"))]
    for address in addresses:
        answer = client.get(address)
        assert (answer.status_code, answer.headers["Location"].startswith(reverse(settings.LOGIN_URL))) == (302, True)
    for person in (reporter, make_person()):
        client.force_login(person)
        assert {client.get(address).status_code for address in addresses} == {404}
        assert client.post(addresses[1], {"reply": "Yes", "do": "accept"}).status_code == 404
        assert ADDRESS not in client.get(reverse("requirements:coverage")).content.decode()
    report.refresh_from_db()
    assert report.state == "open"


def test_open_reports_come_first_and_each_state_has_its_list(staff: Client) -> None:
    done, waiting = make_report(should_say="The first."), make_report(should_say="The second.")
    decide(proposal=done, accept=False, reply="No.", by=make_person(is_staff=True), at=timezone.now())
    lists = {state: staff.get(ADDRESS, {"state": state} if state else {}).content.decode() for state in ("", "declined", "accepted", "all")}
    assert ("The second." in lists[""], "The first." in lists[""]) == (True, False)
    assert ("The second." in lists["declined"], "The first." in lists["declined"]) == (False, True)
    assert "No report here" in lists["accepted"]
    assert "The first." in lists["all"]
    assert f"{waiting.pk}: Hours in all" in lists["all"]
    assert "Open (1)" in lists["all"]


def test_untrusted_text_is_escaped(staff: Client) -> None:
    make_report(should_say="<script>alert(1)</script>", url="https://example.org/?<script>")
    assert "<script>alert" not in staff.get(ADDRESS).content.decode()


def test_the_list_costs_the_same_however_long_it_is(staff: Client, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    for number in range(60):
        make_report(should_say=f"Mistake {number}.")
    with django_assert_max_num_queries(5):
        page = staff.get(ADDRESS).content.decode()
    assert page.count('<h2 class="h3">') == 50
    assert staff.get(ADDRESS, {"page": "2"}).content.decode().count('<h2 class="h3">') == 10


def test_what_is_no_state_or_page_shows_the_open_ones(staff: Client) -> None:
    make_report()
    assert "Hours in all" in staff.get(ADDRESS, {"state": "lost", "page": "x"}).content.decode()


def test_whoever_works_for_the_site_finds_the_list_from_what_is_covered(staff: Client) -> None:
    make_report()
    page = staff.get(reverse("requirements:coverage")).content.decode()
    assert ADDRESS in page
    assert "1 open" in page
