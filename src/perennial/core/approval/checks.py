"""Check a course against the clauses of a body, or of this library: one clause, one check, one finding or more."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

from perennial.core.approval.bodies import LIBRARY, Body, Rule, library
from perennial.core.approval.findings import Finding
from perennial.core.approval.hours import Hours
from perennial.core.approval.length import computed_length
from perennial.core.approval.rounding import granted
from perennial.core.courses import Course

METHOD_NAMES = {"words_6000": "6,000 words an hour", "mergener": "the Mergener formula"}
LEAD_IN = re.compile(r"((the )?(learners?|participants?|clinicians?|you) (will|can|should) )?(be able to )?(to )?", re.IGNORECASE)
DENIAL = re.compile(r"\b(no|not|none|nobody|neither|nor|without|never)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Fault:
    """What a check found: where, what, and how to mend it."""

    where: str
    what: str
    mend: str


Check = Callable[[Course, Body, Rule], Iterator[Fault]]


def check_course(course: Course, body: Body | None = None) -> tuple[Finding, ...]:
    """What the course does not meet of a body's clauses, or of the library's own where no body is named.

    Blocking findings come first. Clauses known only by general knowledge, or as advice, never block.
    """
    asked = library() if body is None else body
    slug = "" if asked.slug == LIBRARY else asked.slug
    found = [
        Finding(rule.severity, rule.clause, rule.source, fault.what, fault.mend, fault.where, slug)
        for rule in asked.rules
        for fault in CHECKS[rule.check](course, asked, rule)
    ]
    return tuple(sorted(found, key=lambda finding: finding.severity != "block"))


def claimed_hours(course: Course) -> Hours:
    """The hours that the course claims, in its own length of hour."""
    return Hours(course.credit.hours, course.credit.minutes_per_hour)


def granted_hours(course: Course, body: Body, method: str) -> Hours:
    """What `method` gives for the course, in the body's hours and under its rounding."""
    return granted(computed_length(course).by(method), body.minutes_per_hour, body.rounding)


def plain(number: Decimal) -> str:
    """A number as people write it: 1, 1.25, 0.5."""
    return format(number.normalize(), "f") if number else "0"


def _hours_claimed(course: Course, body: Body, rule: Rule) -> Iterator[Fault]:
    method = course.credit.method if rule.method == "claimed" else rule.method
    right = granted_hours(course, body, method)
    claimed = claimed_hours(course)
    if claimed.minutes > right.minutes:
        minutes = computed_length(course).by(method).amount
        what = (
            f"claims {plain(claimed.amount)} hours of {claimed.minutes_per_hour} minutes; {course.words} words by {METHOD_NAMES[method]} "
            f"give {minutes:.1f} minutes, which is {plain(right.amount)} hours of {right.minutes_per_hour}"
        )
        mend = f"Claim at most {plain(right.amount)}" if right.amount else "It earns no credit as it stands: leave this body out"
        yield Fault("credit.hours", what, f"{mend}, or add what is worth reading.")


def _hour_least(course: Course, _: Body, rule: Rule) -> Iterator[Fault]:
    if course.credit.hours < rule.value:
        yield Fault(
            "credit.hours", f"claims {plain(course.credit.hours)} hours", f"The least is {plain(rule.value)}; make the course longer."
        )


def _hour_step(course: Course, _: Body, rule: Rule) -> Iterator[Fault]:
    if course.credit.hours % rule.value:
        below = course.credit.hours // rule.value * rule.value
        yield Fault("credit.hours", f"claims {plain(course.credit.hours)} hours", f"Claim {plain(below)}: steps are {plain(rule.value)}.")


def _hour_length(course: Course, _: Body, rule: Rule) -> Iterator[Fault]:
    if course.credit.minutes_per_hour != rule.value:
        what = f"counts hours of {course.credit.minutes_per_hour} minutes"
        yield Fault("credit.minutes_per_hour", what, f"Count hours of {plain(rule.value)} minutes for this body.")


def _objective_verbs(course: Course, _: Body, rule: Rule) -> Iterator[Fault]:
    for objective in course.objectives:
        begins = " ".join(LEAD_IN.sub("", objective.text, count=1).casefold().split())
        for verb in rule.words:
            if re.match(rf"({re.escape(verb)}(s|ing)?|{re.escape(verb[:-1])}ing)\b", begins):
                what = f"objective '{objective.id}' begins with '{verb}'"
                yield Fault(f"objectives ({objective.id})", what, "Say what one can see the learner do: list, distinguish, write, compute.")


