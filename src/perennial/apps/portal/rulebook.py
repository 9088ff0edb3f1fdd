"""A rule as people read it: each figure over time with its words and source, and everything around it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from perennial.apps.licenses.queries import jurisdiction_name, profession_name
from perennial.apps.portal.lines import Cited, cited
from perennial.apps.portal.words import CONFIDENCE, board_address, sentence
from perennial.core.rules import Rule
from perennial.core.rules.schema import Figure, Limit, Recurrence, Requirement
from perennial.core.values.words import day_in_words, plain_hours


@dataclass(frozen=True, slots=True)
class FigureView:
    """An amount with the time for which it is in force."""

    amount: str
    since: str
    until: str
    says: str
    source: Cited | None
    begins: date | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A requirement or limit with its history."""

    id: str
    name: str
    kind: str
    when: str
    whom: str
    figures: tuple[FigureView, ...]


@dataclass(frozen=True, slots=True)
class Rulebook:
    """A whole rule for its page."""

    rule: Rule
    state: str
    profession: str
    entries: tuple[Entry, ...]
    facts: tuple[tuple[str, str], ...]
    sources: tuple[tuple[Cited, str], ...]
    approvals: tuple[str, ...]
    duties: tuple[str, ...]

    @property
    def confidence(self) -> str:
        """How well the rule is known, in words."""
        return CONFIDENCE[self.rule.file.confidence]

    @property
    def board_url(self) -> str:
        """The board's own page, where one was read."""
        return board_address(self.rule.file)


def rulebook_of(rule: Rule) -> Rulebook:
    """A rule made ready for its page."""
    file = rule.file
    return Rulebook(
        rule=rule,
        state=jurisdiction_name(rule.jurisdiction),
        profession=profession_name(rule.profession),
        entries=(
            *(_requirement(rule, key, requirement) for key, requirement in file.requirements.items()),
            *(_limit(rule, key, limit) for key, limit in file.limits.items()),
        ),
        facts=tuple((what, sentence(says)) for what, says in _facts(rule) if says),
        sources=tuple((found, source.kind.replace("_", " ")) for source in file.sources.values() if (found := cited(source))),
        approvals=tuple(
            "The licensee's own judgement" if slug == "ANY" else rule.vocabulary.name(slug) for slug in file.approvals.accepted
        ),
        duties=tuple(_capital(rule.vocabulary.name(slug)) for slug in file.duties),
    )


def _facts(rule: Rule) -> Iterator[tuple[str, str]]:
    file = rule.file
    yield "Period", file.period.says
    yield "Window", file.window.says if file.window else ""
    yield "First renewal", file.first_renewal.says
    yield "Carried over", file.carry_over.says or "; ".join(figure.says for figure in file.carry_over.at_most)
    yield "Counting", file.counting.says or ""
    yield "Other units", "; ".join(worth.says.rstrip(".") for worth in file.counting.worth)
    yield "Approvals", file.approvals.says or ""
    yield "Records", file.records_says or (f"Keep proof for {plain_hours(file.records_years)} years." if file.records_years else "")
    yield "Several licenses", file.several_licenses or ""
    for slug, says in file.facts.items():
        yield slug.replace("_", " ").capitalize(), says
    for klass in file.classes.values():
        yield klass.name, klass.says


def _requirement(rule: Rule, key: str, requirement: Requirement) -> Entry:
    figures = [_figure(rule, f, "") for f in requirement.at_least] + [_figure(rule, f, " each year") for f in requirement.each_year]
    if requirement.kinds is not None:
        source = cited(rule.file.sources.get(requirement.kinds.source))
        figures.append(FigureView(f"{requirement.kinds.at_least} kinds", "", "", sentence(requirement.kinds.says), source))
    name = requirement.name or ("Hours in all" if key == "total" else rule.vocabulary.name(key))
    return Entry(key, _capital(name), "asked", _when(requirement.due), _whom(rule, requirement), tuple(figures))


def _limit(rule: Rule, key: str, limit: Limit) -> Entry:
    each = "" if limit.each == "period" else f" each {limit.each}"
    figures = tuple(_figure(rule, figure, each) for figure in limit.at_most)
    return Entry(key, _capital(limit.name or rule.vocabulary.name(key)), "limit", "", "", figures)


def _figure(rule: Rule, figure: Figure, each: str) -> FigureView:
    if figure.hours is not None:
        amount = f"{plain_hours(figure.hours)} h{each}"
    else:
        amount = f"{plain_hours(figure.percent)} %{each}" if figure.percent is not None else "completion"
    return FigureView(
        amount=amount,
        since=day_in_words(figure.start) if figure.start else "",
        until=day_in_words(figure.until) if figure.until else "",
        says=sentence(figure.says),
        source=cited(rule.file.sources.get(figure.source)),
        begins=figure.start,
    )


def _when(due: str | Recurrence) -> str:
    if isinstance(due, str):
        return {"renewal": "at every renewal", "once": "once", "first_renewal": "at the first renewal"}[due]
    if due.years is not None:
        return f"every {due.years} years"
    if due.renewals is not None:
        return f"every {due.renewals} renewals" if due.counted == "nth" else f"once in {due.renewals} renewals"
    return f"at renewal {due.at}" if due.at is not None else f"from renewal {due.from_renewal} on"


def _whom(rule: Rule, requirement: Requirement) -> str:
    words: Sequence[str] = [rule.vocabulary.name(slug) for slug in requirement.applies_to]
    return f"only where it holds: {'; '.join(words)}" if words else ""


def _capital(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}"
