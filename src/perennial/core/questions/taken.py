"""What reading a file of others gives: the items that are ours now, pages, links, and a line of report for everything in it."""

from collections.abc import Iterable
from dataclasses import dataclass

from perennial.core.courses import Item
from perennial.core.questions.found import Aside

STATES = ("taken", "changed", "refused")


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the report: where it stands in the file, what became of it and why, how to mend it, and its state.

    `title` is the beginning of the question that it is about, `item` the id of the item made of it; each empty where there is none.
    """

    where: str
    what: str
    mend: str
    state: str
    title: str = ""
    item: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """All lines, in the order of the file."""

    lines: tuple[Entry, ...]

    @property
    def refused(self) -> tuple[Entry, ...]:
        """What is not in the items, pages and links."""
        return tuple(line for line in self.lines if line.state == "refused")

    @property
    def changed(self) -> tuple[Entry, ...]:
        """What is in them otherwise than in the file, and what beside them was left out."""
        return tuple(line for line in self.lines if line.state == "changed")

    def count(self, state: str) -> int:
        """How many items were `taken` as they stand or `changed`; how many lines say that something was `refused`."""
        if state == "refused":
            return len(self.refused)
        changed = {line.item for line in self.changed if line.item}
        return len(changed) if state == "changed" else len({line.item for line in self.lines if line.item} - changed)


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a cartridge as a section: its title, its Markdown, the file that it was."""

    title: str
    text: str
    file: str


@dataclass(frozen=True, slots=True)
class Link:
    """A web link of a cartridge, to become a reference."""

    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Taken:
    """What a file gives. `format` is the word for its format; items have no objective or section unless the file names them."""

    format: str
    items: tuple[Item, ...]
    report: Report
    title: str = ""
    pages: tuple[Page, ...] = ()
    links: tuple[Link, ...] = ()


def entry_of(aside: Aside) -> Entry:
    """Something beside the questions, as a line of the report."""
    return Entry(aside.where, aside.what, aside.mend, aside.state)


def once(lines: Iterable[Entry]) -> tuple[Entry, ...]:
    """Each line once, in order."""
    return tuple(dict.fromkeys(lines))
