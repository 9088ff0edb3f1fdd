"""Take what a reader found: items, and a line of report for each thing in the file."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from perennial.core.courses import Item
from perennial.core.questions.build import Impossible, Notes, item_of, shortened
from perennial.core.questions.found import Aside, Found, Unreadable
from perennial.core.questions.limits import MOST_LINES, MOST_QUESTIONS
from perennial.core.questions.names import Names
from perennial.core.questions.plain import plain
from perennial.core.questions.taken import Entry, Report, Taken, entry_of, once

Progress = Callable[[int], None]
"""Is told how many questions are read so far, after each `EACH`."""
EACH = 250
PART_MARKS = "gives part of the marks for part of the right answers"
WHOLE_MARKS = "Here such a question is right when all right answers and no wrong ones are chosen."


def take(
    found: Iterable[Found | Aside], file: str, format: str, *, short_as_reflection: bool = False, progress: Progress | None = None
) -> Taken:
    """Items of ours from the questions of a file. Raises Unreadable where the file holds more than anyone will look at."""
    names, items, lines, part_marks, count = Names(), list[Item](), list[Entry](), False, 0
    for one in found:
        if isinstance(one, Aside):
            lines.append(entry_of(one))
            if len(lines) > MOST_LINES:
                raise Unreadable(file, f"gives a report of more than {MOST_LINES:,} lines", "Split it into several files.")
            continue
        count += 1
        if progress and not count % EACH:
            progress(count)
        if count > MOST_QUESTIONS:
            raise Unreadable(file, f"holds more than {MOST_QUESTIONS:,} questions", "Split it into several files.")
        notes = Notes()
        item, said = _taken(one, names, notes, short_as_reflection=short_as_reflection)
        part_marks = part_marks or (notes.part_marks and item is not None)
        lines += said
        items += [item] if item else []
    if part_marks:
        lines.insert(0, Entry(file, PART_MARKS, WHOLE_MARKS, "changed"))
    return Taken(format, tuple(items), Report(once(lines)))


def _taken(found: Found, names: Names, notes: Notes, *, short_as_reflection: bool) -> tuple[Item | None, list[Entry]]:
    """The item, or nothing, and what the report says of it."""
    title = shortened(plain(found.stem)[0] or found.name or "a question without words")
    try:
        item = item_of(found, "", notes, short_as_reflection=short_as_reflection)
    except Impossible as no:
        return None, [Entry(found.where, no.what, no.mend, "refused", title)]
    item = replace(item, id=names.give(found.name))
    changes = notes.changes()
    if not changes:
        return item, [Entry(found.where, "as it stands", "", "taken", title, item.id)]
    return item, [Entry(found.where, what, mend, "changed", title, item.id) for what, mend in changes]
