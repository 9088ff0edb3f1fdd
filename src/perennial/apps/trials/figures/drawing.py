"""Lines, marks and words of a figure as SVG, and a scale from figures to places."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape

# A file of its own brings its colors; on a page the style sheet gives them by the same classes.
ALONE = (
    "text{font:12px Inter,Helvetica,Arial,sans-serif;fill:#3a453d}.strong{fill:#16211a;font-weight:600}"
    ".axis{stroke:#8a948c;fill:none}.grid-line{stroke:#d3d9d2;stroke-dasharray:2 3}.trace{stroke:#16211a;stroke-width:1.5;fill:none}"
    ".mark{fill:#1f5c46}.whole{fill:#1f5c46}.band{fill:#1f5c46;opacity:.18}.spread{stroke:#8a4b1f;stroke-width:2;fill:none}"
    ".hollow{fill:#fff;stroke:#8a4b1f;stroke-width:1.5}.person{fill:#d3d9d2}.person.either{fill:#1f5c46}"
    ".person.gain{fill:#c48a1f}.person.loss{fill:#8a4b1f}"
)


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

    def ticks(self, most: int = 7) -> list[float]:
        """Round figures along the scale."""
        reach = self.high - self.low
        step = next(size for size in _steps() if reach / size <= most)
        first = int(self.low / step) - 1
        return [round(number * step, 6) for number in range(first, first + 3 * most) if self.low <= number * step <= self.high]


def _steps() -> Sequence[float]:
    return [base * 10.0**power for power in range(-3, 7) for base in (1, 2, 5)]


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
        self.parts.append(f'<text class="{look}" x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(text)}</text>')

    def svg(self, *, alone: bool = False) -> str:
        """The drawing as SVG; `alone` with its own colors, ground and size, as a file."""
        size = f' width="{self.width}" height="{self.height}" xmlns="http://www.w3.org/2000/svg"' if alone else ""
        ground = f'<style>{ALONE}</style><rect width="{self.width}" height="{self.height}" fill="#fff"/>' if alone else ""
        label = f'role="img" aria-label="{escape(self.title)}"'
        return f'<svg viewBox="0 0 {self.width} {self.height}" {label}{size}>{ground}{"".join(self.parts)}</svg>'
