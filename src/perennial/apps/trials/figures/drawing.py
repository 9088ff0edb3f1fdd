"""Lines, marks and words of a figure as SVG, and a scale from figures to places."""

import textwrap
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from html import escape as escaped

from django.utils.safestring import SafeString, mark_safe

from perennial.core.values.typefaces import shown

# A file of its own brings its colors; on a page the style sheet gives them by the same classes.
ALONE = (
    "text{font:12px 'Noto Sans','Open Sans','Liberation Sans',Helvetica,Arial,'Libertinus Serif',sans-serif;fill:#4a5850}"
    ".strong{fill:#1b2721;font-weight:600}.title{font-size:15px;font-weight:600;fill:#1b2721}"
    ".axis{stroke:#6f7f75;fill:none}.grid-line{stroke:#cdd4c6;stroke-dasharray:2 3;fill:none}"
    ".trace{stroke:#1b2721;stroke-width:1.5;fill:none}"
    ".mark{fill:#34538d}.whole{fill:#1f5e48}.middle{stroke:#1f5e48;stroke-dasharray:4 3;fill:none}"
    ".line{stroke:#1f5e48;stroke-width:2;fill:none}"
    ".band{fill:#1f5e48;opacity:.16}.spread{stroke:#1b2721;stroke-width:1.5;stroke-dasharray:5 3;fill:none}"
    ".hollow{fill:#fdfdf8;stroke:#7c500a;stroke-width:1.5}"
    ".leaf.met{fill:#1f5e48}.leaf.met .in{stroke:#fdfdf8;fill:none;stroke-width:2}"
    ".leaf.booked{fill:#fdfdf8;stroke:#34538d;stroke-width:1.7}.leaf.booked .in{stroke:#34538d;stroke-width:1.5}"
    ".leaf.loss{fill:#fdfdf8;stroke:#86305f;stroke-width:1.7}.leaf.loss .in{stroke:#86305f;stroke-width:1.7}"
    ".leaf.none{fill:#fdfdf8;stroke:#4a5850;stroke-width:1.6;stroke-dasharray:2.8 2.3}"
)
MOST_ROWS = 100
GROUND = "#fdfdf8"
MARGIN, LINE, LETTERS = 16, 16, 7.0  # of a file: pixels around, pixels of a line, pixels of a letter on average


def escape(text: str) -> str:
    """Words for SVG: without what no XML may hold, and without marks of it."""
    return escaped(shown(text))


@dataclass(frozen=True, slots=True)
class Scale:
    """From figures between `low` and `high` to places between `start` and `end`."""

    low: float
    high: float
    start: float
    end: float

    def at(self, value: float) -> float:
        """The place of a figure; one outside stands at the edge."""
        share = (min(max(value, self.low), self.high) - self.low) / (self.high - self.low)
        return self.start + share * (self.end - self.start)

    def holds(self, value: float) -> bool:
        """Whether a figure lies on the scale."""
        return self.low <= value <= self.high

    def ticks(self, most: int = 7) -> list[float]:
        """Round figures along the scale."""
        reach = self.high - self.low
        step = next(size for size in _steps() if reach / size <= most)
        first = int(self.low / step) - 1
        return [round(number * step, 6) for number in range(first, first + 3 * most) if self.low <= number * step <= self.high]


def _steps() -> Sequence[float]:
    return [base * 10.0**power for power in range(-6, 12) for base in (1, 2, 5)]


@dataclass
class Drawing:
    """A drawing of a size, to which marks are added."""

    width: int
    height: int
    title: str
    parts: list[str] = field(default_factory=list)

    def line(self, start: tuple[float, float], end: tuple[float, float], look: str) -> None:
        """A line."""
        self.parts.append(f'<path class="{look}" d="M{start[0]:.1f} {start[1]:.1f}L{end[0]:.1f} {end[1]:.1f}"/>')

    def shape(self, points: Sequence[tuple[float, float]], look: str, *, closed: bool = True) -> None:
        """A line through points, or a shape."""
        path = "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
        self.parts.append(f'<path class="{look}" d="M{path}{"Z" if closed else ""}"/>')

    def dot(self, x: float, y: float, radius: float, look: str) -> None:
        """A round mark."""
        self.parts.append(f'<circle class="{look}" cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}"/>')

    def square(self, x: float, y: float, side: float, look: str) -> None:
        """A square mark around a place."""
        self.parts.append(f'<rect class="{look}" x="{x - side / 2:.1f}" y="{y - side / 2:.1f}" width="{side:.1f}" height="{side:.1f}"/>')

    def words(self, x: float, y: float, text: str, *, look: str = "", anchor: str = "start") -> None:
        """Words at a place."""
        kind = f' class="{look}"' if look else ""
        self.parts.append(f'<text{kind} x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(text)}</text>')

    def svg(self) -> SafeString:
        """The drawing for a page; every word in it is escaped where it is written."""
        inside = "".join(self.parts)
        drawn = f'<svg viewBox="0 0 {self.width} {self.height}" role="img" aria-label="{escape(self.title)}">{inside}</svg>'
        return mark_safe(drawn)  # noqa: S308  each part escapes its words

    def alone(self, heading: str, below: Sequence[str]) -> "Drawing":
        """The drawing as a picture of its own: a heading over it and lines under it, each as wide as it is."""
        most = int((self.width) / LETTERS)
        top, lines = textwrap.wrap(heading, int(most * 0.8)), [line for text in below for line in textwrap.wrap(text, most)]
        start = MARGIN + 22 * len(top)
        made = Drawing(self.width + 2 * MARGIN, start + self.height + LINE * len(lines) + 2 * MARGIN, f"{heading}. {self.title}")
        for number, line in enumerate(top):
            made.words(MARGIN, MARGIN + 15 + 22 * number, line, look="title")
        made.parts.append(f'<g transform="translate({MARGIN} {start})">{"".join(self.parts)}</g>')
        for number, line in enumerate(lines):
            made.words(MARGIN, start + self.height + MARGIN + LINE * number, line)
        return made

    def file(self) -> str:
        """The drawing as a file, with colors, ground and size of its own."""
        size = f'xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {self.width} {self.height}" width="{self.width}" height="{self.height}"'
        ground = f'<style>{ALONE}</style><rect width="{self.width}" height="{self.height}" fill="{GROUND}"/>'
        label = f'role="img" aria-label="{escape(self.title)}"'
        return f"<svg {size} {label}><title>{escape(self.title)}</title>{ground}{''.join(self.parts)}</svg>"


@dataclass(frozen=True, slots=True)
class Figure:
    """A drawing, what it is called, what it tells in words, and the table that says the same.

    `full` makes the drawing for files where that of the page leaves something out, which `note` then says; `small` is
    the drawing for narrow screens, where the other would have to scroll.
    """

    name: str
    title: str
    drawing: Drawing
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    tells: Sequence[str] = ()
    note: str = ""
    full: Callable[[], Drawing] | None = None
    small: Drawing | None = None

    @property
    def svg(self) -> SafeString:
        """The drawing for a page."""
        return self.drawing.svg()

    @property
    def shown_rows(self) -> Sequence[Sequence[str]]:
        """The rows for a page, which holds no more than a hundred; its CSV has all."""
        return self.rows[:MOST_ROWS]
