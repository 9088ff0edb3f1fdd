"""A section's text as its page will show it, while the course around it is still unfinished."""

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


def _shell(parts: Parts, text: str) -> core.Course | None:
    """The smallest course that holds this text with the draft's references; other parts may be as unfinished as they like."""
    first = dict(first_parts("Preview"))
    first[Kind.ABOUT] |= {"summary": "Preview", "audience": "Preview", "authors": []}
    cited = [entry for entry in parts.single[Kind.REFERENCES].data.get("references", []) if entry.get("id") and entry.get("text")]
    first[Kind.REFERENCES] = {"references": [{"id": entry["id"], "text": entry["text"], "doi": entry.get("doi", "")} for entry in cited]}
    first[Kind.MEDIA] = {"media": [dict(row) for row in parts.single[Kind.MEDIA].data.get("media", []) if _is_told(row)]}
    made = [PartData(kind, "", data) for kind, data in first.items()]
    section: Data = {"title": "Preview", "objectives": [], "text": text.replace("\r\n", "\n") or " "}
    files = files_of_parts(SHELL, [*made, PartData(Kind.SECTION, STEM, section)], {})
    return read_files(SHELL, files).course


def _is_told(row: Data) -> bool:
    """Whether a row about a file says what its reader asks for, so that the preview does not fail for it."""
    running = row.get("kind") in ("audio", "video")
    return bool(row.get("file") and row.get("title")) and (not running or bool(row.get("minutes")))
