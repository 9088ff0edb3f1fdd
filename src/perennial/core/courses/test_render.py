"""Course text as HTML: numbered references with a way back, boxes, and nothing unsafe."""

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from perennial.core.courses import Course, RenderedSection, render_section
from perennial.core.courses.builders import make_course
from perennial.core.courses.sanitize import ALLOWED

PIECES = [
    "[@sample2020]",
    "::: case A\n",
    ":::\n",
    "\n\n",
    "## h",
    "<script>",
    "<a href='javascript:x'>",
    "| a |\n|--:|\n| 1 |",
    "[x](",
    ")",
    "`",
    "*",
    "- ",
]


@pytest.fixture
def course(tmp_path: Path) -> Course:
    return make_course(tmp_path)


def rendered(course: Course, tmp_path: Path, text: str) -> RenderedSection:
    """The text as the one section of a course."""
    changed = make_course(tmp_path, text=text, references=course.references)
    return render_section(changed, changed.sections[0])


def test_a_reference_is_numbered_and_leads_there_and_back(course: Course, tmp_path: Path) -> None:
    page = rendered(course, tmp_path, "First [@sample2020]. Again [@sample2020].")
    assert '<p>First<sup><a href="#ref-sample2020" id="cite-sample2020-1" aria-label="Reference 1">1</a></sup>.' in page.html
    assert '<li id="ref-sample2020">' in page.references_html
    assert 'href="https://doi.org/10.1000/sample"' in page.references_html
    assert '<a href="#cite-sample2020-2" aria-label="Back to the text, reference 1, place 2">' in page.references_html
    assert [(cited.number, cited.anchors) for cited in page.references] == [(1, ("cite-sample2020-1", "cite-sample2020-2"))]


def test_every_link_within_a_page_has_its_goal_once(course: Course, tmp_path: Path) -> None:
    page = rendered(
        course, tmp_path, "## Same\n\nA [@sample2020]\n\n## Same\n\n## Same 2\n\n::: note\nB [@sample2020]\n:::\n\n::: case X\nY\n:::"
    )
    whole = page.html + page.references_html
    goals = re.findall(r' id="([^"]+)"', whole)
    assert len(goals) == len(set(goals))
    assert set(re.findall(r'href="#([^"]+)"', whole)) <= set(goals)
    assert {heading.anchor for heading in page.headings} <= set(goals)


def test_a_box_is_named_by_its_title_one_level_below_the_text(course: Course, tmp_path: Path) -> None:
    page = rendered(course, tmp_path, "## Part\n\n::: case Ana & Bo\nText\n:::\n\n::: pause\nThink\n:::")
    assert '<div class="panel" data-kind="case" role="note" aria-labelledby="box-1">' in page.html
    assert '<p class="eyebrow">Case</p><h3 id="box-1">Ana &amp; Bo</h3>' in page.html
    assert '<h3 id="box-2">Stop and think</h3>' in page.html


def test_a_table_scrolls_by_keyboard_and_carries_no_style(course: Course, tmp_path: Path) -> None:
    page = rendered(course, tmp_path, "| a | b |\n|---|--:|\n| c | 5 |")
    assert 'tabindex="0" role="region" aria-label="Table 1"><table class="table">' in page.html.replace("\n", "")
    assert '<th scope="col" class="n">b</th>' in page.html
    assert "style" not in page.html


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "[x](data:text/html,hi)",
        "![x](https://example.org/x.png)",
        "::: case <img src=x onerror=alert(1)>\nText\n:::",
        '[x](https://example.org "onclick=alert(1)")',
    ],
)
def test_nothing_that_runs_or_loads_comes_through(course: Course, tmp_path: Path, text: str) -> None:
    html = rendered(course, tmp_path, text).html
    assert not re.search(r"<(script|img|iframe)|<[^>]*\son\w+=|href=\"(javascript|data)", html)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=12)), max_size=14))
def test_whatever_is_written_only_allowed_tags_come_out(course: Course, tmp_path: Path, pieces: list[str]) -> None:
    page = rendered(course, tmp_path, "".join(pieces))
    assert set(re.findall(r"<([a-z0-9]+)[ >]", page.html + page.references_html)) <= set(ALLOWED)
    assert "javascript:" not in "".join(re.findall(r'href="([^"]*)"', page.html))
