"""What is known of a person: the license, the credits earned, the duties done."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class License:
    """A license for the period asked about.

    `expires` is the last day of that period; `renewal_number` 1 is the first renewal;
    `last_application_received` is the day on which the board received the last renewal application.
    """

    expires: date
    issued: date | None = None
    birth_date: date | None = None
    renewal_number: int | None = None
    last_application_received: date | None = None
    number: str | None = None


@dataclass(frozen=True, slots=True)
class Credit:
    """An earned credit: `hours` as on the certificate, `topics` the hours inside them."""

    id: str
    title: str
    date: date
    hours: Decimal
    format: str
    topics: Mapping[str, Decimal] = field(default_factory=dict)
    approvals: tuple[str, ...] = ()
    category: str | None = None
    course: str | None = None


def plain_title(title: str) -> str:
    """A title by its letters and digits, so that case, spaces and marks tell no two entries of one certificate apart."""
    signs = unicodedata.normalize("NFKD", title).casefold()
    return "".join(sign for sign in signs if sign.isalnum()) or "".join(signs.split())


@dataclass(frozen=True, slots=True)
class Done:
    """A duty that is not hours, or a one-time topic met earlier."""

    what: str
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """Everything an answer depends on besides the rule: one license, one person, one day.

    What is not among `attributes` does not hold, unless it is among `unanswered`: then it may hold or not.
    """

    license: License
    as_of: date
    credits: tuple[Credit, ...] = ()
    attributes: frozenset[str] = frozenset()
    done: tuple[Done, ...] = ()
    unanswered: frozenset[str] = frozenset()

    def on_its_day(self) -> "Standing":
        """The same without duties said to be done after the day asked about: a day to come proves nothing."""
        if all(done.on is None or done.on <= self.as_of for done in self.done):
            return self
        return replace(self, done=tuple(done for done in self.done if done.on is None or done.on <= self.as_of))
