"""Round time to the hours of credit that a body grants; direction, step and least are data."""

from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

from perennial.core.approval.hours import CONTACT_HOURS_PER_CEU, Ceu, Hours, Minutes

MINUTES_PER_CEU = CONTACT_HOURS_PER_CEU * 60

DIRECTIONS = {"down": ROUND_DOWN, "nearest": ROUND_HALF_UP}


@dataclass(frozen=True, slots=True)
class Rounding:
    """How hours are rounded: `down` or `nearest` (halves go up), to steps of `step`, nothing under `least`."""

    direction: str
    step: Decimal
    least: Decimal
    basis: str
    clause: str
    source: str

    def __post_init__(self) -> None:
        if self.direction not in DIRECTIONS or self.step <= 0 or self.least < 0:
            raise ValueError(f"rounding {self.direction} to {self.step}, least {self.least}: known are {', '.join(DIRECTIONS)}")


def granted(time: Minutes, minutes_per_hour: int, rounding: Rounding) -> Hours:
    """The hours of `minutes_per_hour` minutes that `time` earns under this rounding; 0 below the least."""
    # A product of whole numbers first: a third of an hour must not fall below itself by division.
    steps = (time.amount / (minutes_per_hour * rounding.step)).quantize(Decimal(1), DIRECTIONS[rounding.direction])
    hours = steps * rounding.step
    return Hours(hours if hours >= rounding.least else Decimal(0), minutes_per_hour)


def granted_units(time: Minutes, rounding: Rounding) -> Ceu:
    """IACET's units that `time` earns under this rounding, whose step and least are units; 0 below the least."""
    steps = (time.amount / (MINUTES_PER_CEU * rounding.step)).quantize(Decimal(1), DIRECTIONS[rounding.direction])
    units = steps * rounding.step
    return Ceu(units if units >= rounding.least else Decimal(0))
