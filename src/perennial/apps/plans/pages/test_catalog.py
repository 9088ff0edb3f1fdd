"""Loading a catalog."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from perennial.apps.accounts.builders import make_person
from perennial.apps.plans.queries import courses_kept

pytestmark = pytest.mark.django_db
TABLE = "id,title,hours,format,price\na,First,3,live_online,10\nb,Second,x,live_online,1\n"


def test_good_rows_are_taken_and_the_others_named(client: Client) -> None:
    person = make_person()
    client.force_login(person)
    text = client.post(reverse("plans:catalog"), {"file": SimpleUploadedFile("c.csv", TABLE.encode())}).content.decode()
    assert "1 of 2 courses taken" in text
    assert "row 2 (line 3), column hours" in text
    assert [course.title for course in courses_kept(person)] == ["First"]


def test_pasted_text_will_do(client: Client) -> None:
    person = make_person()
    client.force_login(person)
    client.post(reverse("plans:catalog"), {"text": '[{"title": "A", "hours": 2, "format": "reading", "price_cents": 0}]'})
    assert [course.minutes for course in courses_kept(person)] == [120]


@pytest.mark.parametrize("data", [{}, {"text": "not a table"}])
def test_a_file_of_no_use_changes_nothing_and_says_why(client: Client, data: dict[str, str]) -> None:
    client.force_login(make_person())
    page = client.post(reverse("plans:catalog"), data)
    assert page.status_code == 400
    assert 'role="alert"' in page.content.decode()


def test_the_page_lists_the_names_that_a_column_may_hold(client: Client) -> None:
    client.force_login(make_person())
    text = client.get(reverse("plans:catalog")).content.decode()
    for name in ("<code>boundaries</code> Professional boundaries", "<code>live_online</code> Live, online", "<code>NBCC_ACEP</code>"):
        assert name in text
