"""Draws a plan as a line of time: months as bands, courses as leaves on their days, each license's last day as a mark."""

import calendar
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from perennial.apps.plans.outcome import Outcome
from perennial.core.values.words import MONTHS, day_in_words

WIDTH, LEFT, RIGHT = 860, 10, 850
LANE, TOP, LETTER = 26, 44, 6.3
MOST_ITEMS, MOST_LANES, LONGEST = 40, 14, 26
MOST_MONTHS = 36


@dataclass(frozen=True, slots=True)
class Band:
    """A month: where it begins, how wide it is, and its name where there is room."""

    x: float
    width: float
    words: str
    dark: bool

    @property
    def middle(self) -> float:
        """Where its name stands."""
        return round(self.x + self.width / 2, 1)


@dataclass(frozen=True, slots=True)
class Leaf:
    """A course on its day; `text_x` and `anchor` place its words."""

    x: float
    y: int
    text_x: float
    anchor: str
    words: str

    @property
    def base(self) -> int:
        """The line on which its words stand."""
        return self.y + 13


@dataclass(frozen=True, slots=True)
class End:
    """The last day of a license."""

    x: float
    y: int
    words: str
    anchor: str
    text_x: float


@dataclass(frozen=True, slots=True)
class Timeline:
    """The drawing in figures; `says` is all of it in a sentence."""

    height: int
    floor: int
    today: float
    bands: tuple[Band, ...]
    leaves: tuple[Leaf, ...]
    ends: tuple[End, ...]
    says: str

    @property
    def depth(self) -> int:
        """How tall the bands are."""
        return self.floor - 30

    @property
    def foot(self) -> int:
        """The line on which the months' names stand."""
        return self.floor + 16


def timeline_of(outcome: Outcome, today: date) -> Timeline | None:
    """The drawing of a plan; None where there is nothing to draw, or it would be too crowded to read."""
    items = sorted(outcome.items, key=lambda item: item.on)
    ends = sorted((date.fromisoformat(judged.due), judged.name) for judged in outcome.judged)
    if not items or len(items) > MOST_ITEMS or not ends:
        return None
    first = today.replace(day=1)
    last = max([date.fromisoformat(item.on) for item in items] + [day for day, _ in ends])
    after = (last.replace(day=28) + timedelta(days=7)).replace(day=1)
    if (after.year - first.year) * 12 + after.month - first.month > MOST_MONTHS:
        return None

    def at(day: date) -> float:
        return round(LEFT + (RIGHT - LEFT) * (day - first).days / (after - first).days, 1)

    heads = tuple(_end(at(day), name, day, row, later=day.year > today.year + 1) for row, (day, name) in enumerate(ends))
    top = TOP + 18 * (len(ends) - 1)
    leaves = tuple(
        _leaves([(at(date.fromisoformat(item.on)), item.title, item.minutes) for item in items], top, [head.x for head in heads])
    )
    floor = max(leaf.y for leaf in leaves) + LANE
    if floor > top + MOST_LANES * LANE:
        return None
    said = "; ".join(f"{item.title} on {day_in_words(date.fromisoformat(item.on))}" for item in items)
    due = "; ".join(f"{name} is due on {day_in_words(day)}" for day, name in ends)
    return Timeline(floor + 26, floor, at(today), tuple(_bands(first, after, at)), leaves, heads, f"{said}. {due}.")


def _end(x: float, name: str, day: date, row: int, *, later: bool) -> End:
    before = x > WIDTH / 2
    year = f" {day.year}" if later else ""
    words = f"{name}, due {day.day} {MONTHS[day.month - 1][:3]}{year}"
    return End(x, 22 + 18 * row, words, "end" if before else "start", x - 6 if before else x + 6)


def _leaves(items: Sequence[tuple[float, str, int]], top: int, marks: Sequence[float]) -> list[Leaf]:
    """Leaves in lanes, each in the first one where its words have room; words stand before a leaf that they would run over a mark from."""
    lanes: list[list[tuple[float, float]]] = []
    found = []
    for x, title, minutes in items:
        words = f"{title if len(title) <= LONGEST else f'{title[: LONGEST - 1].rstrip()}…'} {minutes / 60:.4g} h"
        width = LETTER * len(words)
        over = any(x + 14 < mark < x + 14 + width for mark in marks) and x - 14 - width > LEFT
        left = over or x + 14 + width > RIGHT
        span = (x - 14 - width, x + 12) if left else (x - 10, x + 16 + width)
        lane = next((n for n, taken in enumerate(lanes) if all(span[1] < a or span[0] > b for a, b in taken)), len(lanes))
        lanes[lane : lane + 1] = [[*(lanes[lane] if lane < len(lanes) else []), span]]
        found.append(Leaf(round(x - 9, 1), top + lane * LANE, round(x - 13 if left else x + 13, 1), "end" if left else "start", words))
    return found


def _bands(first: date, after: date, at: Callable[[date], float]) -> list[Band]:
    found: list[Band] = []
    month = first
    while month < after:
        days = calendar.monthrange(month.year, month.month)[1]
        follow = month + timedelta(days=days)
        x, width = at(month), at(follow) - at(month)
        name = MONTHS[month.month - 1][:3]
        words = name if width > 26 else name[:1]
        if month == first or month.month == 1:
            words = f"{name} {month.year}" if width > 60 else str(month.year) if width > 26 and month.month == 1 else words
        found.append(Band(x, round(width, 1), words, len(found) % 2 == 1))
        month = follow
    return found
