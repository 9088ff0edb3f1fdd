"""Makes valid courses and enrolments for tests."""

from dataclasses import replace
from decimal import Decimal
from itertools import count

from django.utils import timezone

from perennial.apps.accounts.builders import make_person
from perennial.apps.accounts.queries import Person
from perennial.apps.assessments.builders import make_item
from perennial.apps.assessments.queries import Attempt, paper_of
from perennial.apps.courses.content import content_of
from perennial.apps.courses.models import Course, Enrolment
from perennial.apps.courses.opinions import EvaluationForm
from perennial.apps.courses.services import enrol, finish_course, hand_in, keep_course, mark_read, start_test
from perennial.apps.providers.queries import STARTER
from perennial.apps.providers.services import keep_provider
from perennial.core import courses as core

_numbers = count(1)


def make_content(*, slug: str = "", title: str = "", version: int = 1, minutes: int | None = None, parts: int = 2) -> core.Course:
    """The content of a small course; each has a text of its own."""
    number = next(_numbers)
    sections = tuple(
        core.Section(f"{place:02}-part.md", f"Part {place}", ("o1", "o2"), f"## A heading\n\nWords of {number}. Formulation.", 3)
        for place in range(1, parts + 1)
    )
    return core.Course(
        slug=slug or f"sample-course-{number}",
        title=title or f"Sample course {number}",
        summary=f"What sample course {number} is about.",
        version=version,
        language="en",
        level="introductory",
        audience="Clinicians.",
        format="asynchronous",
        free=True,
        practices=("sampling",),
        authors=(core.Author("Sample Author", "author", "Invented for tests."),),
        review=core.Review("not_yet_reviewed", "Not yet reviewed by a licensed clinician."),
        disclosures="No commercial interest.",
        needs="None.",
        care="",
        credit=core.Credit(Decimal(1), 60, "words_6000", None, (("ethics", Decimal("0.5")),)),
        test=core.PostTest(3, 80, minutes),
        objectives=(core.Objective("o1", "List samples."), core.Objective("o2", "Sort samples.")),
        sections=sections,
        references=(core.Reference("ref", "A reference.", "10.1000/1", ""),),
        glossary=(core.Term("Formulation", "An account."),),
        evaluation=(core.EvaluationQuestion("e1", "What next?", "text"),),
        items=tuple(
            replace(
                make_item(place, kind=("single", "multiple", "true_false")[place % 3], objective=f"o{place % 2 + 1}"), section="01-part.md"
            )
            for place in range(6)
        ),
    )


def make_course(content: core.Course | None = None, *, provider: str = STARTER) -> Course:
    """A course offered now, with the provider that its certificates name."""
    keep_provider(slug=STARTER, name="Perennial starter library")
    return keep_course(content=content or make_content(), provider=provider)


def make_enrolment(*, person: Person | None = None, course: Course | None = None, read: bool = True) -> Enrolment:
    """An enrolment, with every part read unless told otherwise."""
    enrolment = enrol(person=person or make_person(), course=course or make_course(), at=timezone.now())
    for section in content_of(enrolment.course).sections if read else ():
        mark_read(enrolment=enrolment, file=section.file, at=timezone.now())
    return enrolment


def right_answers(attempt: Attempt) -> dict[str, list[str]]:
    """The letters of the right options of each question asked."""
    return {question.item_id: [choice.key for choice in question.choices if choice.correct] for question in paper_of(attempt).questions}


def pass_test(enrolment: Enrolment) -> Attempt:
    """Take the test and pass it."""
    attempt = start_test(enrolment=enrolment, at=timezone.now())
    return hand_in(attempt=attempt, given=right_answers(attempt), at=timezone.now())


def opinions(enrolment: Enrolment) -> dict[str, str]:
    """A valid evaluation."""
    form = EvaluationForm(content_of(enrolment.course))
    return {name: "4" if hasattr(field, "choices") else "60" if name == "minutes" else "Fine." for name, field in form.fields.items()}


def completed(*, person: Person | None = None, course: Course | None = None) -> Enrolment:
    """A completed enrolment, with certificate and credit."""
    enrolment = make_enrolment(person=person, course=course)
    pass_test(enrolment)
    return finish_course(enrolment=enrolment, answers=opinions(enrolment), at=timezone.now())
