"""The words of topics, formats and approvers, and how figures and days are said on these pages."""

from datetime import date

from perennial.apps.licenses.queries import rule_base
from perennial.core.rules.vocabulary import OWN, Vocabulary
from perennial.core.values.words import day_in_words, dollars


def vocabulary() -> Vocabulary:
    """The vocabulary of the rule base."""
    return rule_base().vocabulary


def topic_choices() -> list[tuple[str, str]]:
    """Topics as (slug, name), the usual ones first."""
    return vocabulary().topic_choices()


def format_choices() -> list[tuple[str, str]]:
    """The formats in which others teach, as (slug, name)."""
    return [(slug, word.name) for slug, word in vocabulary().formats.items() if not slug.startswith(OWN)]


def approver_names() -> list[str]:
    """Approvers' names to suggest while one types, the usual ones first."""
    return [name for _, name in vocabulary().usual_approvers()] + vocabulary().further_approvers()


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


def price_in_words(cents: int | None) -> str:
    """A price: free, $49, or that it is not known."""
    return "price not known" if cents is None else dollars(cents) if cents else "free"
