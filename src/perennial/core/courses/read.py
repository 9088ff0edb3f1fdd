"""Read a course folder: course.toml, items.toml and the sections, with every fault said."""

import os
import tomllib
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

from perennial.core.courses.course import Course
from perennial.core.courses.faults import faults
from perennial.core.courses.items import read_item
from perennial.core.courses.parts import (
    read_author,
    read_credit,
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

LEVELS = ("introductory", "intermediate", "advanced")
FORMATS = ("asynchronous",)
LARGEST_FILE_BYTES = 1_000_000


def read_course(folder: Path) -> tuple[Course | None, tuple[Problem, ...]]:
    """The course that a folder holds, and all that is wrong with it.

    No course comes back where a file or a value is missing or of the wrong kind. A course with problems
    can be read and checked further, but is not in order: publish only where there are none.
    """
    problems: list[Problem] = []
    if not os.path.isdir(folder):  # unlike Path.is_dir, it does not raise where the way is barred
        return None, (Problem(str(folder), "is not a folder", "Name the folder that holds course.toml."),)
    table = Table(_toml(folder / "course.toml", problems), "course.toml", "", problems)
    bank = Table(_toml(folder / "items.toml", problems), "items.toml", "", problems)
    if problems:
        return None, _placed(folder, problems)
    texts = _texts(folder, table, problems)
    course = _course(table, bank, texts)
    table.close()
    bank.close()
    if problems:
        return None, _placed(folder, problems)
    return course, _placed(folder, list(faults(course, folder.resolve().name)))


def _course(table: Table, bank: Table, texts: Mapping[str, str]) -> Course:
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
    )
    for part in (review, credit, test):
        part.close()
    return course


def _texts(folder: Path, table: Table, problems: list[Problem]) -> dict[str, str]:
    """The Markdown files of the folder by name; a file that no section names is a fault."""
    listed = table.data.get("sections")
    named = {entry.get("file") for entry in listed if isinstance(entry, dict)} if isinstance(listed, list) else set()
    found = {}
    for path in sorted(folder.glob("*.md")):
        if path.name in named:
            found[path.name] = _text(path, problems)
        else:
            problems.append(Problem(path.name, "no section names this file", "List it in course.toml, or remove it."))
    return found


def _toml(path: Path, problems: list[Problem]) -> Mapping[str, object]:
    """The tables of a TOML file, numbers kept exact."""
    text = _text(path, problems)
    try:
        return tomllib.loads(text, parse_float=Decimal)
    except (tomllib.TOMLDecodeError, ArithmeticError, RecursionError) as fault:
        problems.append(Problem(path.name, f"is not TOML: {fault}", "Mend it at that line and column."))
        return {}


def _text(path: Path, problems: list[Problem]) -> str:
    """The text of a file of the folder; an empty one, and a problem, where it cannot be read."""
    try:
        if not path.is_file() or path.is_symlink():
            problems.append(Problem(path.name, "missing, or not a plain file", f"Put {path.name} into the folder."))
        elif path.stat().st_size > LARGEST_FILE_BYTES:
            problems.append(Problem(path.name, "is larger than 1 MB", "Make it shorter, or split it into sections."))
        else:
            return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as fault:
        problems.append(Problem(path.name, f"is not UTF-8 at byte {fault.start}", "Save it as UTF-8."))
    except OSError as fault:
        problems.append(Problem(path.name, f"cannot be read: {fault.strerror}", "Let this program read it."))
    return ""


def _placed(folder: Path, problems: list[Problem]) -> tuple[Problem, ...]:
    """The problems with the folder before the file."""
    return tuple(Problem(f"{folder.resolve().name}/{fault.where}", fault.what, fault.mend) for fault in problems)
