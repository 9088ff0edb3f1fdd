"""Reads a draft as any course folder is read, so that the desk and the command line say the same."""

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from threading import Lock

from perennial.apps.desk.folder import PartData, files_of_parts
from perennial.apps.desk.parts import Kind
from perennial.apps.desk.queries import Draft, DraftFile, Parts, files_of, parts_of
from perennial.core import courses as core
from perennial.core.values import Problem

MOST_KEPT = 4
_LOCK = Lock()
_READ: "OrderedDict[tuple[object, ...], Reading]" = OrderedDict()


@dataclass(frozen=True, slots=True)
class Reading:
    """What a draft is as a course: its folder's files, the course where one can be read, and the problems."""

    files: Mapping[str, bytes]
    course: core.Course | None
    problems: Sequence[Problem]

    @property
    def in_order(self) -> core.Course | None:
        """The course, where nothing is wrong with it."""
        return self.course if not self.problems else None


def folder_of(draft: Draft, parts: Parts, media: Mapping[str, bytes] | None = None) -> dict[str, bytes]:
    """The files of the draft's course folder, with these media; asks the database nothing."""
    return files_of_parts(draft.slug, [PartData(part.kind, part.name, part.data) for part in parts.all], media or {})


def whole_folder_of(draft: Draft, parts: Parts) -> dict[str, bytes]:
    """The same with every file of the draft, read from where it is kept."""
    return folder_of(draft, parts, {entry.name: entry.file.read() for entry in files_of(draft)})


def read_draft(draft: Draft, parts: Parts | None = None) -> Reading:
    """The draft as its folder's reader sees it, with every file; for publishing."""
    return read_files(draft.slug, whole_folder_of(draft, parts or parts_of(draft)))


def look_at_draft(draft: Draft, parts: Parts, files: Sequence[DraftFile]) -> Reading:
    """The same without opening files, which were judged when they came: of each only whether it is there, named, and of its kind.

    The last few readings are kept in memory: most pages look at a draft that nobody has changed since.
    """
    mark = (
        tuple((part.pk, part.revision, part.place, part.changed_at) for part in parts.all),
        tuple((entry.name, entry.sha256) for entry in files),
    )
    with _LOCK:
        if mark in _READ:
            _READ.move_to_end(mark)
            return _READ[mark]
    reading = _look(draft, parts, files)
    with _LOCK:
        _READ[mark] = reading
        while len(_READ) > MOST_KEPT:
            _READ.popitem(last=False)
    return reading


def _look(draft: Draft, parts: Parts, files: Sequence[DraftFile]) -> Reading:
    reading = read_files(draft.slug, folder_of(draft, parts))
    there = {entry.name for entry in files}
    absent = {f"there is no media/{name}" for name in there}
    problems = [problem for problem in reading.problems if problem.what not in absent]
    problems += _unbegun(parts) if reading.course is None else _media_problems(reading.course, there)
    return Reading(reading.files, reading.course, problems)


def _unbegun(parts: Parts) -> list[Problem]:
    """What every course has and this one has none of; while its tables cannot be read, its reader does not get so far."""
    asked = (
        (
            parts.single[Kind.OUTLINE].data.get("objectives"),
            "course.toml: objectives",
            "there is no objective",
            "Write what a learner can do.",
        ),
        (parts.single[Kind.ABOUT].data.get("authors"), "course.toml: authors", "there is no author", "Say who wrote it."),
        (parts.sections, "course.toml: sections", "there is no section", "Add the first one."),
        (parts.items, "items.toml: items", "there is no question", "Write questions for each objective."),
    )
    return [Problem(where, what, mend) for there, where, what, mend in asked if not there]


def _media_problems(course: core.Course, there: set[str]) -> list[Problem]:
    """Files that nothing names, and files called another kind than they are."""
    named = {file for one in course.media for file in (one.file, one.captions)}
    found = [Problem(f"media/{name}", f"nothing names {name}", "Say what it is, or remove it.") for name in sorted(there - named)]
    for place, one in enumerate(course.media, 1):
        if one.file in there and core.kind_of(one.file) != one.kind:
            found.append(
                Problem(f"course.toml: media[{place}]", f"{one.file} is no {one.kind}", f"It is of the kind {core.kind_of(one.file)}.")
            )
    return found


def read_files(slug: str, files: Mapping[str, bytes]) -> Reading:
    """What the files of a course folder make; `slug` is the name that the folder has."""
    course, problems = core.read_course_files(files, slug)
    prefix = f"{slug}/"
    return Reading(files, course, [Problem(fault.where.removeprefix(prefix), fault.what, fault.mend) for fault in problems])
