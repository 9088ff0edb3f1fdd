"""A second set, written after the checks and before it was run once: ten courses with one thing wrong, and ten in order that look odd."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

from perennial.core.approval import Administrator
from perennial.core.courses import Course, Option
from tests.approval_corpus.broken import (
    Broken,
    approval,
    declared,
    objective,
    of_course,
    of_provider,
    said,
)
from tests.approval_corpus.clean import clean
from tests.approval_corpus.making import (
    COUNSELOR,
    NURSE,
    PSYCHOLOGIST,
    SOCIAL_WORKER,
    Sample,
    course,
    media,
    provider,
)

Known = Mapping[str, Sample]


def _reference_without_address(course: Course) -> Course:
    return replace(course, references=(course.references[0], replace(course.references[1], url="")))


def _unserved(course: Course) -> Course:
    last = course.objectives[-1].id
    sections = tuple(replace(section, objectives=tuple(each for each in section.objectives if each != last)) for section in course.sections)
    return replace(course, sections=sections)


def _units_in_a_rationale(course: Course) -> Course:
    item = course.items[1]
    options = (Option(item.options[0].text, correct=True, rationale="Worth 0.2 C.E.U., as the first part says."), *item.options[1:])
    return replace(course, items=(course.items[0], replace(item, options=options), *course.items[2:]))


CASES = (
    (
        "a better understanding",
        "text and a podcast",
        objective("Participants who finish will have a better understanding of craving"),
        "objective_verbs",
        "objectives (o1)",
    ),
    ("be familiar with", "half an hour", objective("Learners will be familiar with the criteria"), "objective_verbs", "objectives (o1)"),
    ("no word on complaints", "ethics by a social worker", of_provider(grievance="  "), "grievance", "provider.grievance"),
    ("a fee and no word on refunds", "CAMFT, a pilot", of_provider(refund=""), "refund", "provider.refund"),
    (
        "a reference that cannot be found",
        "New York, NYSED_MHP",
        of_course(_reference_without_address),
        "reference_addresses",
        "references (second)",
    ),
    ("an objective that no section serves", "a law course of four hours", of_course(_unserved), "objective_links", "objectives (o6)"),
    (
        "no social worker to consult",
        "half an hour",
        of_provider(administrators=(Administrator("Kim Sample", "Manager, MBA."),)),
        "administrators",
        "provider.administrators",
    ),
    ("records for three years", "CAMFT, a pilot", of_provider(records="We keep rosters for three years."), "records", "provider.records"),
    (
        "an approval applied for",
        "a law course of four hours",
        said("has been approved by APA", "has applied for approval by APA"),
        "statement",
        "provider.approvals",
    ),
    ("units in a rationale", "three quarters of an hour", of_course(_units_in_a_rationale), "words_refused", "items (q01)"),
)


def broken_second() -> list[Broken]:
    """The ten."""
    known = {sample.name: sample for sample in clean()}
    return [Broken(name, change(known[base]), check, where) for name, base, change, check, where in CASES]


def clean_second() -> list[Sample]:
    """The ten that look odd and are in order."""
    known = {sample.name: sample for sample in clean()}
    return [*_odd_people(known), *_odd_statements(), *_odd_days(known), *_odd_lengths(known)]


def _odd_people(known: Known) -> list[Sample]:
    apa, half, podcast = (known[name] for name in ("a law course of four hours", "half an hour", "text and a podcast"))
    titled = replace(PSYCHOLOGIST, name="Noor Sample, PhD")
    named = course("sleep", "1", authors=[titled], total=6_200, ask=6)
    named = replace(named, declarations=tuple(replace(each, name="Noor Sample") for each in named.declarations))
    retired = replace(PSYCHOLOGIST, qualifications="Licensed psychologist (not in practice since 2021); PhD in psychology.")
    return [
        replace(apa, name="a degree in the name", course=named),
        replace(apa, name="an author who is retired", course=course("grief", "1", authors=[retired], total=6_100, ask=6)),
        replace(declared(on=date(2026, 11, 20))(podcast), name="declared today"),
        replace(declared(on=date(2024, 11, 20))(half), name="declared exactly 24 months ago"),
    ]


def _odd_statements() -> list[Sample]:
    anne = provider(
        "St. Anne's Center for Grief",
        "ASWB_ACE",
        "1-22",
        "St. Anne\N{RIGHT SINGLE QUOTATION MARK}s Center for Grief, #1-22, is ACE-approved by the Association of Social Work Boards, "
        "2/1/25 - 1/31/28. Organizations, not individual courses, are approved. Regulatory boards decide in the end what they take. "
        "We are responsible for the content.",
        starts=date(2025, 2, 1),
        ends=date(2028, 2, 1),
    )
    bridge = provider(
        "BRIDGE Training, LLC",
        "NBCC_ACEP",
        "7155",
        "Bridge Training LLC has been approved by the National Board for Certified Counselors as an ACEP, No. 7155. What is not eligible "
        "for NBCC hours is marked. Bridge Training LLC is solely responsible for what it offers.",
    )
    written = course("addiction", "1.25", authors=[COUNSELOR, NURSE], total=7_700, ask=10)
    return [
        Sample(
            "an apostrophe of print, and days in short",
            course("grief", "1", authors=[SOCIAL_WORKER], total=6_050, ask=8),
            anne,
            "ASWB_ACE",
        ),
        Sample("capitals and a comma in the name", written, bridge, "NBCC_ACEP"),
    ]


def _odd_days(known: Known) -> list[Sample]:
    return [replace(approval(starts=date(2026, 11, 19), ends=None)(known["CAMFT, a pilot"]), name="renewed yesterday")]


def _odd_lengths(known: Known) -> list[Sample]:
    recorded = course(
        "measures",
        "1",
        authors=[NURSE],
        total=500,
        ask=6,
        method="running_time",
        media=(media("audio", "61", "a.mp3"), media("image", None, "b.png")),
    )
    exact = course("supervision", "1", authors=[SOCIAL_WORKER], total=3_774, ask=16, method="mergener", difficulty=Decimal("2.5"))
    said_of_clients = objective("Describe what clients know and learn about their own sleep")
    return [
        replace(said_of_clients(known["New York, NYSED_PSY"]), name="objectives with weak words inside"),
        replace(known["NAADAC, an older approval"], name="pictures beside a recording", course=recorded),
        replace(known["half an hour"], name="an hour by the formula, to the minute", course=exact),
    ]
