"""Courses as folders of Markdown and TOML: read them, count their words, make safe pages of them."""

from perennial.core.courses.course import (
    Author,
    Case,
    Choice,
    Course,
    Credit,
    Declaration,
    EvaluationQuestion,
    Item,
    Media,
    Numeric,
    Objective,
    Option,
    Pair,
    PostTest,
    Reference,
    Review,
    Section,
    Step,
    Term,
)
from perennial.core.courses.media import captions_fault, file_fault, kind_of, type_of
from perennial.core.courses.read import read_course, read_course_files
from perennial.core.courses.render import Cited, Heading, RenderedSection, render_section, render_text
from perennial.core.courses.walking import Walk, endings, walk
from perennial.core.courses.words import counted_words
from perennial.core.courses.write import write_course, write_folder

__all__ = [
    "Author",
    "Case",
    "Choice",
    "Cited",
    "Course",
    "Credit",
    "Declaration",
    "EvaluationQuestion",
    "Heading",
    "Item",
    "Media",
    "Numeric",
    "Objective",
    "Option",
    "Pair",
    "PostTest",
    "Reference",
    "RenderedSection",
    "Review",
    "Section",
    "Step",
    "Term",
    "Walk",
    "captions_fault",
    "counted_words",
    "endings",
    "file_fault",
    "kind_of",
    "read_course",
    "read_course_files",
    "render_section",
    "render_text",
    "type_of",
    "walk",
    "write_course",
    "write_folder",
]
