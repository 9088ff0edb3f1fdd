"""Thirty courses with one thing wrong each, made from the clean ones, with the clause that must find it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from perennial.core.approval import Provider
from perennial.core.courses import Course
from tests.approval_corpus.clean import clean
from tests.approval_corpus.making import Sample, media

Change = Callable[[Sample], Sample]


@dataclass(frozen=True)
class Broken:
    """A sample with one thing wrong; `check` must find it at a place that begins with `where`, in clean and broken told apart."""

    name: str
    sample: Sample
    check: str
    where: str


def of_course(change: Callable[[Course], Course]) -> Change:
    """A change of the course alone."""
    return lambda sample: replace(sample, course=change(sample.course))


def of_provider(**changes: Any) -> Change:
    """A change of the provider's papers."""
    return lambda sample: replace(sample, provider=replace(sample.provider, **changes))


def approval(**changes: Any) -> Change:
    """A change of the approval's record."""

    def change(provider: Provider) -> Provider:
        return replace(provider, approvals=(replace(provider.approvals[0], **changes),))

    return lambda sample: replace(sample, provider=change(sample.provider))


def said(was: str, becomes: str) -> Change:
    """Other words in the statement."""

    def change(sample: Sample) -> Sample:
        statement = sample.provider.approvals[0].statement
        if was not in statement:
            raise ValueError(f"'{was}' is not in the statement of '{sample.name}'")
        return approval(statement=statement.replace(was, becomes))(sample)

    return change


def objective(text: str) -> Change:
    """Another first objective."""
    return of_course(lambda course: replace(course, objectives=(replace(course.objectives[0], text=text), *course.objectives[1:])))


def credit(**changes: Any) -> Change:
    """Another claim."""
    return of_course(lambda course: replace(course, credit=replace(course.credit, **changes)))


def test(**changes: Any) -> Change:
    """Another test."""
    return of_course(lambda course: replace(course, test=replace(course.test, **changes)))


def author(**changes: Any) -> Change:
    """Another first author."""
    return of_course(lambda course: replace(course, authors=(replace(course.authors[0], **changes), *course.authors[1:])))


def declared(**changes: Any) -> Change:
    """Another first declaration."""
    return of_course(lambda course: replace(course, declarations=(replace(course.declarations[0], **changes), *course.declarations[1:])))


def _no_rationale(course: Course) -> Course:
    item = course.items[3]
    options = tuple(replace(option, rationale="") for option in item.options)
    return replace(course, items=(*course.items[:3], replace(item, options=options, rationale=""), *course.items[4:]))


def _unserved(course: Course) -> Course:
    last = course.objectives[-1].id
    return replace(
        course, sections=tuple(replace(section, objectives=tuple(set(section.objectives) - {last})) for section in course.sections)
    )


def _untested(course: Course) -> Course:
    first, second = course.objectives[0].id, course.objectives[1].id
    return replace(course, items=tuple(replace(each, objective=second) if each.objective == first else each for each in course.items))


def _section_says(words: str) -> Change:
    def change(course: Course) -> Course:
        return replace(course, sections=(replace(course.sections[0], text=f"{course.sections[0].text}\n\n{words}"), *course.sections[1:]))

    return of_course(change)


