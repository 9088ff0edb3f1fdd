"""Files of a course as readers get them."""

from dataclasses import replace
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from PIL import Image

from perennial.apps.accounts.builders import make_person
from perennial.apps.courses.builders import make_content, make_enrolment
from perennial.apps.courses.content import rendered
from perennial.apps.courses.models import Course, CourseFile
from perennial.apps.courses.pages.media import asked_part
from perennial.apps.courses.services import keep_course, withdraw_course
from perennial.core import courses as core

pytestmark = pytest.mark.django_db


def drawn() -> bytes:
    """A small picture."""
    made = BytesIO()
    Image.new("RGB", (4, 4), "green").save(made, "PNG")
    return made.getvalue()


PNG = drawn()
MEDIA = {"plan.png": PNG, "sheet.pdf": b"%PDF-1.7\n%%EOF\n"}


def make_course_with_files(slug: str = "with-files", version: int = 1) -> Course:
    """A course with a picture and a sheet."""
    content = make_content(slug=slug, version=version)
    named = (core.Media("plan.png", "image", "A plan", alt="A room"), core.Media("sheet.pdf", "file", "A sheet"))
    section = replace(content.sections[0], text="![](media/plan.png)\n\n![](media/sheet.pdf)")
    return keep_course(content=replace(content, media=named, sections=(section, *content.sections[1:])), media=MEDIA)


def address(course: Course, name: str) -> str:
    """Where a file is."""
    return reverse("courses:media", args=[course.slug, course.digest, name])


def test_a_section_shows_them_from_where_they_are_handed_out(client: Client) -> None:
    course = make_course_with_files()
    assert f'src="{address(course, "plan.png")}"' in rendered(course, "01-part.md").html
    picture = client.get(address(course, "plan.png"))
    assert b"".join(picture) == PNG
    assert picture.headers["Content-Type"] == "image/png"
    assert picture.headers["X-Content-Type-Options"] == "nosniff"
    assert "attachment" in client.get(address(course, "sheet.pdf")).headers["Content-Disposition"]
    assert client.get(address(course, "other.png")).status_code == 404


def test_players_get_the_part_that_they_ask_for(client: Client) -> None:
    course = make_course_with_files()
    part = client.get(address(course, "plan.png"), headers={"Range": "bytes=2-5"})
    assert part.status_code == 206
    assert b"".join(part) == PNG[2:6]
    assert part.headers["Content-Range"] == f"bytes 2-5/{len(PNG)}"


@pytest.mark.parametrize(
    ("header", "part"),
    [
        ("bytes=0-", (0, 9)),
        ("bytes=-3", (7, 9)),
        ("bytes=4-99", (4, 9)),
        ("bytes=12-", None),
        ("bytes=5-2", None),
        ("bytes=-", None),
        ("pages=1-2", None),
    ],
)
def test_a_part_that_is_not_there_is_not_asked_for(header: str, part: tuple[int, int] | None) -> None:
    assert asked_part(header, 10) == part


def test_equal_files_of_two_versions_lie_in_one_place() -> None:
    make_course_with_files()
    make_course_with_files(version=2)
    assert CourseFile.objects.count() == 4
    assert CourseFile.objects.values("file").distinct().count() == 2


def test_a_file_is_found_by_the_whole_digest_alone(client: Client) -> None:
    course = make_course_with_files()
    for part in (course.digest[:1], course.digest[:16], course.digest[:-1]):
        assert client.get(reverse("courses:media", args=[course.slug, part, "plan.png"])).status_code == 404


def test_files_of_a_version_that_is_offered_no_more_are_for_those_who_began_it(client: Client) -> None:
    course = make_course_with_files()
    reader = make_enrolment(course=course, read=False).person
    assert "public" in client.get(address(course, "plan.png")).headers["Cache-Control"]
    withdraw_course(slug=course.slug, provider=course.provider)
    assert client.get(address(course, "plan.png")).status_code == 404
    client.force_login(make_person())
    assert client.get(address(course, "plan.png")).status_code == 404
    client.force_login(reader)
    told = client.get(address(course, "plan.png"))
    assert b"".join(told) == PNG
    assert "private" in told.headers["Cache-Control"]
