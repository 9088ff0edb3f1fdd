"""Media in a section's text."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from perennial.core.courses import Course, Media, render_section
from perennial.core.courses.builders import make_course

MEDIA = (
    Media("plan.png", "image", "A plan", alt='A "room" from above'),
    Media("talk.mp3", "audio", "A talk", minutes=Decimal("10"), transcript="One <b>word</b>.\n\nAnother."),
    Media("film.mp4", "video", "A film", captions="film.vtt"),
    Media("sheet.pdf", "file", "A sheet"),
)


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    """A course with a file of each kind."""
    return replace(make_course(tmp_path_factory.mktemp("course")), media=MEDIA)


def shown(course: Course, text: str, at: str = "/m/") -> str:
    """The text as HTML."""
    return render_section(course, replace(course.sections[0], text=text), at).html.replace("\n", "")


@pytest.mark.parametrize(
    ("text", "html"),
    [
        (
            "![](media/plan.png)",
            '<figure><img src="/m/plan.png" alt="A &quot;room&quot; from above" loading="lazy"><figcaption>A plan</figcaption></figure>',
        ),
        ("See ![](media/sheet.pdf).", '<p>See <a href="/m/sheet.pdf">A sheet (PDF)</a>.</p>'),
        ("![](media/film.mp4)", '<track kind="captions" srclang="en" label="English" src="/m/film.vtt"></video>'),
        ("![](media/talk.mp3)", "<figcaption>A talk (10 min)</figcaption></figure><details><summary>Transcript of A talk</summary>"),
        ("![](media/talk.mp3)", "<p>One &lt;b&gt;word&lt;/b&gt;.</p><p>Another.</p></details>"),
    ],
)
def test_each_kind_becomes_what_it_is(course: Course, text: str, html: str) -> None:
    assert html in shown(course, text)


@pytest.mark.parametrize("text", ["![a leaf](media/other.png)", "![a leaf](https://example.org/x.png)"])
def test_what_the_course_does_not_hold_is_told_in_words(course: Course, text: str) -> None:
    assert shown(course, text) == "<p>a leaf</p>"


def test_without_an_address_the_title_stands_for_the_file(course: Course, tmp_path: Path) -> None:
    assert shown(course, "![](media/film.mp4)", "") == "<p>A film</p>"
