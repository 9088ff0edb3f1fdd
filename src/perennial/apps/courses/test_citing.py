"""References of a course whose work was retracted."""

from dataclasses import replace

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from perennial.apps.courses.builders import make_content
from perennial.apps.courses.services import keep_course
from perennial.apps.works.queries import work_of
from perennial.apps.works.services import import_retractions
from perennial.core.literature.test_literature import HEAD

pytestmark = pytest.mark.django_db


def test_they_are_works_and_are_marked_on_the_course_and_in_the_part_that_cites_them(client: Client) -> None:
    content = make_content()
    first, second = content.sections
    content = replace(content, sections=(replace(first, text=f"{first.text} So it is [@ref]."), second))
    keep_course(content=content)
    assert work_of(content.references[0].doi) is not None
    course = reverse("courses:course", args=[content.slug])
    cites, other = (reverse("courses:section", args=[content.slug, stem]) for stem in ("01-part", "02-part"))
    assert "Retracted" not in client.get(course).content.decode()
    import_retractions(lines=[HEAD, f"7,A,{content.references[0].doi},,10/4/2021 0:00,Retraction,\n"], at=timezone.now())
    assert "Retracted" in client.get(course).content.decode()
    assert "Retracted on 4 October 2021:</b> reference 1" in client.get(cites).content.decode()
    assert "Retracted" not in client.get(other).content.decode()
