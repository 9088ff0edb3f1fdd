"""Who took what cites a work."""

from dataclasses import replace

import pytest

from perennial.apps.courses.builders import make_content, make_course, make_enrolment
from perennial.apps.courses.readership import citing, takers_of, versions
from perennial.core import courses as core

pytestmark = pytest.mark.django_db


def test_older_versions_and_their_takers_are_found_by_what_they_cite() -> None:
    old = make_content(slug="one")
    content = replace(old, references=(core.Reference("ref", "A.", "10.1000/OLD", ""),))
    first = make_enrolment(course=make_course(content))
    newer = make_course(replace(old, version=2, title="Newer"))
    make_enrolment(course=newer)
    (found,) = citing({"10.1000/old", "10.1000/none"})
    assert (found.pk, found.slug, found.is_current, found.practices) == (first.course_id, "one", False, ("sampling",))
    (taker,) = takers_of([found.pk])
    assert (taker.person, taker.version) == (first.person_id, first.course_id)
    assert {one.is_current for one in versions()} == {True, False}
    assert citing(()) == []
