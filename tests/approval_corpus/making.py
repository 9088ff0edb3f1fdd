"""Makes whole courses and their providers as values, for the corpus: no two of them alike, and nothing in them fitted to a check."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from perennial.core.approval import Administrator, HeldApproval, Provider
from perennial.core.courses import (
    Author,
    Course,
    Credit,
    Declaration,
    EvaluationQuestion,
    Item,
    Media,
    Numeric,
    Objective,
    Option,
    Pair,
    PostTest,
    Reference,
    Review,
    Section,
)

DAY = date(2026, 11, 20)
PSYCHOLOGIST = Author("Noor Sample", "author", "Licensed psychologist; doctorate in psychology, 2009.")
COUNSELOR = Author("Lee Sample", "author", "Licensed professional counselor with a master's degree in clinical mental health counseling.")
SOCIAL_WORKER = Author("Ida Sample", "author and presenter", "Clinical social worker (LCSW) since 1998; doctoral degree in social work.")
NURSE = Author("Jo Sample", "second author", "Registered nurse, twenty years of inpatient psychiatric care.")

OBJECTIVES = {
    "sleep": (
        "Distinguish insomnia disorder from short sleep by choice",
        "Compute sleep efficiency from a two-week diary",
        "Draft a plan of stimulus control",
    ),
    "grief": ("List five signs of prolonged grief", "Compare two ways to open a conversation about a death"),
    "law": (
        "Identify which record requests need a signed release",
        "Write a release that names purpose, scope and end",
        "Decide between privilege and confidentiality in four vignettes",
        "Apply the state's rule on minors' records to a case",
        "State when a duty to protect begins",
        "Sort disclosures into permitted, required and forbidden ones",
    ),
    "supervision": ("Formulate a supervision contract", "Rate a recorded session with an adherence scale", "Give feedback in three steps"),
    "addiction": ("Calculate standard drinks", "Select a brief intervention by readiness", "Explain tolerance to a client in plain words"),
    "measures": ("Score the nine items of a depression questionnaire", "Interpret a reliable change index"),
}


@dataclass(frozen=True)
class Sample:
    """A course with its provider and the body that it is offered under."""

    name: str
    course: Course
    provider: Provider
    body: str


def words(count: int) -> str:
    """A text of this many words."""
    return " ".join(("attention", "memory", "session", "client", "evidence")[place % 5] for place in range(count))


def item(place: int, objective: str, section: str, kind: str = "single") -> Item:
    """A question of a kind, with its answer and why it is right."""
    options: tuple[Option, ...] = (
        Option("The first", correct=True, rationale="The text says so in its second part."),
        Option("The second", correct=False, rationale="It was true before the revision."),
        Option("The third", correct=False, rationale="Nobody has shown this."),
    )
    made = Item(f"q{place:02}", kind, objective, section, f"Which holds in case {place}?", options[:2] if kind == "true_false" else options)
    if kind in ("single", "multiple", "true_false"):
        return made
    made = replace(made, options=(), rationale="Because the steps follow from the definition.")
    if kind == "matching":
        return replace(made, pairs=(Pair("Sleep diary", "Two weeks"), Pair("Actigraphy", "One week")))
    if kind == "ordering":
        return replace(made, steps=("Agree on an agenda", "Watch the recording", "Give feedback"))
    return replace(made, numeric=Numeric(Decimal(85), Decimal("0.5"), "%")) if kind == "numeric" else made


def course(
    topic: str, hours: str, *, authors: Sequence[Author], total: int, ask: int = 10, method: str = "words_6000", **changes: Any
) -> Course:
    """A course of `total` words on a topic of `OBJECTIVES`; its sections share the words, its items go round the objectives."""
    objectives = tuple(Objective(f"o{place}", text) for place, text in enumerate(OBJECTIVES[topic], 1))
    shares = [total // len(objectives)] * len(objectives)
    shares[0] += total - sum(shares)
    files = [f"{place:02}-part.md" for place in range(1, len(objectives) + 1)]
    sections = tuple(
        Section(file, f"Part {place}", (objective.id,), f"{words(share)} [@first]", share)
        for place, (file, objective, share) in enumerate(zip(files, objectives, shares, strict=True), 1)
    )
    kinds = changes.pop("kinds", ("single",))
    items = tuple(
        item(place, objectives[place % len(objectives)].id, files[place % len(objectives)], kinds[place % len(kinds)])
        for place in range(2 * ask)
    )
    credit = Credit(Decimal(hours), changes.pop("minutes_per_hour", 60), method, changes.pop("difficulty", None), changes.pop("topics", ()))
    credit = replace(credit, **changes.pop("credit", {}))
    made = Course(
        slug=f"sample-{topic}",
        title=f"A course on {topic}",
        summary="What to do, in what order, and why.",
        version=1,
        language="en",
        level="intermediate",
        audience="Licensed clinicians",
        format="asynchronous",
        free=True,
        practices=(),
        authors=tuple(authors),
        review=Review("reviewed", "Reviewed by a licensed clinician."),
        disclosures="None of the authors has a commercial interest in what the course names.",
        needs="None.",
        care="",
        credit=credit,
        test=PostTest(ask, 80, None),
        objectives=objectives,
        sections=sections,
        references=(
            Reference("first", "Sample, A. (2024). A finding. Journal of Samples, 3(1), 1-9.", "10.1000/first", ""),
            Reference("second", "Sample, B. (2019). Another finding. Sample Press.", "", "https://example.org/second"),
        ),
        glossary=(),
        evaluation=(),
        items=items,
        declarations=tuple(
            Declaration(author.name, author.role, date(2026, 5, 4), "No dealings with ineligible companies in the 24 months before.")
            for author in authors
        ),
    )
    return replace(made, **changes)


def media(kind: str, minutes: str | None, file: str = "talk.mp4") -> Media:
    """A recording with captions and transcript, or a picture with its words."""
    length = None if minutes is None else Decimal(minutes)
    return Media(
        file,
        kind,
        "A talk",
        "Two people talk",
        length,
        "talk.vtt" if kind == "video" else "",
        "All that is said." if kind == "audio" else "",
    )


def provider(name: str, body: str, number: str, statement: str, **changes: Any) -> Provider:
    """A provider with every paper in order, who holds one approval."""
    starts, ends = changes.pop("starts", date(2025, 1, 1)), changes.pop("ends", date(2028, 1, 1))
    return Provider(
        name=name,
        address="1 Sample Street, Sampleton",
        accommodation="Write to access@example.org three days ahead; we answer within one working day.",
        refund="Within 30 days the whole fee comes back, on request, before the test is begun.",
        grievance="Complaints go to the director, who answers in writing within two weeks.",
        records="Certificates are kept for good, everything else for seven years.",
        administrators=(Administrator("Ida Sample", "Licensed social worker, LCSW; doctorate in social work."),),
        approvals=(HeldApproval(body, number, statement, starts, ends),),
        **changes,
    )


def scales(course: Course, *more: tuple[str, str, str]) -> tuple[EvaluationQuestion, ...]:
    """An evaluation of the provider's own: each objective on a scale, and what else is named as id, text and kind."""
    asked = [EvaluationQuestion(f"objective-{each.id}", f"I can now: {each.text}", "scale") for each in course.objectives]
    return (*asked, *(EvaluationQuestion(*each) for each in more))
