"""Read a file of questions in whatever format it is: told by its content, or named by the person."""

import re
from collections.abc import Callable
from dataclasses import replace

from perennial.core.questions.aiken import RIGHT_ONE, read_aiken
from perennial.core.questions.cartridge import LATER, LATER_MEND, Package, read_package
from perennial.core.questions.decode import decoded
from perennial.core.questions.found import Read, Unreadable
from perennial.core.questions.gift import read_gift
from perennial.core.questions.limits import LARGEST_FILE_BYTES, megabytes
from perennial.core.questions.moodle import read_moodle
from perennial.core.questions.qti import read_qti
from perennial.core.questions.qti1 import read_qti1
from perennial.core.questions.qti_parts import part, parts
from perennial.core.questions.safe_xml import name_of, parsed
from perennial.core.questions.sheet import read_sheet
from perennial.core.questions.take import Progress, take
from perennial.core.questions.taken import Entry, Report, Taken

FORMATS = {
    "gift": "GIFT",
    "aiken": "Aiken",
    "moodle": "Moodle XML",
    "qti": "QTI 2 or 3",
    "qti1": "QTI 1.2",
    "package": "Common Cartridge or QTI package (ZIP)",
    "csv": "CSV table",
}
"""The formats that can be read, by their short names."""

READERS: dict[str, Callable[[bytes, str], Read]] = {
    "gift": read_gift,
    "aiken": read_aiken,
    "moodle": read_moodle,
    "qti": read_qti,
    "qti1": read_qti1,
    "csv": read_sheet,
}
CHOOSE = f"Choose a file of one of these formats: {', '.join(FORMATS.values())}."


def read_questions(
    data: bytes, file: str, format: str = "", *, short_as_reflection: bool = False, progress: Progress | None = None
) -> Taken:
    """What a file holds, as items of ours and a report. Nothing is written anywhere.

    `file` is its name, for the report. `format` is one of FORMATS; where it is empty, the content tells it. Questions answered by
    typing words are refused, or taken as reflections. `progress` is told how many questions are read so far. A file that cannot be
    read as a whole gives no items and one refused line.
    """
    try:
        known = format or format_of(data, file)
        if known == "package":
            taken = _with_pages(read_package(data, file), file, short_as_reflection=short_as_reflection, progress=progress)
            return taken if taken.report.lines else _empty(file, known)
        if len(data) > LARGEST_FILE_BYTES:
            raise Unreadable(file, f"has {megabytes(len(data))}", f"Split it; a file has at most {megabytes(LARGEST_FILE_BYTES)}.")
        taken = take(READERS[known](data, file), file, known, short_as_reflection=short_as_reflection, progress=progress)
    except Unreadable as fault:
        return Taken(format, (), Report((Entry(fault.where, fault.what, fault.mend, "refused"),)))
    return taken if taken.report.lines else _empty(file, known)


def _with_pages(package: Package, file: str, *, short_as_reflection: bool, progress: Progress | None) -> Taken:
    """What a package gives, with a line for each page and each link too."""
    taken = take(package.found, file, "package", short_as_reflection=short_as_reflection, progress=progress)
    pages = [Entry(page.file, "becomes a section", "", "taken", page.title) for page in package.pages]
    links = [Entry(link.url, "becomes a reference", "", "taken", link.title) for link in package.links]
    report = Report((*taken.report.lines, *pages, *links))
    return replace(taken, title=package.title, pages=tuple(package.pages), links=tuple(package.links), report=report)


def _empty(file: str, format: str) -> Taken:
    line = Entry(file, f"holds no question that can be read as {FORMATS[format]}", "Look whether the format is the right one.", "refused")
    return Taken(format, (), Report((line,)))


def format_of(data: bytes, file: str) -> str:
    """The format of a file by its content, its name deciding between texts. Raises Unreadable where it is none that is read."""
    if data[:4] in {b"PK\x03\x04", b"PK\x05\x06"}:
        return "package"
    if not data.strip():
        raise Unreadable(file, "is empty", CHOOSE)
    text, _ = decoded(data[:LARGEST_FILE_BYTES], file)
    if text.lstrip().startswith("<"):
        return _of_xml(data, file)
    name = file.lower()
    if name.endswith((".csv", ".tsv")):
        return "csv"
    if ".gift" not in name and any(RIGHT_ONE.fullmatch(line) for line in text.split("\n")):
        return "aiken"
    if ".gift" in name or re.search(r"(?<!\\)\{|^\$CATEGORY:", text, re.MULTILINE):
        return "gift"
    first = text.split("\n", 1)[0].lower()
    if any(sign in first for sign in ",;\t") and re.search(r"\b(?:question|stem|prompt)\b", first):
        return "csv"
    raise Unreadable(file, "is of no format that is known here", CHOOSE)


def _of_xml(data: bytes, file: str) -> str:
    root, _ = parsed(data, file)
    name = name_of(root)
    if name == "quiz":
        return "moodle"
    if name == "questestinterop":
        return "qti1"
    if part(root) in {"assessment-item", "assessment-test"} or parts(root, "assessment-item"):
        return "qti"
    if name in {"courseStructure", "tincan"} or "scorm" in str(root.nsmap).lower():
        raise Unreadable(file, LATER, LATER_MEND)
    if name == "manifest":
        raise Unreadable(file, "is the manifest of a package, without its files", "Choose the ZIP that it belongs to.")
    raise Unreadable(file, f"is XML that begins with <{name[:40]}>, which is no format of questions", CHOOSE)
