"""Write items in a format of others, and say what it could not hold: the file is read back and compared, item by item."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, fields

from perennial.core.courses import Item
from perennial.core.questions.build import shortened
from perennial.core.questions.read import read_questions
from perennial.core.questions.taken import Entry, Report
from perennial.core.questions.write_gift import KINDS, gift_of
from perennial.core.questions.write_moodle import moodle_of
from perennial.core.questions.write_qti import VERSIONS, qti_of

MEND = "Keep the course folder beside it; that holds everything."


@dataclass(frozen=True, slots=True)
class Format:
    """A format that can be written: what people call it, the end of its file's name, its type, and how it is read back."""

    label: str
    suffix: str
    content_type: str
    read: str
    kinds: tuple[str, ...]
    write: Callable[[Sequence[Item]], bytes]


ALL_KINDS = ("single", "multiple", "true_false", "matching", "ordering", "numeric", "reflection")
WRITTEN = {
    "gift": Format("GIFT", ".gift.txt", "text/plain; charset=utf-8", "gift", KINDS, gift_of),
    "moodle": Format("Moodle XML", ".moodle.xml", "application/xml", "moodle", ALL_KINDS, moodle_of),
    "qti3": Format("QTI 3.0", ".qti3.zip", "application/zip", "package", ALL_KINDS, lambda items: qti_of(items, VERSIONS["qti3"])),
    "qti22": Format("QTI 2.2", ".qti22.zip", "application/zip", "package", ALL_KINDS, lambda items: qti_of(items, VERSIONS["qti22"])),
}
"""The formats that can be written, by their short names."""
NAMES = {
    "id": "the short name", "kind": "the kind", "objective": "the objective", "section": "the section", "stem": "the words of the question",
    "options": "the answers", "pairs": "the pairs", "steps": "the steps", "numeric": "the number, what is allowed around it, or its unit",
    "rationale": "the rationale", "pretest": "that it is asked before reading",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Written:
    """A file and the report on what is in it."""

    data: bytes
    report: Report


def write_questions(items: Sequence[Item], format: str) -> Written:
    """The items as a file of one of the formats in WRITTEN; every item has its line in the report."""
    form = WRITTEN[format]
    kept = [item for item in items if item.kind in form.kinds]
    data = form.write(kept)
    back = iter(read_questions(data, f"questions{form.suffix}", form.read).items)
    found = {item.id: item for item in back}
    return Written(data, Report(tuple(_entry(item, found.get(item.id), form) for item in items)))


def _entry(item: Item, back: Item | None, form: Format) -> Entry:
    title = shortened(item.stem)
    if item.kind not in form.kinds:
        return Entry(item.id, f"{form.label} has no such kind of question ({item.kind})", MEND, "refused", title, item.id)
    if back == item:
        return Entry(item.id, "as it stands", "", "taken", title, item.id)
    lost = "all of it" if back is None else ", ".join(_differing(item, back))
    return Entry(item.id, f"{form.label} cannot hold {lost} as it stands", MEND, "changed", title, item.id)


def _differing(item: Item, back: Item) -> Iterator[str]:
    for field in fields(item):
        if getattr(item, field.name) != getattr(back, field.name):
            yield NAMES.get(field.name, field.name)
