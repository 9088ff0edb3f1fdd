"""Make questions, archives and reports of others small enough to look at, for tests."""

import zipfile
from collections.abc import Mapping
from io import BytesIO

from perennial.core.questions.read import read_questions
from perennial.core.questions.taken import Taken

MANIFEST = """<?xml version="1.0"?>
<manifest xmlns="http://www.imsglobal.org/xsd/imsccv1p3/imscp_v1p1" identifier="m">
  <metadata><schema>IMS Common Cartridge</schema><schemaversion>1.3.0</schemaversion>
  <lom><general><title><string>A cartridge</string></title>
  </general></lom></metadata>
  <organizations><organization identifier="o"><item identifier="root">{items}</item></organization></organizations>
  <resources>{resources}</resources>
</manifest>"""


def packed(files: Mapping[str, str | bytes]) -> bytes:
    """A ZIP of these files."""
    data = BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in files.items():
            archive.writestr(path, content)
    return data.getvalue()


def cartridge(files: Mapping[str, str | bytes], types: Mapping[str, str], titles: Mapping[str, str] | None = None) -> bytes:
    """A cartridge whose manifest names `files` by `types`; `titles` is the outline, in its order."""
    names = {path: f"r{place}" for place, path in enumerate(types)}
    resources = "".join(
        f'<resource identifier="{names[p]}" type="{kind}" href="{p}"><file href="{p}"/></resource>' for p, kind in types.items()
    )
    items = "".join(f'<item identifierref="{names[path]}"><title>{title}</title></item>' for path, title in (titles or {}).items())
    return packed({"imsmanifest.xml": MANIFEST.format(resources=resources, items=items), **files})


def read(text: str | bytes, file: str = "questions.txt", format: str = "", *, short_as_reflection: bool = False) -> Taken:
    """What a file of this content gives."""
    data = text.encode() if isinstance(text, str) else text
    return read_questions(data, file, format, short_as_reflection=short_as_reflection)


def said(taken: Taken, *states: str) -> list[str]:
    """The lines of a report with these states (all but `taken`, where none is named): where, then what."""
    return [f"{line.where}: {line.what}" for line in taken.report.lines if line.state in (states or ("changed", "refused"))]
