"""How figures, days and sources are said on pages that show an answer."""

from urllib.parse import urlsplit

from perennial.core.rules.schema import RuleFile, Source
from perennial.core.values.words import MONTHS

CONFIDENCE = {
    "high": "Read in the rule's own text or on the board's page.",
    "medium": "Known from two or more summaries that agree; the rule's own text was not read.",
    "low": "Known from one summary only. Ask the board before you rely on it.",
}
NEEDS = {
    "birth_month": "Choose the month of birth; this rule counts from it.",
    "number": "Enter the license number; this rule goes by its last digit.",
    "issued": "Enter the day on which the license was first issued; what a first renewal asks depends on it.",
    "renewal_number": "Enter the day of issue, or which renewal this is; some lines are asked at certain renewals only.",
    "months": "How long a renewal period lasts was not read. Ask the board from which day hours count.",
}


def days(number: int) -> str:
    """Days with their unit: 1 day, 97 days."""
    return f"{number} {'day' if number == 1 else 'days'}"


def partial_day(text: str | None) -> str:
    """A date of which the day or the month may not be known, in words: 2024-03 becomes March 2024."""
    if not text:
        return ""
    parts = text.split("-")
    words = [parts[0]]
    if len(parts) > 1:
        words.insert(0, MONTHS[int(parts[1]) - 1])
    if len(parts) > 2:
        words.insert(0, str(int(parts[2])))
    return " ".join(words)


def host(url: str | None) -> str:
    """The site that an address leads to, without www."""
    return (urlsplit(url).hostname or "").removeprefix("www.").rstrip(".") if url else ""


def source_name(source: Source) -> str:
    """What a source is called: its citation, else the site on which it was read."""
    if source.cite:
        return source.cite
    kind = {"board_page": "The board's page", "summary": "A summary"}.get(source.kind, "The rule's text")
    site = host(source.url)
    return f"{kind} ({site})" if site else kind


def board_address(file: RuleFile) -> str:
    """The board's own page, where one was read."""
    return next((s.url for s in file.sources.values() if s.kind == "board_page" and s.url), "")


def sentence(text: str) -> str:
    """A rule's words as a sentence: a capital first, a full stop last."""
    words = text.strip()
    return f"{words[:1].upper()}{words[1:].rstrip('.')}." if words else ""
