"""How long a search may go on, and who hears how it stands. The clock is the caller's: core reads none."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from math import inf


@dataclass(frozen=True, slots=True)
class Progress:
    """How a search stands, in the unit of what is spared: the best set so far (None: none yet), and what no set goes below."""

    best: Decimal | None
    bound: Decimal


def _endless() -> float:
    return inf


@dataclass(frozen=True, slots=True)
class Pace:
    """`left` gives the seconds that are left, 0 or less to stop now; `told` hears of progress, often, and should be quick."""

    left: Callable[[], float] = _endless
    told: Callable[[Progress], None] | None = None

    @property
    def limited(self) -> bool:
        """Whether the clock may change what is found."""
        return self.left is not _endless

    @property
    def over(self) -> bool:
        """Whether to stop now."""
        return self.limited and self.left() <= 0


ENDLESS = Pace()


def pace_of(seconds: float, clock: Callable[[], float]) -> Pace:
    """So many seconds from now, by this clock."""
    until = clock() + seconds
    return Pace(left=lambda: until - clock())


class TimeUp(Exception):
    """The time was over before any set was found; carries the proven bound in the objective's smallest units."""

    def __init__(self, bound: int) -> None:
        super().__init__("The time was over before a set was found.")
        self.bound = bound
