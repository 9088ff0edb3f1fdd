"""Lengths of time and credit that cannot be mixed up: minutes, hours of a stated length, and IACET's CEU."""

from dataclasses import dataclass
from decimal import Decimal

CONTACT_HOURS_PER_CEU = 10


@dataclass(frozen=True, slots=True, order=True)
class Minutes:
    """Clock minutes, exact, never negative."""

    amount: Decimal

    def __post_init__(self) -> None:
        _refuse_negative(self.amount)

    def __add__(self, other: "Minutes") -> "Minutes":
        """Minutes and minutes are minutes; anything else has no sum, for the type checker as for the running program."""
        return Minutes(self.amount + other.amount) if type(other) is Minutes else NotImplemented

    def in_hours(self, minutes_per_hour: int) -> "Hours":
        """The same time in hours of `minutes_per_hour` minutes, not rounded."""
        return Hours(self.amount / minutes_per_hour, minutes_per_hour)


@dataclass(frozen=True, slots=True)
class Hours:
    """Hours of credit, each of `minutes_per_hour` minutes. Hours of different lengths have no sum and no order."""

    amount: Decimal
    minutes_per_hour: int

    def __post_init__(self) -> None:
        _refuse_negative(self.amount)
        if not 1 <= self.minutes_per_hour <= 60:
            raise ValueError(f"an hour of {self.minutes_per_hour} minutes: hours of credit have 1 to 60")

    def __add__(self, other: "Hours") -> "Hours":
        """The sum of hours of one length."""
        return Hours(self.amount + self._alike(other), self.minutes_per_hour)

    def __lt__(self, other: "Hours") -> bool:
        """Whether these are fewer hours of one length."""
        return self.amount < self._alike(other)

    def __gt__(self, other: "Hours") -> bool:
        """Whether these are more hours of one length."""
        return self.amount > self._alike(other)

    @property
    def minutes(self) -> Minutes:
        """The same time in clock minutes: the only way from one length of hour to another."""
        return Minutes(self.amount * self.minutes_per_hour)

    def _alike(self, other: object) -> Decimal:
        """The other's amount, if it is hours of the same length."""
        if isinstance(other, Hours) and other.minutes_per_hour == self.minutes_per_hour:
            return other.amount
        raise TypeError(f"hours of {self.minutes_per_hour} minutes beside {other!r}: convert through minutes first")


@dataclass(frozen=True, slots=True, order=True)
class Ceu:
    """IACET's continuing education units, ten contact hours of 60 minutes each. Never another name for hours."""

    amount: Decimal

    def __post_init__(self) -> None:
        _refuse_negative(self.amount)

    def __add__(self, other: "Ceu") -> "Ceu":
        """Units and units are units; anything else has no sum, for the type checker as for the running program."""
        return Ceu(self.amount + other.amount) if type(other) is Ceu else NotImplemented

    @property
    def contact_hours(self) -> Hours:
        """The contact hours of 60 minutes that the units stand for."""
        return Hours(self.amount * CONTACT_HOURS_PER_CEU, 60)


def in_ceu(time: Minutes) -> Ceu:
    """The units that a time gives, not rounded."""
    return Ceu(time.in_hours(60).amount / CONTACT_HOURS_PER_CEU)


def _refuse_negative(amount: Decimal) -> None:
    if not amount.is_finite() or amount < 0:
        raise ValueError(f"{amount}: time and credit are numbers from 0 up")
