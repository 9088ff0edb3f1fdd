"""Short names for items, each once: from the name in the file, or by number."""

import re
import unicodedata

LONGEST = 60
OWN = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")


class Names:
    """Gives each question a short name that no other of this file has."""

    def __init__(self) -> None:
        self._used: dict[str, int] = {}
        self._count = 0

    def give(self, name: str) -> str:
        """The short name of the next question, which the file calls `name`, or nothing."""
        self._count += 1
        wanted = short_name(name) or f"q{self._count:03d}"
        while wanted in self._used:
            self._used[wanted] += 1
            wanted = f"{wanted}-{self._used[wanted]}"
        self._used[wanted] = 1
        return wanted


def short_name(name: str) -> str:
    """Small letters, digits and single hyphens; empty where nothing of the name can be so written."""
    if len(name) <= LONGEST and OWN.fullmatch(name):
        return name
    ascii_only = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", ascii_only[:200]).strip("-")[:LONGEST].rstrip("-")
