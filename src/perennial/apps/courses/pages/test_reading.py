"""How someone wants to read is kept for a person on every device, for a visitor in the browser."""

import pytest
from django.test import Client

from perennial.apps.accounts.builders import make_person
from perennial.apps.courses.builders import make_course

pytestmark = pytest.mark.django_db
CHOSEN = {"size": "large", "letters": "apart", "theme": "dark", "face": "nothing", "next": "/courses/"}


def test_a_visitor_keeps_it_in_this_browser_and_a_person_everywhere(client: Client) -> None:
    page = f"/courses/{make_course().slug}/read/01-part/"
    other = Client()
    assert client.post("/courses/reading/settings/", CHOSEN)["Location"] == "/courses/"
    assert 'data-size="large" data-letters="apart">' in client.get(page).content.decode()
    assert "data-letters" not in other.get(page).content.decode()
    person = make_person()
    client.force_login(person)
    client.post("/courses/reading/settings/", {**CHOSEN, "size": "largest"})
    other.force_login(person)
    elsewhere = other.get(page).content.decode()
    assert 'data-size="largest"' in elsewhere
    assert '<html lang="en" data-theme="dark"' in elsewhere


def test_it_leads_to_no_other_site(client: Client) -> None:
    assert client.post("/courses/reading/settings/", {"next": "https://example.org/"})["Location"] == "/courses/"
