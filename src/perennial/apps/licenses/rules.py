"""The rule base of this process, what a rule asks about a license, and a rule made from a person's own list."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache, lru_cache

from django.conf import settings

from perennial.core.rules import PROFESSIONS, Rule, RuleBase, load
from perennial.core.rules.attributes import question, reasons
from perennial.core.rules.compacts import Compact, compacts_for, read_compacts
from perennial.core.rules.rule import ready
from perennial.core.rules.schema import Approvals, CarryOver, Effect, Figure, FirstRenewal, Period, Requirement, RuleFile, Source

OTHER = "other"
OWN_MONTHS = 24


@dataclass(frozen=True, slots=True)
class Questions:
    """What a rule asks besides the two dates. Pairs are (slug, words); `not_covered` tells why, by credential."""

    birth_month: bool = False
    number: bool = False
    last_application: bool = False
    renewal_number: bool = False
    attributes: tuple[tuple[str, str], ...] = ()
    duties: tuple[tuple[str, str], ...] = ()
    credentials: tuple[tuple[str, str], ...] = ()
    not_covered: Mapping[str, str] = field(default_factory=dict)

    @property
    def asks_license(self) -> bool:
        """Whether anything is asked about the license beyond the usual fields."""
        return self.birth_month or self.last_application or self.renewal_number


@cache
def rule_base() -> RuleBase:
    """The rule base, read once per process."""
    return load(settings.RULEBASE)


def rule_for(jurisdiction: str, profession: str) -> Rule | None:
    """The rule of a profession in a jurisdiction, where there is one."""
    return rule_base().rule(jurisdiction, profession)


@cache
def compacts_of(profession: str) -> tuple[Compact, ...]:
    """The agreements between states that stand beside a home license of this profession, as far as they are known."""
    return compacts_for(read_compacts(settings.RULEBASE), profession)


def jurisdictions() -> tuple[tuple[str, str], ...]:
    """Every jurisdiction as (code, name), by name."""
    found = ((code, word.name) for code, word in rule_base().vocabulary.jurisdictions.items())
    return tuple(sorted(found, key=lambda pair: pair[1]))


def professions() -> tuple[tuple[str, str], ...]:
    """The professions that rules cover, as (slug, name)."""
    words = rule_base().vocabulary.professions
    return tuple((slug, words[slug].name if slug in words else slug.replace("_", " ").capitalize()) for slug in PROFESSIONS)


def jurisdiction_name(code: str) -> str:
    """A jurisdiction's name; an unknown code stays as it is."""
    word = rule_base().vocabulary.jurisdictions.get(code)
    return word.name if word else code


def profession_name(slug: str) -> str:
    """A profession's name for people."""
    return dict(professions()).get(slug, "License without a rule here" if slug == OTHER else slug)


def name_of(jurisdiction: str, profession: str, credential: str = "") -> str:
    """How a license is called: Texas LPC; Ohio counselor."""
    words = credential or ("license" if profession == OTHER else profession_name(profession).lower())
    return f"{jurisdiction_name(jurisdiction)} {words}"


@cache
def questions_for(jurisdiction: str, profession: str) -> Questions:
    """What the rule of this license asks; nothing where there is none."""
    rule = rule_for(jurisdiction, profession)
    return questions_of(rule) if rule is not None else Questions()


def questions_of(rule: Rule) -> Questions:
    """What a rule asks about a license and its owner, found in the rule itself."""
    window = rule.file.window
    effects = [effect for point in rule.file.open.values() for effect in point.could]
    return Questions(
        birth_month=window is not None and window.closes == "birth_month",
        number=window is not None and window.reports == "license_number",
        last_application=window is not None and window.opens == "last_application",
        renewal_number=_counts_renewals(rule, effects),
        attributes=tuple((slug, question(rule, slug)) for slug in reasons(rule)),
        duties=tuple((slug, duty_words(rule, slug)) for slug in _each_once(rule)),
        credentials=tuple((name, name.replace("_", " ")) for name in dict.fromkeys((*rule.file.licenses, *rule.file.not_covered))),
        not_covered=dict(rule.file.not_covered),
    )


def duty_words(rule: Rule, slug: str) -> str:
    """How a duty is called on pages: the rule's own words for a topic, else the vocabulary's."""
    requirement = rule.file.requirements.get(slug)
    return (requirement.name if requirement else None) or rule.vocabulary.name(slug)


def _counts_renewals(rule: Rule, effects: Iterable[Effect]) -> bool:
    file = rule.file
    return (
        any(requirement.due != "renewal" for requirement in file.requirements.values())
        or bool(file.first_renewal.steps)
        or bool(file.window and file.window.second_opens_at_issue)
        or any(effect.only_first or effect.not_first for effect in effects)
    )


def _each_once(rule: Rule) -> list[str]:
    """The duties without those that are another one by a second name: an examination beside its topic, a plan beside its requirement."""
    found = dict.fromkeys(_duties(rule))
    asked = rule.file.requirements
    exams = {f"{slug}_exam": slug for slug in found}
    twins = {exam if topic in asked else topic for exam, topic in exams.items() if exam in found}
    twins |= {slug.removeprefix("other_") for slug in found if slug in asked and slug.startswith("other_")}
    return [slug for slug in found if slug not in twins]


def _duties(rule: Rule) -> Iterator[str]:
    for key, requirement in rule.file.requirements.items():
        if requirement.at_least and all(f.hours is None and f.percent is None for f in requirement.at_least):
            yield key
        if requirement.due in ("once", "first_renewal") and key != "total":
            yield key
        yield from requirement.met_by
    for grant in rule.file.grants:
        yield grant.what


def own_rule(requirements: Iterable[Mapping[str, str]], months: int | None) -> Rule:
    """A rule made from a person's own list of {name, hours, topic}; without a topic the hours are those in all."""
    rows = tuple((row["name"], row["hours"], row.get("topic", "")) for row in requirements)
    return _own_rule(rows, months or OWN_MONTHS)


@lru_cache(maxsize=1000)
def _own_rule(rows: tuple[tuple[str, str, str], ...], months: int) -> Rule:
    asked: dict[str, Requirement] = {}
    for name, hours, topic in rows:
        figure = Figure.model_validate({"hours": Decimal(hours), "source": "own", "says": "As you entered it."})
        asked[topic or "total"] = Requirement(name=name, topics=(topic,) if topic else (), at_least=(figure,))
    file = RuleFile(
        title="Your own list",
        board="Your board",
        licenses=(),
        confidence="low",
        sources={"own": Source(cite="Your own list", url=None, kind="summary", as_of=None, read="")},
        period=Period(months=months, ends="other", says="As you entered it."),
        requirements=asked,
        carry_over=CarryOver(),
        first_renewal=FirstRenewal(says="As you entered it."),
        approvals=Approvals(accepted=("ANY",)),
    )
    return ready("OWN", OTHER, file, rule_base().vocabulary)
