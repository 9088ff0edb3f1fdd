"""Values that every part of the core shares: faults in data, and a no to a person."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """A fault in data that someone can mend: where it stands, what is wrong, and how to mend it."""

    where: str
    what: str
    mend: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}. {self.mend}"


class Refusal(Exception):
    """A no to a person: the message is one clear sentence that says what to do; answered as 409."""
