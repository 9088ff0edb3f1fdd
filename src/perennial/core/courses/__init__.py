"""Courses as folders of Markdown and TOML: read them, count their words, make safe pages of them."""

from perennial.core.courses.course import (
    Author,
    Course,
    Credit,
    EvaluationQuestion,
    Item,
    Objective,
    Option,
    PostTest,
    Reference,
    Review,
    Section,
    Term,
)
from perennial.core.courses.read import read_course
from perennial.core.courses.render import Cited, Heading, RenderedSection, render_section
from perennial.core.courses.words import counted_words

__all__ = [
    "Author",
    "Cited",
    "Course",
    "Credit",
    "EvaluationQuestion",
    "Heading",
    "Item",
    "Objective",
    "Option",
    "PostTest",
    "Reference",
    "RenderedSection",
    "Review",
    "Section",
    "Term",
    "counted_words",
    "read_course",
    "render_section",
]