# name, the clean sample it is made from, what is changed, the check, the place
CASES: tuple[tuple[str, str, Change, str, str], ...] = (
    (
        "understand",
        "a law course of four hours",
        objective("Understand the limits of confidentiality"),
        "objective_verbs",
        "objectives (o1)",
    ),
    (
        "gain an understanding",
        "text and a podcast",
        objective("Gain a deeper understanding of tolerance"),
        "objective_verbs",
        "objectives (o1)",
    ),
    (
        "at the end, learners will know",
        "ethics by a social worker",
        objective("At the end of this course, participants will know three exceptions"),
        "objective_verbs",
        "objectives (o1)",
    ),
    ("becoming familiar", "CAMFT, a pilot", objective("Becoming familiar with sleep diaries"), "objective_verbs", "objectives (o1)"),
    (
        "two objectives for four hours",
        "a law course of four hours",
        of_course(lambda c: replace(c, objectives=c.objectives[:2])),
        "objective_count",
        "objectives",
    ),
    ("hours against words", "three quarters of an hour", credit(hours=Decimal(1)), "hours_claimed", "credit.hours"),
    ("hours against the formula", "hours by formula under what words give", credit(hours=Decimal("1.25")), "hours_claimed", "credit.hours"),
    (
        "the formula with its sign turned",
        "half an hour",
        credit(method="mergener", difficulty=Decimal(2), hours=Decimal(1)),
        "hours_claimed",
        "credit.hours",
    ),
    ("hours against running time", "a recorded talk with a fee", credit(hours=Decimal("1.5")), "hours_claimed", "credit.hours"),
    ("hours against the pilot", "hours that readers took", credit(hours=Decimal("2.25")), "hours_claimed", "credit.hours"),
    (
        "hours of fifty minutes",
        "New York, NYSED_SW",
        lambda s: credit(minutes_per_hour=50)(replace(s, body="NBCC_ACEP")),
        "hour_length",
        "credit.minutes_per_hour",
    ),
    ("less than the least", "half an hour", credit(hours=Decimal("0.25")), "hour_least", "credit.hours"),
    ("an approval that ended yesterday", "a law course of four hours", approval(ends=date(2026, 11, 20)), "approval", "provider.approvals"),
    ("an approval that begins tomorrow", "New York, NYSED_PSY", approval(starts=date(2026, 11, 21)), "approval", "provider.approvals"),
    ("no approval of that body", "IACET, the smallest event", lambda s: replace(s, body="CAMFT"), "approval", "provider.approvals"),
    (
        "no declaration of the second author",
        "text and a podcast",
        of_course(lambda c: replace(c, declarations=c.declarations[:1])),
        "declarations",
        "declarations (Jo Sample)",
    ),
    ("an old declaration", "Florida, laws and rules", declared(on=date(2024, 11, 19)), "declarations", "declarations (Lee Sample)"),
    ("a refused declaration", "half an hour", declared(says="Refused to say."), "declarations", "declarations (Jo Sample)"),
    (
        "the statement of another provider",
        "text and a podcast",
        said("Prairie Counseling Samples, Inc.", "Valley Samples"),
        "statement",
        "provider.approvals",
    ),
    (
        "a statement without responsibility",
        "a recorded talk with a fee",
        said(", and is responsible for each of them and what it says", ""),
        "statement",
        "provider.approvals",
    ),
    ("a statement with another number", "three quarters of an hour", said("6001", "6010"), "statement", "provider.approvals"),
    (
        "a statement with the last period",
        "ethics by a social worker",
        said("1 January 2025 through December 31, 2027", "1 January 2022 through December 31, 2024"),
        "statement",
        "provider.approvals",
    ),
    ("CEU in a section", "an own evaluation", _section_says("This course gives you 1.5 CEUs."), "words_refused", "01-part.md"),
    ("a pass mark of 70", "Florida, laws and rules", test(pass_percent=70), "pass_mark", "test.pass_percent"),
    ("too few questions", "an own evaluation", test(ask=5), "questions_per_hour", "test.ask"),
    ("a question without rationale", "CAMFT, reflections beside a test", of_course(_no_rationale), "rationales", "items (q03)"),
    (
        "no evaluation of objectives",
        "an own evaluation",
        of_course(lambda c: replace(c, evaluation=c.evaluation[len(c.objectives) :])),
        "evaluation_objectives",
        "evaluation",
    ),
    ("nothing on accommodation", "CAMFT, a pilot", of_provider(accommodation=""), "accommodation", "provider.accommodation"),
    (
        "an author without what is asked",
        "text and a podcast",
        lambda s: author(qualifications="Writes about health. No degree.")(s),
        "qualifications",
        "authors",
    ),
    (
        "a video without captions",
        "a recorded talk with a fee",
        of_course(lambda c: replace(c, media=(replace(media("video", "76.5"), captions=""),))),
        "media_captions",
        "media (talk.mp4)",
    ),
)


def broken() -> list[Broken]:
    """The thirty, in a fixed order."""
    known = {sample.name: sample for sample in clean()}
    return [Broken(name, change(known[base]), check, where) for name, base, change, check, where in CASES]
