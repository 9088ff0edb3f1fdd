"""What a work says in two plain lines, from its record alone: its own summary, a quotation of its conclusion, or its design."""

import re
from dataclasses import dataclass
from typing import Literal

from perennial.apps.works.queries import Work
from perennial.core.literature import Level

LABEL = re.compile(
    r"(?:(?:authors?['\u2019]?s? |discussion and |summary and |main )?conclusions?(?: and [a-z ]{2,40}|/[a-z ]{2,30})?|interpretation)"
    r"\s*:\s*(?P<text>\S.*)",
    re.IGNORECASE,
)
LONGEST = 420
SENTENCE = re.compile(r"(?<=[.!?])\s+")


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines, and whose they are: written for the starter library, quoted from the abstract, or that nothing is kept."""

    kind: Literal["summary", "quotation", "design"]
    text: str


def lines_of(work: Work) -> Lines:
    """Two plain lines of a work. Nothing is added to what its record holds."""
    if work.summary:
        return Lines("summary", work.summary)
    if quoted := conclusion_of(work.abstract):
        return Lines("quotation", quoted)
    level = Level(work.level)
    design = f"{level.words}. " if level is not Level.UNKNOWN else ""
    return Lines("design", f"{design}No summary or conclusion of it is kept here; its page says where to read it.")


def conclusion_of(abstract: str) -> str:
    """What the abstract says under its own label of conclusions, whole sentences only; empty where it has no such label."""
    found = next((match["text"] for line in abstract.splitlines() if (match := LABEL.match(line.strip()))), "")
    return _cut(found)


def _cut(text: str) -> str:
    """The first sentences that fit, with a mark where more follow."""
    if len(text) <= LONGEST:
        return text
    kept = ""
    for sentence in SENTENCE.split(text):
        if kept and len(kept) + len(sentence) + 1 > LONGEST:
            break
        kept = f"{kept} {sentence}".strip()
    return f"{kept[:LONGEST].rstrip()} …"
