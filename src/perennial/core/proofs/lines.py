"""The text of a page as lines of segments, so that labels find their values beside, below or above them."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from re import Pattern
from statistics import median

from perennial.core.proofs.found import Place

GAP = "   "
WIDE_GAP = 1.6  # in heights of the text: further apart, words are columns
REACH = 3.2  # in heights of the text: further below, a text no longer belongs to a label


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of text with its box; on pages without measures the unit is one character."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float

    @property
    def height(self) -> float:
        """The height of its text."""
        return max(self.bottom - self.top, 1.0)

    def over(self, other: "Segment") -> bool:
        """Whether the two stand in one column."""
        return min(self.x1, other.x1) - max(self.x0, other.x0) > 0


@dataclass(frozen=True)
class Line:
    """Segments that stand side by side; `page` and `number` count from 1."""

    page: int | None
    number: int
    segments: tuple[Segment, ...]
    score: float = 1.0

    @cached_property
    def text(self) -> str:
        """The line's text, its columns parted by a gap."""
        return GAP.join(segment.text for segment in self.segments)

    @property
    def height(self) -> float:
        """The largest height of its text."""
        return max(segment.height for segment in self.segments)


@dataclass(frozen=True)
class Label:
    """A label that was found, with the text that belongs to it and where that text stands in the whole."""

    said: str
    value: str
    start: int
    beside: bool


@dataclass(frozen=True)
class Document:
    """The lines of one certificate; `text` is all of them, one under another."""

    lines: Sequence[Line]
    part: str = ""
    measured: bool = False
    starts: list[int] = field(default_factory=list)

    @cached_property
    def text(self) -> str:
        """All lines, parted by line breaks."""
        return "\n".join(line.text for line in self.lines)

    @cached_property
    def offsets(self) -> list[int]:
        """Where each line begins in the text."""
        found, at = [], 0
        for line in self.lines:
            found.append(at)
            at += len(line.text) + 1
        return found

    @cached_property
    def height(self) -> float:
        """The height that most of the text has."""
        return median(line.height for line in self.lines) if self.lines else 1.0

    def index_at(self, offset: int) -> int:
        """The number of the line at this offset of the text, from 0."""
        return max(bisect_right(self.offsets, offset) - 1, 0)

    def place(self, start: int, end: int) -> Place:
        """Where a span of the text stands, shown with the whole lines that it touches."""
        first, last = self.index_at(start), self.index_at(max(start, end - 1))
        shown = " ".join(line.text for line in self.lines[first : last + 1])
        base, line = self.offsets[first], self.lines[first]
        return Place(part=self.part, page=line.page, line=line.number, text=shown[:600], start=start - base, end=min(end - base, 600))

    def segments(self) -> Iterator[tuple[int, int, Segment, int]]:
        """Each segment with the index of its line, its index there, and where it begins in the text."""
        for index, line in enumerate(self.lines):
            at = self.offsets[index]
            for position, segment in enumerate(line.segments):
                yield index, position, segment, at
                at += len(segment.text) + len(GAP)

    def labelled(self, pattern: Pattern[str]) -> Iterator[Label]:
        """Each label that fits `pattern` at the start of a segment, with the text after it, beside it or below it."""
        for index, position, segment, at in self.segments():
            match = pattern.match(segment.text)
            if match is None:
                continue
            rest = segment.text[match.end() :]
            value = rest.lstrip(" :#\u2013\u2014-\t.")
            if value:
                if segment.text[match.end() - 1] in ":#" or rest.lstrip()[:1] in (":", "#", "\u2013", "\u2014"):
                    yield Label(match.group(), value, at + len(segment.text) - len(value), beside=True)
                continue
            yield from self._near(index, position, segment, match.group())

    def _near(self, index: int, position: int, segment: Segment, said: str) -> Iterator[Label]:
        beside = self._segment(index, position + 1)
        below = self.below(index, segment)
        if beside is not None and (said.rstrip().endswith(":") or below is None):
            yield Label(said, beside[1].text, beside[0], beside=True)
        elif below is not None:
            yield Label(said, below[1].text, below[0], beside=False)

    def _segment(self, index: int, position: int) -> tuple[int, Segment] | None:
        segments = self.lines[index].segments
        if position >= len(segments):
            return None
        at = self.offsets[index] + sum(len(one.text) + len(GAP) for one in segments[:position])
        return at, segments[position]

    def below(self, index: int, segment: Segment) -> tuple[int, Segment] | None:
        """What stands right under a segment, with where it begins in the text."""
        return self._column(index + 1, segment)

    def above(self, index: int, segment: Segment) -> tuple[int, Segment] | None:
        """What stands right over a segment, with where it begins in the text."""
        return self._column(index - 1, segment)

    def _column(self, index: int, segment: Segment) -> tuple[int, Segment] | None:
        if not 0 <= index < len(self.lines) or self.lines[index].page != self.lines[index + 1 if index == 0 else index].page:
            return None
        for position, other in enumerate(self.lines[index].segments):
            apart = max(other.top - segment.bottom, segment.top - other.bottom)
            if other.over(segment) and apart <= REACH * max(segment.height, other.height):
                return self._segment(index, position)
        return None


def gathered(boxes: Iterable[Segment], page: int) -> list[Line]:
    """Boxes of words or of runs of words as lines from top to bottom; words close together become one segment."""
    rows: list[list[Segment]] = []
    for box in sorted(boxes, key=lambda one: ((one.top + one.bottom) / 2, one.x0)):
        middle = (box.top + box.bottom) / 2
        row = rows[-1] if rows else None
        if row and min(one.top for one in row) <= middle <= max(one.bottom for one in row) and _level(row, box):
            row.append(box)
        else:
            rows.append([box])
    return [Line(page, number, tuple(_joined(sorted(row, key=lambda one: one.x0)))) for number, row in enumerate(rows, start=1)]


def _level(row: Sequence[Segment], box: Segment) -> bool:
    last = row[-1]
    return abs((last.top + last.bottom) - (box.top + box.bottom)) / 2 <= 0.6 * min(last.height, box.height)


def _joined(row: Sequence[Segment]) -> Iterator[Segment]:
    run = [row[0]]
    for before, box in pairwise(row):
        if box.x0 - before.x1 > WIDE_GAP * min(before.height, box.height):
            yield _run(run)
            run = []
        run.append(box)
    yield _run(run)


def _run(boxes: Sequence[Segment]) -> Segment:
    text = " ".join(box.text.strip() for box in boxes)
    return Segment(text, boxes[0].x0, boxes[-1].x1, min(b.top for b in boxes), max(b.bottom for b in boxes))


def plain_lines(text: str) -> list[Line]:
    """Lines of plain text; tabs, bars and three blanks part columns. Empty lines count but are not kept."""
    found = []
    for number, raw in enumerate(text.splitlines(), start=1):
        segments, at = [], 0
        for piece in raw.expandtabs(8).replace("|", GAP).replace("\u00a0", " ").split(GAP):
            if piece.strip():
                start = at + len(piece) - len(piece.lstrip())
                segments.append(Segment(" ".join(piece.split()), start, start + len(piece.strip()), number, number + 1))
            at += len(piece) + len(GAP)
        if segments:
            found.append(Line(None, number, tuple(segments)))
    return found
