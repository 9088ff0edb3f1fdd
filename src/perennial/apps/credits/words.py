"""The words of topics, formats and approvers, from the rule base's vocabulary."""

from functools import cache

from django.conf import settings

from perennial.core.proofs import Words
from perennial.core.rules.vocabulary import Vocabulary, read_vocabulary

CATEGORIES = (("", "None, or not known"), ("A", "Category A"), ("B", "Category B"), ("I", "Category I"), ("II", "Category II"))


@cache
def vocabulary() -> Vocabulary:
    """The vocabulary, read once per process."""
    return read_vocabulary(settings.RULEBASE / "vocabulary.toml")


def topic_choices() -> list[tuple[str, str]]:
    """Topics as (slug, name), the usual ones first."""
    return vocabulary().topic_choices()


def format_choices() -> list[tuple[str, str]]:
    """Formats as (slug, name), in the vocabulary's own order, the rare ones at the end by name."""
    usual = [(slug, word.name) for slug, word in vocabulary().formats.items() if not slug.startswith("other_")]
    return usual + sorted(
        ((slug, word.name) for slug, word in vocabulary().formats.items() if slug.startswith("other_")), key=lambda choice: choice[1]
    )


def approver_choices() -> list[tuple[str, str]]:
    """The approvers that most certificates name."""
    return vocabulary().usual_approvers()


def further_approvers() -> list[str]:
    """The names of all other approvers, to suggest while one types."""
    return vocabulary().further_approvers()


@cache
def proof_words() -> Words:
    """The words to look for in certificates."""
    known = vocabulary()
    return Words(
        topics={slug: word.words for slug, word in known.topics.items() if word.words},
        approvals={slug: (word.name, *word.also) for slug, word in known.approvals.items()},
    )


def name_of(slug: str) -> str:
    """A topic's, format's or approver's name for people."""
    return vocabulary().name(slug)


def names_of(slugs: list[str] | tuple[str, ...]) -> str:
    """Names for people, with commas."""
    return ", ".join(name_of(slug) for slug in slugs)
