"""What was read out of a file: each value with how sure it is and the place it came from; and the words to look for."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Generic, TypeVar

from pydantic import BaseModel, ConfigDict

T = TypeVar("T")


class Sure(StrEnum):
    """How far a value can be relied on. MISSING: nothing is proposed, since nothing or several things stand there."""

    CLEAR = "clear"
    LIKELY = "likely"
    UNSURE = "unsure"
    MISSING = "missing"


class Value(BaseModel):
    """A value that does not change."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Words(Value):
    """The vocabulary to look for: each topic's words, and each approver's spellings, by slug."""

    topics: Mapping[str, tuple[str, ...]] = {}
    approvals: Mapping[str, tuple[str, ...]] = {}


class Place(Value):
    """Where a value stands: in which file inside the file, on which page and line or row and column, in `text` from `start` to `end`."""

    part: str = ""
    page: int | None = None
    line: int | None = None
    row: int | None = None
    column: str = ""
    text: str
    start: int = 0
    end: int = 0

    @property
    def parted(self) -> tuple[str, str, str]:
        """The text before the value, the value as it stands there, and the text after it."""
        return self.text[: self.start], self.text[self.start : self.end], self.text[self.end :]


class Reading(Value, Generic[T]):
    """A value as read; None goes with MISSING. `note` is a plain sentence for the person who looks at it, or empty."""

    value: T | None = None
    sure: Sure = Sure.MISSING
    place: Place | None = None
    note: str = ""


class Approval(Value):
    """An approval body that a certificate names: its name, its slug where the vocabulary has one, and the number given."""

    body: str
    slug: str = ""
    number: str = ""
    sure: Sure
    place: Place


class Topic(Value):
    """A topic that a certificate or its title names; `hours` where it says how many."""

    slug: str
    hours: Decimal | None = None
    sure: Sure
    place: Place


class Found(Value):
    """One certificate, as far as it could be read. `hours` are the CE hours it states, of `minutes_per_hour` where that is said."""

    part: str = ""
    title: Reading[str] = Reading[str]()
    completed_on: Reading[date] = Reading[date]()
    hours: Reading[Decimal] = Reading[Decimal]()
    minutes_per_hour: int | None = None
    provider: Reading[str] = Reading[str]()
    form: Reading[str] = Reading[str]()
    approvals: tuple[Approval, ...] = ()
    topics: tuple[Topic, ...] = ()
    number: str = ""
    notes: tuple[str, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether nothing at all was read."""
        return not any(one.value for one in (self.title, self.completed_on, self.hours, self.provider))


class Limits(Value):
    """What an untrusted file may cost: bytes, pages, pixels, files and depth inside it, certificates, and seconds."""

    most_bytes: int = 20 * 1024 * 1024
    most_unpacked_bytes: int = 100 * 1024 * 1024
    most_pages: int = 40
    most_pixels: int = 60_000_000
    most_parts: int = 100
    most_depth: int = 3
    most_found: int = 500
    most_characters: int = 200_000
    seconds: int = 60
    memory_bytes: int = 3 * 1024**3


class Unreadable(Exception):
    """A file that cannot be read: the message is a plain sentence that says why and what to do."""
