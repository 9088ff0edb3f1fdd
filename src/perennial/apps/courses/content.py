"""A course's content: to the table and back, and rendered; kept in memory, since a version never changes."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.urls import reverse
from pydantic import TypeAdapter

from perennial.apps.courses.models import Course
from perennial.core import courses as core
from perennial.core.approval import Computed, computed_length

COURSE = TypeAdapter(core.Course)
WORDS_PER_MINUTE = 100  # the reading measure of 6,000 words an hour


def freeze(course: core.Course) -> dict[str, Any]:
    """The course as JSON can hold it; decimals become text."""
    return {name: _plain(value) for name, value in asdict(course).items()}


def thaw(data: Mapping[str, Any]) -> core.Course:
    """The course that `freeze` put away."""
    return COURSE.validate_python(data)


def _plain(value: Any) -> Any:
    """Lists for tuples, text for decimals and days."""
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {key: _plain(entry) for key, entry in value.items()}
    return [_plain(entry) for entry in value] if isinstance(value, list | tuple) else value


def content_of(course: Course) -> core.Course:
    """The whole content of this version."""
    return _content(course.pk, course.digest)


def rendered(course: Course, file: str) -> core.RenderedSection:
    """A section as safe HTML."""
    return _rendered(course.pk, course.digest, file)


def length_of(course: Course) -> Computed:
    """The length of the course by both methods, and which one it claims."""
    return computed_length(content_of(course))


def minutes_of(section: core.Section) -> int:
    """About how long the section takes, by the measure in which its hours are counted."""
    return max(1, round(section.words / WORDS_PER_MINUTE))


def stem_of(file: str) -> str:
    """The name of a section's file as it stands in addresses."""
    return file.removesuffix(".md")


@lru_cache(maxsize=64)
def _content(pk: int, digest: str) -> core.Course:
    return thaw(Course.objects.values_list("data", flat=True).get(pk=pk, digest=digest))


@lru_cache(maxsize=512)
def _rendered(pk: int, digest: str, file: str) -> core.RenderedSection:
    content = _content(pk, digest)
    return core.render_section(content, content.section_of[file], media_address(content.slug, digest))


def media_address(slug: str, digest: str) -> str:
    """The address before the names of a version's files."""
    return reverse("courses:media", args=[slug, digest, "x"]).removesuffix("x")