def _objective_count(course: Course, _: Body, rule: Rule) -> Iterator[Fault]:
    least = max(1, int((course.credit.hours * rule.value).to_integral_value(ROUND_CEILING)))
    if len(course.objectives) < least:
        yield Fault("objectives", f"states {len(course.objectives)} for {plain(course.credit.hours)} hours", f"State at least {least}.")


def _questions_per_hour(course: Course, _: Body, rule: Rule) -> Iterator[Fault]:
    least = int((course.credit.hours * rule.value).to_integral_value(ROUND_CEILING))
    if course.test.ask < least:
        yield Fault("test.ask", f"asks {course.test.ask} questions for {plain(course.credit.hours)} hours", f"Ask at least {least}.")


def _pass_mark(course: Course, _: Body, rule: Rule) -> Iterator[Fault]:
    if course.test.pass_percent < rule.value:
        yield Fault("test.pass_percent", f"passes at {course.test.pass_percent} %", f"Set {plain(rule.value)} or more.")


def _bank_size(course: Course, _: Body, rule: Rule) -> Iterator[Fault]:
    least = int(course.test.ask * rule.value)
    if len(course.items) < least:
        what = f"the bank holds {len(course.items)} items for {course.test.ask} questions asked"
        yield Fault("items", what, f"Write {least - len(course.items)} more, or ask fewer.")


def _rationales(course: Course, _: Body, __: Rule) -> Iterator[Fault]:
    for item in course.items:
        bare = [str(place) for place, option in enumerate(item.options, 1) if not option.rationale]
        if bare:
            yield Fault(f"items ({item.id})", f"no rationale for option {', '.join(bare)}", "Say in a sentence why it is right or wrong.")


def _reference_addresses(course: Course, _: Body, __: Rule) -> Iterator[Fault]:
    for reference in course.references:
        if not reference.address:
            what = f"'{reference.id}' has neither a DOI nor an address"
            yield Fault(f"references ({reference.id})", what, "Add its doi, or its url where there is no DOI.")


def _references_listed(course: Course, _: Body, __: Rule) -> Iterator[Fault]:
    if not course.references:
        yield Fault("references", "no references", "List the works that the course rests on, and cite them.")


def _disclosures(course: Course, _: Body, __: Rule) -> Iterator[Fault]:
    if not course.disclosures:
        yield Fault("disclosures", "nothing is declared", "Say which commercial interests there are, or that there are none.")


def _authors(course: Course, _: Body, __: Rule) -> Iterator[Fault]:
    if not course.authors:
        yield Fault("authors", "no author is named", "Name who wrote the course, truly.")
    for author in course.authors:
        if not author.qualifications:
            yield Fault("authors", f"nothing says what qualifies {author.name}", "Say it truly, also where it is little.")


def _qualifications(course: Course, _: Body, rule: Rule) -> Iterator[Fault]:
    """Whether the words are there, not whether they are true; a sentence that denies something proves nothing."""
    concerned = not rule.topic or rule.topic in dict(course.credit.topics)
    sentences = [text for author in course.authors for text in re.split(r"[.;]\s", author.qualifications)]
    if concerned and not any(_mentions(text, rule.words) and not DENIAL.search(text) for text in sentences):
        what = f"no author's qualifications name one of: {', '.join(rule.words)}"
        yield Fault("authors", what, "Add such a person to the work and name them, if it is so; else do not offer it under this body.")


def _words_refused(course: Course, _: Body, rule: Rule) -> Iterator[Fault]:
    for where, text in _shown(course):
        if _mentions(text, rule.words):
            yield Fault(where, f"says {rule.words[0]}", "Say hours.")


def _mentions(text: str, words: Iterable[str]) -> bool:
    """Whether one of the words stands in the text as a word, capitals or not."""
    return any(re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text, re.IGNORECASE) for word in words)


def _shown(course: Course) -> Iterator[tuple[str, str]]:
    """The texts that a learner reads before and during the course, with their place."""
    yield from (("title", course.title), ("summary", course.summary), ("audience", course.audience), ("needs", course.needs))
    yield from ((f"objectives ({objective.id})", objective.text) for objective in course.objectives)
    yield from ((section.file, f"{section.title}\n{section.text}") for section in course.sections)


CHECKS: Mapping[str, Check] = {
    "authors": _authors,
    "bank_size": _bank_size,
    "disclosures": _disclosures,
    "hour_least": _hour_least,
    "hour_length": _hour_length,
    "hour_step": _hour_step,
    "hours_claimed": _hours_claimed,
    "objective_count": _objective_count,
    "objective_verbs": _objective_verbs,
    "pass_mark": _pass_mark,
    "qualifications": _qualifications,
    "questions_per_hour": _questions_per_hour,
    "rationales": _rationales,
    "reference_addresses": _reference_addresses,
    "references_listed": _references_listed,
    "words_refused": _words_refused,
}
