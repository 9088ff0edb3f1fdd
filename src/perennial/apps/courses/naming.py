"""What topics, practices, formats and levels are called."""

from functools import cache

from django.conf import settings

from perennial.core.rules.vocabulary import Vocabulary, read_vocabulary


def topic_name(slug: str) -> str:
    """A topic by the name that rules and credits use."""
    return _vocabulary().name(slug)


def format_name(slug: str) -> str:
    """A format by the name that rules and credits use."""
    return _vocabulary().name(slug)


@cache
def practice_name(slug: str) -> str:
    """A practice: its slug in words."""
    return slug.replace("-", " ").capitalize()


def level_name(slug: str) -> str:
    """A level in words."""
    return slug.capitalize()


@cache
def _vocabulary() -> Vocabulary:
    return read_vocabulary(settings.RULEBASE / "vocabulary.toml")
