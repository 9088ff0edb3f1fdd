"""How the questions of a course were answered, as its author sees it."""

import pytest
from django.test import Client
from django.utils import timezone

from perennial.apps.accounts.builders import make_person
from perennial.apps.courses.builders import completed, make_content, make_course
from perennial.apps.desk.builders import make_desk
from perennial.apps.desk.models import Draft

pytestmark = pytest.mark.django_db


def test_figures_show_once_there_are_attempts_and_nothing_is_judged_too_early(client: Client) -> None:
    content, person, now = make_content(), make_person(), timezone.now()
    provider = make_desk(person)
    Draft.objects.create(provider=provider, slug=content.slug, title=content.title, made_by=person, made_at=now, changed_at=now)
    client.force_login(person)
    address = f"/desk/{provider.slug}/courses/{content.slug}/items/"
    assert "Publish the course first." in client.get(address).content.decode()
    course = make_course(content, provider=provider.slug)
    assert "No attempts yet" in client.get(address).content.decode()
    completed(course=course)
    page = client.get(address).content.decode()
    assert "1 first attempt, on average 100\u00a0% right" in page
    assert "Too few to judge" in page
    assert page.count("too few") == 6
    client.force_login(make_person())
    assert client.get(address).status_code == 404
