"""Reads one certificate out of its lines."""

import re
from collections.abc import Sequence

from perennial.core.proofs.approvals import approvals
from perennial.core.proofs.dates import completion_day
from perennial.core.proofs.found import Found, Reading, Sure, T, Words
from perennial.core.proofs.hints import form, topic_pattern, topics
from perennial.core.proofs.hours import amounts, ce_hours, minutes_per_hour
from perennial.core.proofs.lines import Document, Line
from perennial.core.proofs.providers import provider
from perennial.core.proofs.titles import title

NUMBER = re.compile(
    (
        r"\b(?:certificate|course|program|activity|confirmation|tracking|verification)\s*(?:number|"
        r"no\.?|#|id|code)\s*[:#.]?\s*(?P<number>(?=\S*\d)[A-Za-z0-9][A-Za-z0-9/-]{2,40})"
    ),
    re.IGNORECASE,
)
BLURRED = 0.85
"""Pictures whose text was recognized with less than this give nothing that is called clear."""


def read_certificate(lines: Sequence[Line], words: Words, *, part: str = "", measured: bool = False) -> Found:
    """What these lines say as one certificate."""
    document = Document(lines, part=part, measured=measured)
    said = amounts(document, topic_pattern(words.topics))
    name = title(document)
    number = NUMBER.search(document.text)
    found = Found(
        part=part,
        title=name,
        completed_on=completion_day(document),
        hours=ce_hours(document, said),
        minutes_per_hour=minutes_per_hour(document.text),
        provider=provider(document),
        form=form(document),
        approvals=approvals(document, words.approvals),
        topics=topics(document, said, name, words.topics),
        number=number["number"] if number else "",
    )
    return _dimmed(found, lines)


def looks_like_one(lines: Sequence[Line], words: Words) -> bool:
    """Whether a page reads as a certificate of its own: it names hours and a day, and says that it certifies."""
    document = Document(lines)
    certifies = re.search(r"(?i)certificate|certif(?:y|ies)|attendance|completion|completed", document.text)
    if not certifies:
        return False
    return completion_day(document).value is not None and any(amounts(document, topic_pattern(words.topics)))


def _dimmed(found: Found, lines: Sequence[Line]) -> Found:
    """The same, with nothing called clear whose line was hard to recognize in a picture."""
    scores = {(line.page, line.number): line.score for line in lines if line.score < BLURRED}
    if not scores:
        return found
    return found.model_copy(
        update={
            "title": _less(found.title, scores),
            "completed_on": _less(found.completed_on, scores),
            "hours": _less(found.hours, scores),
            "provider": _less(found.provider, scores),
        }
    )


def _less(reading: Reading[T], scores: dict[tuple[int | None, int], float]) -> Reading[T]:
    place = reading.place
    hard = place is not None and (place.page, place.line or 0) in scores
    if not hard or reading.sure in (Sure.MISSING, Sure.UNSURE):
        return reading
    return reading.model_copy(update={"sure": Sure.UNSURE, "note": reading.note or "This line was hard to recognize in the picture."})
