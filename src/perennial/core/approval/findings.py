"""What a check finds in a course, under whose clause, and how to mend it."""

from dataclasses import dataclass
from typing import Literal

Severity = Literal["block", "advice"]


@dataclass(frozen=True, slots=True)
class Finding:
    """A clause that a course does not meet. Only `block` keeps a course from being in order.

    `body` is empty for the library's own demands; `where` names the key or id in the course folder.
    """

    severity: Severity
    clause: str
    source: str
    what: str
    mend: str
    where: str
    body: str
