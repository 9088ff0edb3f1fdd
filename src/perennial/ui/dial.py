"""Computes the renewal dial: a full turn is the whole period and all the hours asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from perennial.core.values.words import plain_hours

STATES = ("met", "part", "booked", "missing", "out")
MOST_LINES = 9


@dataclass(frozen=True, slots=True)
class Twig:
    """One line of the rule, as a leaf at an angle (degrees from the top, clockwise)."""

    state: str
    angle: str
    leaf: str


@dataclass(frozen=True, slots=True)
class Dial:
    """All figures of a drawn dial; percentages of a full turn."""

    says: str
    days: int
    counted: str
    asked: str
    got: str
    booked: str
    past: str
    bead: str
    gap: str
    twigs: tuple[Twig, ...]
    size: str

    @property
    def small(self) -> bool:
        """Whether words and leaves are left out, because they stand beside it."""
        return self.size == "s"


def plain(number: Decimal | float) -> str:
    """A figure as people write it: 17.5, 24."""
    return plain_hours(Decimal(str(number)))


@dataclass(frozen=True, slots=True)
class Hours:
    """CE hours counted of hours asked, and hours booked that are not counted yet."""

    counted: Decimal
    asked: Decimal
    booked: Decimal = Decimal(0)

    @property
    def to_find(self) -> Decimal:
        """What is neither counted nor booked."""
        return max(self.asked - self.counted - self.booked, Decimal(0))


def draw(name: str, days: tuple[int, int], hours: Hours, lines: Sequence[tuple[str, str]] = (), size: str = "") -> Dial:
    """Draw the dial of license `name`; `days` are (left, total), `lines` (state, name) in the order of the list beside it."""
    left, total = max(days[0], 0), max(days[1], 1)
    past = min(max(Decimal(100 * (total - left)) / total, Decimal(0)), Decimal(100))
    got = share(hours.counted, hours.asked)
    plan = min(share(hours.booked, hours.asked), 100 - got)
    shown = lines if len(lines) <= MOST_LINES else [line for line in lines if line[0] != "met"][:MOST_LINES]
    months = max(round(total / 30.4375), 1)
    return Dial(
        says=sentence(name, left, total, hours, lines),
        days=left,
        counted=plain(hours.counted),
        asked=plain(hours.asked),
        got=plain(got),
        booked=plain(plan),
        past=plain(past),
        bead=plain(past * Decimal("3.6") % 360),
        gap=f"{max(100 / months - 0.4, 0.1):.3f}",
        twigs=tuple(twig(place, state, len(shown)) for place, (state, _) in enumerate(shown)),
        size=size,
    )


def share(part: Decimal, whole: Decimal) -> Decimal:
    """The part of the whole in percent, 0 to 100; nothing asked is all met."""
    if whole <= 0:
        return Decimal(100)
    return min(max(100 * part / whole, Decimal(0)), Decimal(100))


def twig(place: int, state: str, count: int) -> Twig:
    """The leaf of line number `place` of `count`."""
    shape = "vein" if state == "met" else state
    return Twig(state=state, angle=plain((Decimal(place) + Decimal("0.5")) * 360 / count), leaf=f"leaf-{shape}")


def sentence(name: str, left: int, total: int, hours: Hours, lines: Sequence[tuple[str, str]]) -> str:
    """All that the dial shows, in words, ending with the lines not met."""
    figures = [f"{plain(hours.counted)} of {plain(hours.asked)} hours counted"]
    if hours.booked:
        figures.append(f"{plain(hours.booked)} booked")
    if hours.to_find:
        figures.append(f"{plain(hours.to_find)} to find")
    told = [f"{name}: {left} {'day' if left == 1 else 'days'} left of {total}.", f"{', '.join(figures)}."]
    unmet = [line for state, line in lines if state not in ("met", "out")]
    if unmet:
        told.append(f"Not met yet: {'; '.join(unmet)}.")
    elif lines:
        told.append("Every line is met.")
    return " ".join(told)
