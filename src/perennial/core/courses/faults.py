"""Find what does not fit together in a course whose tables can all be read."""

from collections.abc import Collection, Iterable, Iterator

from perennial.core.courses.cases import case_faults
from perennial.core.courses.course import Course
from perennial.core.courses.text_faults import cited_in, text_faults
from perennial.core.values import Problem


def faults(course: Course, folder: str) -> Iterator[Problem]:
    """Every fault: names used twice, names that do not exist, things that nothing uses, and faults of the text."""
    if course.slug != folder:
        yield Problem("course.toml: slug", f"'{course.slug}' is not the name of the folder", f"Write '{folder}'.")
    yield from _twice("course.toml: objectives", (entry.id for entry in course.objectives))
    yield from _twice("course.toml: sections", (entry.file for entry in course.sections))
    yield from _twice("course.toml: references", (entry.id for entry in course.references))
    yield from _twice("course.toml: references", (entry.doi.casefold() for entry in course.references if entry.doi))
    yield from _twice("course.toml: glossary", (entry.term.casefold() for entry in course.glossary))
    yield from _twice("course.toml: evaluation", (entry.id for entry in course.evaluation))
    yield from _twice("items.toml: items", (entry.id for entry in course.items))
    yield from _twice("course.toml: media", (entry.file for entry in course.media))
    yield from _twice("cases.toml: cases", (entry.id for entry in course.cases))
    for place, case in enumerate(course.cases, 1):
        yield from case_faults(case, f"cases.toml: cases[{place}]")
    if course.slug in course.prerequisites:
        yield Problem("course.toml: prerequisites", "the course asks for itself", "Leave it out.")
    yield from _unknown(course)
    yield from _unused(course)
    known, media = course.reference_of, {one.file for one in course.media}
    for section in course.sections:
        yield from text_faults(section.file, section.text, known, media)


def _twice(where: str, names: Iterable[str]) -> Iterator[Problem]:
    """Names that stand there more than once."""
    seen: set[str] = set()
    for name in names:
        if name in seen:
            yield Problem(where, f"'{name}' stands there twice", "Keep one, or give the other a name of its own.")
        seen.add(name)


def _unknown(course: Course) -> Iterator[Problem]:
    """Objectives and sections that are named and do not exist."""
    objectives, files = {entry.id for entry in course.objectives}, set(course.section_of)
    for place, section in enumerate(course.sections, 1):
        where = f"course.toml: sections[{place}].objectives"
        yield from _missing(where, "objective", section.objectives, objectives)
    for place, item in enumerate(course.items, 1):
        where = f"items.toml: items[{place}] ({item.id})"
        yield from _missing(f"{where}.objective", "objective", [item.objective], objectives)
        yield from _missing(f"{where}.section", "section", [item.section], files)
    for place, case in enumerate(course.cases, 1):
        where = f"cases.toml: cases[{place}] ({case.id})"
        yield from _missing(f"{where}.objective", "objective", [case.objective], objectives)
        yield from _missing(f"{where}.section", "section", [case.section], files)


def _missing(where: str, kind: str, named: Iterable[str], known: Collection[str]) -> Iterator[Problem]:
    for name in named:
        if name not in known:
            yield Problem(where, f"there is no {kind} '{name}'", f"Known: {', '.join(sorted(known)) or 'none'}.")


def _unused(course: Course) -> Iterator[Problem]:
    """Objectives that nothing teaches or tests, and references that nothing cites."""
    tested = {item.objective for item in course.tested}
    taught = {objective for section in course.sections for objective in section.objectives}
    for place, objective in enumerate(course.objectives, 1):
        where = f"course.toml: objectives[{place}]"
        if objective.id not in tested:
            yield Problem(where, f"no item tests '{objective.id}'", "Write items for it, or remove it.")
        if objective.id not in taught:
            yield Problem(where, f"no section serves '{objective.id}'", "Name it in the section that teaches it.")
    cited = frozenset[str]().union(*(cited_in(section.text) for section in course.sections))
    for place, reference in enumerate(course.references, 1):
        if reference.id not in cited:
            where = f"course.toml: references[{place}]"
            yield Problem(where, f"nothing cites '{reference.id}'", f"Cite it as [@{reference.id}], or remove it.")
