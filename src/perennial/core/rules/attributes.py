"""What a rule asks about the person rather than the license (supervises, treats children), and why it asks."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from perennial.core.rules.rule import Rule
from perennial.core.rules.schema import Figure, Source


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a rule asks for an attribute: a requirement, a limit or one figure of them that holds for such people only, or an open point.

    `says` is in our own words; an open point has no source.
    """

    name: str
    says: str
    source: Source | None
    is_open: bool = False


def reasons(rule: Rule) -> Mapping[str, tuple[Reason, ...]]:
    """Every attribute that a rule asks for, in the order of its file, with all reasons for it."""
    found: dict[str, dict[Reason, None]] = {}
    for slugs, reason in (*_required(rule), *_limited(rule), *_open(rule)):
        for slug in slugs:
            found.setdefault(slug, {})[reason] = None
    return {slug: tuple(why) for slug, why in found.items()}


def needed(rule: Rule, slugs: Iterable[str]) -> tuple[str, ...]:
    """Those of these attributes that a rule asks for, in the order of its file."""
    wanted = frozenset(slugs)
    return tuple(slug for slug in reasons(rule) if slug in wanted)


def question(rule: Rule, slug: str) -> str:
    """How an attribute is asked for."""
    word = rule.vocabulary.attributes.get(slug)
    return (word.question or f"Does this hold for you: {word.name}?") if word else f"Does this hold for you: {slug.replace('_', ' ')}?"


def _required(rule: Rule) -> Iterator[tuple[tuple[str, ...], Reason]]:
    for key, requirement in rule.file.requirements.items():
        name = requirement.name or ("Hours in all" if key == "total" else rule.vocabulary.name(key))
        figures = (*requirement.at_least, *requirement.each_year)
        if requirement.applies_to:
            yield requirement.applies_to, _reason(rule, name, figures)
        yield from _figures(rule, name, figures)


def _limited(rule: Rule) -> Iterator[tuple[tuple[str, ...], Reason]]:
    for key, limit in rule.file.limits.items():
        yield from _figures(rule, f"{limit.name or rule.vocabulary.name(key)}, at most", limit.at_most)


def _open(rule: Rule) -> Iterator[tuple[tuple[str, ...], Reason]]:
    for point in rule.file.open.values():
        for effect in point.could:
            yield effect.applies_to, Reason(point.ask, point.read, None, is_open=True)


def _figures(rule: Rule, name: str, figures: Iterable[Figure]) -> Iterator[tuple[tuple[str, ...], Reason]]:
    for figure in figures:
        if figure.applies_to:
            yield figure.applies_to, _reason(rule, name, (figure,))


def _reason(rule: Rule, name: str, figures: tuple[Figure, ...]) -> Reason:
    """The latest of these figures in words; a requirement counted in kinds has none."""
    if not figures:
        return Reason(name, "", None)
    return Reason(name, figures[-1].says, rule.file.sources.get(figures[-1].source))
