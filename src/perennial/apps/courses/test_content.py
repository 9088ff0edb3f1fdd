"""A course comes back from the table as it went in."""

import json
from pathlib import Path

import pytest
from django.conf import settings

from perennial.apps.courses.builders import make_content, make_course
from perennial.apps.courses.content import content_of, freeze, rendered, thaw
from perennial.core.courses import read_course


def test_a_frozen_course_thaws_to_the_same_digest() -> None:
    content = make_content()
    again = thaw(json.loads(json.dumps(freeze(content))))
    assert (again, again.digest) == (content, content.digest)


@pytest.mark.parametrize("folder", sorted(settings.LIBRARY.glob("courses/*/")), ids=lambda folder: folder.name)
def test_every_course_of_the_library_is_in_order_and_survives_the_table(folder: Path) -> None:
    content, problems = read_course(folder)
    assert not problems
    assert content
    assert thaw(json.loads(json.dumps(freeze(content)))).digest == content.digest
    assert len(content.items) >= 2 * content.test.ask


@pytest.mark.django_db
def test_sections_are_rendered_as_html_of_this_version() -> None:
    course = make_course()
    assert 'id="at-a-heading"' in rendered(course, "01-part.md").html
    assert content_of(course).digest == course.digest
