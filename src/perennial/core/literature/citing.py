"""Formatted references: a work as a line in the manner of APA or of Vancouver, from its plain facts."""

import re
from collections.abc import Sequence

MOST_NAMED = 20  # authors in a line of APA, before the last
MOST_IN_VANCOUVER = 6
INITIALS = re.compile(r"[^\W\d_]")


def in_apa(authors: Sequence[str], year: int | None, title: str, where: Sequence[str]) -> str:
    """The line in the manner of APA, without a DOI. `where` are journal or book, volume, pages; what is empty is left out."""
    named = list(authors) if len(authors) <= MOST_NAMED else [*authors[: MOST_NAMED - 1], "…", authors[-1]]
    who = named[0] if len(named) == 1 else f"{', '.join(named[:-1])}, & {named[-1]}" if named else ""
    when = f"({year})." if year else "(no year)."
    what = f"{title.rstrip('.')}." if title else ""
    place = ", ".join(part for part in where if part)
    return " ".join(part for part in (who, when, what, f"{place}." if place else "") if part)


def in_vancouver(authors: Sequence[str], title: str, container: str, when: tuple[int | None, str, str, str], doi: str = "") -> str:
    """The line in the manner of Vancouver: six authors, then et al. `when` is year, volume, issue, pages; `doi` may be empty."""
    year, volume, issue, pages = when
    named = [_short(author) for author in authors[:MOST_IN_VANCOUVER]] + (["et al"] if len(authors) > MOST_IN_VANCOUVER else [])
    who = f"{', '.join(named)}." if named else ""
    what = f"{title.rstrip('.')}." if title else ""
    place = f"{container.rstrip('.')}." if container else ""
    numbers = f"{volume}{f'({issue})' if issue else ''}"
    dated = f"{year or 'no year'}{f';{numbers}' if numbers else ''}{f':{pages}' if pages else ''}."
    return " ".join(part for part in (who, what, place, dated, f"doi: {doi}" if doi else "") if part)


def _short(author: str) -> str:
    """ "Sample, A. M." as "Sample AM"; the name of a group as it is."""
    family, comma, given = author.partition(", ")
    return f"{family} {''.join(INITIALS.findall(given))}" if comma else family
