"""Read a course folder: course.toml, items.toml, cases.toml, the sections and the media, with every fault said."""

import os
from collections.abc import Mapping
from pathlib import Path

from perennial.core.courses.cases import read_case
from perennial.core.courses.course import Course
from perennial.core.courses.faults import faults
from perennial.core.courses.items import read_item
from perennial.core.courses.media import LARGEST_MEDIA_BYTES, media_faults
from perennial.core.courses.parts import (
    read_author,
    read_credit,
    read_declaration,
    read_media,
    read_objective,
    read_question,
    read_reference,
    read_review,
    read_section,
    read_term,
    read_test,
)
from perennial.core.courses.table import Table, read_each
from perennial.core.values import Problem
from perennial.core.values.toml import read_toml

LEVELS = ("introductory", "intermediate", "advanced")
FORMATS = ("asynchronous",)
LARGEST_FILE_BYTES = 1_000_000
OPTIONAL = ("cases.toml",)


def read_course(folder: Path) -> tuple[Course | None, tuple[Problem, ...]]:
    """The course that a folder holds, and all that is wrong with it.

    No course comes back where a file or a value is missing or of the wrong kind. A course with problems
    can be read and checked further, but is not in order: publish only where there are none.
    """
    problems: list[Problem] = []
    if not os.path.isdir(folder):  # unlike Path.is_dir, it does not raise where the way is barred
        return None, (Problem(str(folder), "is not a folder", "Name the folder that holds course.toml."),)
    files = _files(folder, problems)
    if any(problem.where in {"course.toml", "items.toml"} for problem in problems):
        return None, _placed(folder.resolve().name, problems)
    return read_course_files(files, folder.resolve().name, problems)


def read_course_files(
    files: Mapping[str, bytes], name: str, found: list[Problem] | None = None
) -> tuple[Course | None, tuple[Problem, ...]]:
    """The course that these files make, by their path in the folder `name` (`course.toml`, `01-first.md`, `media/plan.png`).

    As `read_course`; `found` are problems met while the files were gathered.
    """
    problems = list(found or ())
    table = Table(_toml(files, "course.toml", problems), "course.toml", "", problems)
    bank = Table(_toml(files, "items.toml", problems), "items.toml", "", problems)
    told = Table(_toml(files, "cases.toml", problems) if "cases.toml" in files else {}, "cases.toml", "", problems)
    if problems:
        return None, _placed(name, problems)
    texts = _texts(files, table, problems)
    course = _course(table, bank, told, texts)
    for each in (table, bank, told):
        each.close()
    if problems:
        return None, _placed(name, problems)
    return course, _placed(name, [*faults(course, name), *media_faults(course, files)])


def _course(table: Table, bank: Table, told: Table, texts: Mapping[str, str]) -> Course:
    """The course as far as its tables can be read."""
    title = table.text("title", longest=90)
    review, credit, test = table.table("review"), table.table("credit"), table.table("test")
    course = Course(
        slug=table.slug("slug"),
        title=title,
        summary=table.text("summary", longest=600),
        version=table.whole("version", 1, 9999) or 0,
        language=table.slug("language"),
        level=table.choice("level", LEVELS),
        audience=table.text("audience"),
        format=table.choice("format", FORMATS),
        free=table.flag("free"),
        practices=table.texts("practices"),
        authors=read_each(table.tables("authors"), read_author),
        review=read_review(review),
        disclosures=table.text("disclosures", blank=True),
        needs=table.text("needs"),
        care=table.text("care", optional=True),
        credit=read_credit(credit),
        test=read_test(test),
        objectives=read_each(table.tables("objectives"), read_objective),
        sections=read_each(table.tables("sections"), lambda entry: read_section(entry, texts)),
        references=read_each(table.tables("references", optional=True), read_reference),
        glossary=read_each(table.tables("glossary", optional=True), read_term),
        evaluation=read_each(table.tables("evaluation", optional=True), read_question),
        items=read_each(bank.tables("items"), read_item),
        media=read_each(table.tables("media", optional=True), read_media),
        cases=read_each(told.tables("cases", optional=True), read_case),
        declarations=read_each(table.tables("declarations", optional=True), read_declaration),
        prerequisites=table.texts("prerequisites", optional=True),
    )
    for part in (review, credit, test):
        part.close()
    return course


def _texts(files: Mapping[str, bytes], table: Table, problems: list[Problem]) -> dict[str, str]:
    """The Markdown files by name; a file that no section names is a fault."""
    listed = table.data.get("sections")
    named = {entry.get("file") for entry in listed if isinstance(entry, dict)} if isinstance(listed, list) else set()
    found = {}
    for name in sorted(name for name in files if name.endswith(".md") and "/" not in name):
        if name in named:
            found[name] = _text(files, name, problems)
        else:
            problems.append(Problem(name, "no section names this file", "List it in course.toml, or remove it."))
    return found


def _toml(files: Mapping[str, bytes], name: str, problems: list[Problem]) -> Mapping[str, object]:
    """The tables of a TOML file, numbers kept exact."""
    if name not in files:
        problems.append(Problem(name, "missing, or not a plain file", f"Put {name} into the folder."))
        return {}
    text = _text(files, name, problems)
    try:
        return read_toml(text)
    except (ValueError, ArithmeticError, RecursionError) as fault:
        problems.append(Problem(name, f"is not TOML: {fault}", "Mend it at that line and column."))
        return {}


def _text(files: Mapping[str, bytes], name: str, problems: list[Problem]) -> str:
    """The text of a file; an empty one, and a problem, where it is none."""
    try:
        text = files[name].decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        problems.append(Problem(name, f"is not UTF-8 at byte {fault.start}", "Save it as UTF-8."))
        return ""
    before, nul, _ = text.partition("\0")
    if nul:
        line = before.count("\n") + 1
        problems.append(Problem(name, f"holds a character in line {line} that no text has (NUL)", "Save it as plain text."))
        return ""
    return text


def _files(folder: Path, problems: list[Problem]) -> dict[str, bytes]:
    """The files of a folder that a course is made of, by their path in it."""
    found = {}
    for name in ("course.toml", "items.toml"):
        found[name] = _bytes(folder / name, name, LARGEST_FILE_BYTES, problems)
    for path in (folder / "cases.toml", *sorted(folder.glob("*.md"))):
        if path.name not in OPTIONAL or path.exists():
            found[path.name] = _bytes(path, path.name, LARGEST_FILE_BYTES, problems)
    if (folder / "media").is_dir():
        for path in sorted((folder / "media").iterdir()):
            found[f"media/{path.name}"] = _bytes(path, f"media/{path.name}", LARGEST_MEDIA_BYTES, problems)
    return found


def _bytes(path: Path, name: str, most: int, problems: list[Problem]) -> bytes:
    """What a file of the folder holds; nothing, and a problem, where it cannot be read."""
    try:
        if not path.is_file() or path.is_symlink():
            problems.append(Problem(name, "missing, or not a plain file", f"Put {name} into the folder."))
        elif path.stat().st_size > most:
            problems.append(Problem(name, f"is larger than {most // 1_000_000} MB", "Make it shorter, or split it."))
        else:
            return path.read_bytes()
    except OSError as fault:
        problems.append(Problem(name, f"cannot be read: {fault.strerror}", "Let this program read it."))
    return b""


def _placed(name: str, problems: list[Problem]) -> tuple[Problem, ...]:
    """The problems with the folder before the file."""
    return tuple(Problem(f"{name}/{fault.where}", fault.what, fault.mend) for fault in problems)
