"""Everything that someone noted and highlighted in a course, as Markdown."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from perennial.apps.courses.models import Highlight


@dataclass(frozen=True, slots=True)
class Noted:
    """What someone wrote and highlighted in a section."""

    stem: str
    title: str
    note: str
    highlights: Sequence[Highlight]


def as_markdown(title: str, version: int, sections: Sequence[Noted], day: date) -> str:
    """A file that any editor of notes reads: a heading for each section, passages as quotations."""
    lines = [f"# {title}", "", f"Notes and highlights, version {version} of the course, written out on {day:%-d %B %Y}.", ""]
    for section in sections:
        lines += [f"## {section.title}", ""]
        lines += [section.note, ""] if section.note else []
        for highlight in section.highlights:
            lines += [*(f"> {line}" for line in highlight.quote.splitlines()), ""]
            lines += [highlight.note, ""] if highlight.note else []
    return "\n".join(lines).rstrip() + "\n"
