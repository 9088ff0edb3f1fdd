"""Tests of the round trip: folder, course, folder."""

import io
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from perennial.core.courses import (
    Case,
    Choice,
    Declaration,
    Item,
    Media,
    Numeric,
    Option,
    Pair,
    Step,
    read_course,
    read_course_files,
    write_course,
    write_folder,
)
from perennial.core.courses.builders import make_course
from perennial.core.courses.course import Course

LIBRARY = Path(__file__).parents[4] / "library" / "courses"
VTT = b"WEBVTT\n\n00:00:00.000 --> 00:00:02.000\nHello.\n"


def picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (4, 3), "white").save(out, "PNG")
    return out.getvalue()


FILES = {"plan.png": picture(), "talk.mp4": b"\0\0\0\x18ftypisom" + b"\0" * 32, "talk.vtt": VTT}


def rich(parent: Path) -> Course:
    """A course with everything that a course may have."""
    shared: dict[str, Any] = {"objective": "o1", "section": "01-first.md"}
    plain = make_course(parent)
    items = (
        *plain.items,
        Item("m1", "matching", stem="Match", pairs=(Pair("a", "1"), Pair("b", "2"), Pair("", "3")), rationale="So it is.", **shared),
        Item("m2", "ordering", stem="Order", steps=("first", "then", "last"), rationale="In time.", **shared),
        Item("m3", "numeric", stem="How many?", numeric=Numeric(Decimal("0.1"), Decimal("0.01"), "mg"), rationale="Count.", **shared),
        Item("m4", "reflection", stem="What will you do?", rationale='A good answer names "one" step.\nAnd when.', **shared),
        Item("m5", "true_false", stem="Yes?", options=(Option("True", True, "y"), Option("False", False, "n")), pretest=True, **shared),
    )
    case = Case("c1", "At the door", "01-first.md", "o1", "door", (
        Step("door", "A knock.", (Choice("Open", "in", "Good."), Choice("Wait", "door", "Still there."))), Step("in", "They come in.", ()),
    ))  # fmt: skip
    media = (
        Media("plan.png", "image", "A plan", alt="A room from above"),
        Media("talk.mp4", "video", "A talk", minutes=Decimal("2.5"), captions="talk.vtt", transcript="Hello."),
    )
    return make_course(
        parent,
        text=plain.sections[0].text + "\n![A room from above](media/plan.png)\n",
        items=items,
        cases=(case,),
        media=media,
        declarations=(Declaration("A. Author", "author", date(2026, 11, 1), "Nothing to declare."),),
        prerequisites=("another-course",),
    )


def test_a_course_with_everything_is_the_same_after_the_round_trip(tmp_path: Path) -> None:
    course = rich(tmp_path)
    folder = tmp_path / "again" / course.slug
    write_folder(folder, write_course(course, FILES))
    again, problems = read_course(folder)
    assert not problems
    assert again == course
    assert again is not None
    assert again.digest == course.digest != make_course(tmp_path).digest
    assert read_course_files(write_course(again, FILES), course.slug) == (again, ())


@pytest.mark.parametrize("folder", sorted(path.name for path in LIBRARY.iterdir() if path.is_dir()))
def test_every_course_of_the_library_is_the_same_after_the_round_trip(folder: str) -> None:
    course, problems = read_course(LIBRARY / folder)
    assert course is not None
    assert not problems
    assert read_course_files(write_course(course), folder) == (course, ())


def test_the_later_parts_leave_the_digests_of_older_courses_as_they_were(tmp_path: Path) -> None:
    assert make_course(tmp_path).digest == "4dd82f7ef8d08a3e373a319ba13380d1006ce909dc27025a0899cd409de2a428"


@pytest.mark.parametrize(
    ("files", "says"),
    [
        ({"plan.png": b"<svg onload='x'>"}, "is a drawing (SVG)"),
        ({"plan.png": b"not a picture"}, "cannot be opened as a picture"),
        ({"talk.mp4": b"MZ\x90\0 program"}, "is not what its name says (mp4)"),
        ({"talk.vtt": b"hello"}, "cannot be read as WebVTT"),
        ({"talk.vtt": b"WEBVTT\n\n"}, "holds no caption"),
        ({"left.png": picture()}, "nothing names this file"),
    ],
)
def test_media_that_is_not_what_it_should_be_is_named(tmp_path: Path, files: dict[str, bytes], says: str) -> None:
    course = rich(tmp_path)
    _, problems = read_course_files(write_course(course, FILES | files), course.slug)
    assert [problem.what for problem in problems if says in problem.what], problems


def test_a_film_without_captions_and_a_file_that_is_not_there_are_named(tmp_path: Path) -> None:
    course = rich(tmp_path)
    files = write_course(course, {name: data for name, data in FILES.items() if name != "talk.vtt"})
    text = files["course.toml"].decode().replace('captions = "talk.vtt"\n', "")
    _, problems = read_course_files({**files, "course.toml": text.encode()}, course.slug)
    assert [problem.what for problem in problems] == ["talk.mp4 has no captions"]
    del files["media/plan.png"]
    _, problems = read_course_files(files, course.slug)
    assert "there is no media/plan.png" in [problem.what for problem in problems]
