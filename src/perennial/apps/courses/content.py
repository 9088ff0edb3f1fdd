"""A course's content: to the table and back, and rendered; kept in memory, since a version never changes."""

from collections.abc import Mapping
from dataclasses import asdict
from decimal import Decimal
from functools import lru_cache
from typing import Any

from perennial.apps.courses.models import Course
from perennial.core import courses as core
from perennial.core.approval import Computed, computed_length

WORDS_PER_MINUTE = 100  # the reading measure of 6,000 words an hour


def freeze(course: core.Course) -> dict[str, Any]:
    """The course as JSON can hold it; decimals become text."""
    return {name: _plain(value) for name, value in asdict(course).items()}


def thaw(data: Mapping[str, Any]) -> core.Course:
    """The course that `freeze` put away."""
    credit = data["credit"]
    made: dict[str, Any] = {
        **data,
        "practices": tuple(data["practices"]),
        "authors": tuple(core.Author(**entry) for entry in data["authors"]),
        "review": core.Review(**data["review"]),
        "credit": core.Credit(
            hours=Decimal(credit["hours"]),
            minutes_per_hour=credit["minutes_per_hour"],
            method=credit["method"],
            difficulty=None if credit["difficulty"] is None else Decimal(credit["difficulty"]),
            topics=tuple((topic, Decimal(hours)) for topic, hours in credit["topics"]),
        ),
        "test": core.PostTest(**data["test"]),
        "objectives": tuple(core.Objective(**entry) for entry in data["objectives"]),
        "sections": tuple(core.Section(**{**entry, "objectives": tuple(entry["objectives"])}) for entry in data["sections"]),
        "references": tuple(core.Reference(**entry) for entry in data["references"]),
        "glossary": tuple(core.Term(**entry) for entry in data["glossary"]),
        "evaluation": tuple(core.EvaluationQuestion(**entry) for entry in data["evaluation"]),
        "items": tuple(
            core.Item(**{**entry, "options": tuple(core.Option(**option) for option in entry["options"])}) for entry in data["items"]
        ),
    }
    return core.Course(**made)


def _plain(value: Any) -> Any:
    """Lists for tuples, text for decimals."""
    if isinstance(value, Decimal):
        return format(value, "f")
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
    return core.render_section(content, content.section_of[file])
