"""Looking up a DOI from wherever a work is wanted."""

import pytest
from django.test import Client
from django.urls import reverse

from perennial.apps.accounts.builders import make_person
from perennial.apps.works.builders import make_work
from perennial.apps.works.pages.look import own_address

pytestmark = pytest.mark.django_db
ADDRESS = reverse("works:look")


def test_a_work_that_is_known_leads_on_to_where_it_was_wanted(client: Client) -> None:
    client.force_login(make_person())
    work = make_work()
    wanted = client.post(ADDRESS, {"doi": work.doi, "next": "/clubs/hold/?paper=x", "back": "/clubs/hold/"})
    assert wanted.headers["Location"] == f"/clubs/hold/?work={work.pk}"
    for next_one in ("", "https://example.com/", "//example.com/", "javascript:alert(1)"):
        assert client.post(ADDRESS, {"doi": work.doi, "next": next_one}).headers["Location"] == reverse("works:record", args=[work.pk])


def test_where_nothing_may_be_asked_one_is_back_with_the_reason(client: Client) -> None:
    client.force_login(make_person())
    asked = {"doi": "10.1000/unknown", "next": "/clubs/hold/", "back": "/appraisals/new/?q=10.1000/unknown"}
    back = client.post(ADDRESS, asked, follow=True)
    assert back.redirect_chain[0][0] == "/appraisals/new/?q=10.1000/unknown"
    assert "PERENNIAL_NETWORK" in back.content.decode()
    assert client.post(ADDRESS, {"doi": "nonsense"}).status_code == 409


def test_a_stranger_is_asked_to_sign_in(client: Client) -> None:
    assert client.post(ADDRESS, {"doi": "10.1000/unknown"}).headers["Location"].startswith("/account/login/")


@pytest.mark.parametrize("text", ["a", "//a.example/", "/\\\\a.example", "http://a.example/", ""])
def test_only_addresses_of_this_site_are_gone_to(text: str) -> None:
    assert own_address(text) == ""
    assert own_address("/a/?b=c") == "/a/?b=c"
