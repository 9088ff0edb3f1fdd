"""What a check finds in a course, under whose clause, and how to mend it."""

from dataclasses import dataclass
from typing import Literal

Severity = Literal["block", "advice"]


@dataclass(frozen=True, slots=True)
class Finding:
    """A clause that a course does not meet. Only `block` keeps a course from being in order.

    `body` is empty for the library's own demands; `where` names the key or id in the course folder,
    or, after "provider.", a key of provider.toml. `check` is the name of the check that found it.
    """

    severity: Severity
    clause: str
    source: str
    what: str
    mend: str
    where: str
    body: str
    check: str = ""
