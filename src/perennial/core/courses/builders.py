"""Make a small course that is in order, as files or as a value, for tests."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from perennial.core.courses.course import Course
from perennial.core.courses.read import read_course
from perennial.core.courses.words import counted_words

COURSE = """
slug = "sample-course"
title = "A sample course"
summary = "Shows what a course folder holds."
version = 1
language = "en"
level = "introductory"
audience = "Licensed clinicians"
format = "asynchronous"
free = true
practices = ["sample"]
authors = [{name = "Perennial contributors", role = "authors", qualifications = "Written by volunteers."}]
review = {state = "not_yet_reviewed", says = "Not yet reviewed by a licensed clinician."}
disclosures = "No commercial interests."
needs = "None."

[credit]
hours = 1.0
minutes_per_hour = 60
method = "words_6000"
topics = {ethics = 1.0}

[test]
ask = 1
pass_percent = 80

[[objectives]]
id = "o1"
text = "List the parts of a course"

[[sections]]
file = "01-first.md"
title = "The first section"
objectives = ["o1"]

[[references]]
id = "sample2020"
text = "Sample, A. (2020). A sample. Journal of Samples, 1(1), 1-2."
doi = "10.1000/sample"
"""

ITEM = """
[[items]]
id = "{id}"
kind = "single"
objective = "o1"
section = "01-first.md"
stem = "What does a course have?"
[[items.options]]
text = "Parts"
correct = true
rationale = "The first section says so."
[[items.options]]
text = "Wings"
correct = false
rationale = "Nothing says so."
"""

SECTION = "## A heading that does not count\n\nA course has parts [@sample2020].\n\n" + "word " * 5996 + "\n"


def write_course(parent: Path, **files: str) -> Path:
    """Write a valid course under `parent`; `course`, `items` and `section` replace the text of a file."""
    folder = parent / "sample-course"
    folder.mkdir(parents=True, exist_ok=True)
    items = ITEM.format(id="i01") + ITEM.format(id="i02")
    (folder / "course.toml").write_text(files.get("course", COURSE), encoding="utf-8")
    (folder / "items.toml").write_text(files.get("items", items), encoding="utf-8")
    (folder / "01-first.md").write_text(files.get("section", SECTION), encoding="utf-8")
    return folder


def make_course(parent: Path, *, text: str = SECTION, **changes: Any) -> Course:
    """A valid course of one section, read from files under `parent`, with `changes` to its fields."""
    course, problems = read_course(write_course(parent))
    if course is None or problems:
        raise ValueError(f"the sample course is not in order: {problems}")
    section = replace(course.sections[0], text=text, words=counted_words(text))
    return replace(course, **{"sections": (section,), **changes})
