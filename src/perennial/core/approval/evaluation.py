"""What learners are asked when they evaluate: on this site's form everything, on a provider's own form only what it asks."""

import re
from collections.abc import Mapping, Sequence

from perennial.core.approval.provider import Provider
from perennial.core.courses import Course

ASPECTS: Mapping[str, re.Pattern[str]] = {
    "instructor": re.compile(r"\b(instructor|author|presenter|teacher|trainer|facult|speaker)", re.IGNORECASE),
    "content": re.compile(r"\b(content|material|accura|up to date|up-to-date|current)", re.IGNORECASE),
    "technology": re.compile(r"\b(technolog|pages?\b|platform|web ?site|site\b|device|video|sound|technical)", re.IGNORECASE),
    "usefulness": re.compile(r"\b(use(ful)?\b|usable|practice|relevan|appl(y|ied|ies)\b|help(ful|ed)?\b)", re.IGNORECASE),
    "bias": re.compile(r"\b(bias|commercial|balanced|promot)", re.IGNORECASE),
    "accommodation": re.compile(r"\b(accommodat|accessib|disabilit|abilities|needs\b)", re.IGNORECASE),
}


def unasked_objectives(course: Course, provider: Provider | None) -> list[str]:
    """The ids of objectives that no question on a scale asks about; a question is about an objective that its id or text names."""
    if _on_site_form(provider):
        return []
    scales = [question for question in course.evaluation if question.kind == "scale"]
    return [
        objective.id
        for objective in course.objectives
        if not any(objective.id in re.split(r"[-_]", question.id) or _same(objective.text) in _same(question.text) for question in scales)
    ]


def unasked_aspects(course: Course, provider: Provider | None, aspects: Sequence[str]) -> list[str]:
    """Which of the aspects nothing asks about; `comment` is asked by any question that is answered in words."""
    if _on_site_form(provider):
        return []
    text = "\n".join(question.text for question in course.evaluation)
    free = any(question.kind == "text" for question in course.evaluation)
    return [aspect for aspect in aspects if not (free if aspect == "comment" else ASPECTS[aspect].search(text))]


def _on_site_form(provider: Provider | None) -> bool:
    return provider is None or provider.evaluation == "site"


def _same(text: str) -> str:
    """A text without capitals, spaces and marks, to be found in another."""
    return re.sub(r"\W+", " ", text.casefold()).strip()
