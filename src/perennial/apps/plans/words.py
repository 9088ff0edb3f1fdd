"""The words of topics, formats and approvers, and how figures and days are said on these pages."""

from datetime import date
from decimal import Decimal

from perennial.apps.licenses.queries import rule_base
from perennial.core.rules.schema import Source
from perennial.core.rules.vocabulary import OWN, Vocabulary
from perennial.core.values.words import day_in_words, dollars, plain_hours

USUAL_APPROVERS = ("APA", "ASWB_ACE", "NBCC_ACEP", "NASW", "AAMFT", "STATE_BOARD", "NYSED")


def vocabulary() -> Vocabulary:
    """The vocabulary of the rule base."""
    return rule_base().vocabulary


def topic_choices() -> list[tuple[str, str]]:
    """Topics as (slug, name): the usual ones first, then those that few boards ask for, each by name."""
    names = ((slug, word.name) for slug, word in vocabulary().topics.items())
    return sorted(names, key=lambda choice: (choice[0].startswith(OWN), choice[1]))


def format_choices() -> list[tuple[str, str]]:
    """The formats in which others teach, as (slug, name)."""
    return [(slug, word.name) for slug, word in vocabulary().formats.items() if not slug.startswith(OWN)]


def approver_names() -> list[str]:
    """Approvers' names to suggest while one types, the usual ones first."""
    known = vocabulary().approvals
    usual = [known[slug].name for slug in USUAL_APPROVERS if slug in known]
    return usual + sorted(word.name for slug, word in known.items() if slug not in USUAL_APPROVERS and slug != "ANY")


def name_of(slug: str) -> str:
    """A topic's, format's or approver's name for people."""
    return vocabulary().name(slug)


def days_in_words(first: date, last: date | None) -> str:
    """One day or several: 14 March 2027; 14 to 15 March 2027."""
    if last is None or last == first:
        return day_in_words(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day} to {day_in_words(last)}"
    return f"{day_in_words(first)} to {day_in_words(last)}"


def minutes_in_words(minutes: int) -> str:
    """Time in words: 45 minutes, 1 hour, 3.5 hours."""
    if minutes < 60:
        return f"{minutes} minute{'' if minutes == 1 else 's'}"
    value = plain_hours(Decimal(minutes) / 60)
    return f"{value} hour{'' if value == '1' else 's'}"


def price_in_words(cents: int | None) -> str:
    """A price: free, $49, or that it is not known."""
    return "price not known" if cents is None else dollars(cents) if cents else "free"


def source_in_words(source: Source) -> str:
    """What a source is called: its citation, else what kind of page it is."""
    kind = {"board_page": "The board's page", "summary": "A summary"}.get(source.kind, "The rule's text")
    return source.cite or kind
