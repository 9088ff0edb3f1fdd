"""What can be read of a draft that is still unfinished: a section's text as its page will show it, and the course without the rest."""

from collections.abc import Collection, Mapping

from django.urls import reverse

from perennial.apps.desk.folder import PartData, files_of_parts
from perennial.apps.desk.parts import Data, Kind, first_parts
from perennial.apps.desk.queries import Draft, Parts
from perennial.apps.desk.reading import read_files
from perennial.core import courses as core

SHELL, STEM = "preview", "01-preview"


def previewed(draft: Draft, parts: Parts, text: str) -> str:
    """Safe HTML of a section's text with its list of references, by the renderer of published courses."""
    course = _shell(parts, text)
    if course is None:
        return ""
    made = core.render_section(course, course.sections[0], media_address(draft))
    references = f"<h2>References</h2>{made.references_html}" if made.references_html else ""
    return made.html + references


def media_address(draft: Draft) -> str:
    """The address before the names of the draft's files."""
    return reverse("desk:file", args=[draft.provider.slug, draft.slug, "x"]).removesuffix("x")


def readable_course(slug: str, parts: Parts, unread: Collection[str]) -> core.Course | None:
    """The course without what cannot be read (`unread`, the keys of parts): for showing and judging the rest.

    Sections, questions and cases stay out; in place of a single part stands a shell with those of its rows that say enough.
    """
    for rows in (True, False):
        shell = _shell_parts(parts) if rows else _shell_parts(None)
        single = [PartData(part.kind, "", shell[Kind(part.kind)] if part.key in unread else part.data) for part in parts.single.values()]
        many = [part for part in (*parts.sections, *parts.items, *parts.cases) if part.key not in unread]
        files = files_of_parts(slug, [*single, *(PartData(part.kind, part.name, part.data) for part in many)], {})
        course = read_files(slug, files).course
        if course is not None:
            return course
    return None


def _shell(parts: Parts, text: str) -> core.Course | None:
    """The smallest course that holds this text with the draft's references; other parts may be as unfinished as they like."""
    made = [PartData(kind, "", data) for kind, data in _shell_parts(parts).items()]
    section: Data = {"title": "Preview", "objectives": [], "text": text.replace("\r\n", "\n") or " "}
    files = files_of_parts(SHELL, [*made, PartData(Kind.SECTION, STEM, section)], {})
    return read_files(SHELL, files).course


def _shell_parts(parts: Parts | None) -> Mapping[Kind, Data]:
    """The single parts of a course of which only what can be read of objectives, references and media is the draft's."""
    first = {Kind(kind): data for kind, data in first_parts("Preview").items()}
    first[Kind.ABOUT] |= {"summary": "Preview", "audience": "Preview", "authors": []}
    if parts is None:
        return first

    def rows(kind: Kind, key: str) -> list[Data]:
        return [dict(row) for row in parts.single[kind].data.get(key, [])]

    first[Kind.OUTLINE] |= {"objectives": [row for row in rows(Kind.OUTLINE, "objectives") if row.get("id") and row.get("text")]}
    cited = [row for row in rows(Kind.REFERENCES, "references") if row.get("id") and row.get("text")]
    first[Kind.REFERENCES] = {"references": [{"id": row["id"], "text": row["text"], "doi": row.get("doi", "")} for row in cited]}
    first[Kind.MEDIA] = {"media": [row for row in rows(Kind.MEDIA, "media") if _is_told(row)]}
    return first


def _is_told(row: Data) -> bool:
    """Whether a row about a file says what its reader asks for, so that the preview does not fail for it."""
    running = row.get("kind") in ("audio", "video")
    return bool(row.get("file") and row.get("title")) and (not running or bool(row.get("minutes")))
