"""What goes to an approval body with an application: documents and data made of a course, its provider and the clauses. No Django."""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from perennial.apps.desk.paper.document import Block, Document, Heading, Points, Rows, Words, pdf_of
from perennial.core import approval
from perennial.core.approval import METHODS, Body, Computed, Finding, HeldApproval, Provider
from perennial.core.courses import Course, Item, Media
from perennial.core.values.words import counted, day_in_words

NOTHING = "Not entered."
CLAIMS_NOTHING = "Put together from what the provider entered. It is no approval and claims none."


@dataclass(frozen=True, slots=True)
class Application:
    """A course as one body is shown it. `asked` are the questions of the evaluation, each with its kind: scale or text."""

    course: Course
    provider: Provider
    body: Body
    day: date
    asked: Sequence[tuple[str, str]]

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What the library and the body find."""
        return (
            *approval.check_course(self.course, None, self.provider, self.day),
            *approval.check_course(self.course, self.body, self.provider, self.day),
        )

    @property
    def held(self) -> HeldApproval | None:
        """The body's approval in force on the day."""
        found = [each for each in self.provider.approvals_of(self.body.slug) if each.holds_on(self.day)]
        return found[-1] if found else None


def files_of(application: Application) -> dict[str, bytes]:
    """The files of the packet by name, all but the course's own folder and the sample certificate."""
    return {
        "application.pdf": pdf_of(cover(application)),
        "evaluation.pdf": pdf_of(blank_evaluation(application)),
        "answer-key.pdf": pdf_of(answer_key(application)),
        "matrix.csv": matrix_csv(application.course),
        "application.json": as_json(application),
    }


def cover(application: Application) -> Document:
    """The whole application but for evaluation and answers: cover, outline, matrix, references, people, computation, check."""
    course, provider = application.course, application.provider
    return Document(
        title="Application packet",
        about=f"{course.title}, for {application.body.name}",
        day=application.day,
        facts=_facts(application),
        foot=f"{provider.name}: {course.title}",
        blocks=[
            Words(CLAIMS_NOTHING, soft=True),
            *_outline(course),
            *_matrix(course),
            *_computation(application),
            *_people(course, provider),
            *_policies(provider),
            *_references(course),
            *_check(application),
        ],
    )


def _facts(application: Application) -> list[tuple[str, str]]:
    course, provider, held = application.course, application.provider, application.held
    last = f" to {day_in_words(held.ends - timedelta(days=1))}" if held and held.ends else ""
    approved = f"{held.number or 'no number'}, from {day_in_words(held.starts)}{last}" if held else "none on record for this day"
    return [
        ("Provider", provider.name),
        ("Address", provider.address or NOTHING),
        ("Approval", approved),
        ("Course", f"{course.title}, version {course.version}"),
        ("For", course.audience),
        ("Level", course.level),
        ("Format", "Self-study at one's own pace, with a post-test" if course.format == "asynchronous" else course.format),
        ("Hours claimed", _hours(course)),
        ("Test", f"{counted(course.test.ask, 'question')} of {len(course.items)}, {course.test.pass_percent} % to pass"),
        ("Fee", "none" if course.free else "yes"),
        ("Made on", day_in_words(application.day)),
        ("Digest of the course", course.digest),
    ]


def _hours(course: Course) -> str:
    credit = course.credit
    topics = "; ".join(f"{topic.replace('_', ' ')} {hours.normalize():f}" for topic, hours in credit.topics)
    of_which = f", of which {topics}" if topics else ""
    return f"{counted(credit.hours, 'hour')} of {credit.minutes_per_hour} minutes, by {METHODS[credit.method]}{of_which}"


def _outline(course: Course) -> list[Block]:
    goals = {objective.id: objective.text for objective in course.objectives}
    rows = [
        [f"{place}. {section.title}", "\n".join(goals.get(each, each) for each in section.objectives), f"{section.words:,}"]
        for place, section in enumerate(course.sections, 1)
    ]
    return [
        Heading("Course outline"),
        Words(course.summary),
        Rows(["Section", "Objectives that it serves", "Words"], rows, wide=(0, 1), numbers=(2,)),
        *_recordings(course),
    ]


def _recordings(course: Course) -> list[Block]:
    if not course.media:
        return []
    return [Heading("Recordings and files", 3), Points([_recording(each) for each in course.media])]


def _recording(media: Media) -> str:
    long = f", {counted(media.minutes, 'minute')}" if media.minutes else ""
    return f"{media.title or media.file} ({media.kind}{long})"


def matrix(course: Course) -> list[tuple[str, str, list[str], list[str]]]:
    """Each objective: its id and text, the titles of the sections that serve it, the ids of the questions that test it."""
    return [
        (
            objective.id,
            objective.text,
            [section.title for section in course.sections if objective.id in section.objectives],
            [item.id for item in course.items if item.objective == objective.id],
        )
        for objective in course.objectives
    ]


def _matrix(course: Course) -> list[Block]:
    rows = [[f"{key}. {text}", "\n".join(sections) or "none", ", ".join(items) or "none"] for key, text, sections, items in matrix(course)]
    return [Heading("Objectives, sections and questions"), Rows(["Objective", "Sections", "Questions"], rows, wide=(0, 1, 2))]


def matrix_csv(course: Course) -> bytes:
    """The same as a table for a spreadsheet; a cell that a program could take for a formula begins with an apostrophe."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["objective", "text", "sections", "questions"])
    for key, text, sections, items in matrix(course):
        writer.writerow([safe_cell(cell) for cell in (key, text, "; ".join(sections), ", ".join(items))])
    return out.getvalue().encode("utf-8-sig")


def safe_cell(text: str) -> str:
    """A cell that no spreadsheet runs."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def _computation(application: Application) -> list[Block]:
    course, body = application.course, application.body
    length = approval.computed_length(course)
    rows = [
        [
            f"{METHODS[method]}{' (the claim)' if method == length.claimed else ''}",
            inputs_in_words(length, method),
            f"{length.by(method).amount:.1f}",
            approval.credit_in_words(approval.granted_credit(length.by(method), body)),
        ]
        for method in length.known
    ]
    found: list[Block] = [
        Heading("Word count and computation of hours"),
        Rows(["Method", "What goes in", "Minutes", "Credit with this body"], rows, wide=(0, 1), numbers=(2, 3)),
        Words(f"Rounding: {body.rounding.clause}. {body.rounding.source}.", soft=True),
        Words("Titles, authors, references, code and questions are not counted as words.", soft=True),
    ]
    if course.credit.pilot_rationale:
        found.append(Words(f"Why the readers of the pilot stand for the learners: {course.credit.pilot_rationale}"))
    return found


def inputs_in_words(length: Computed, method: str) -> str:
    """What goes into a method, as people read it."""
    running = f", and {counted(length.running.amount, 'minute')} of audio and video" if length.running.amount else ""
    level = f"difficulty {length.difficulty.normalize():f}{'' if length.difficulty_is_stated else ' (not stated; the middle level)'}"
    return {
        "words_6000": f"{counted(length.words, 'word')}{running}",
        "mergener": f"{counted(length.words, 'word')}, {counted(length.questions, 'question')}, {level}{running}",
        "running_time": "audio and video",
        "pilot": f"the middle one of {len(length.pilots)} readers' times",
    }[method]


def _people(course: Course, provider: Provider) -> list[Block]:
    authors = [[author.name, author.role, author.qualifications or NOTHING] for author in course.authors]
    told = [[each.name, each.role, day_in_words(each.on), each.says] for each in course.declarations]
    run = [[each.name, each.qualifications or NOTHING] for each in provider.administrators]
    declared: Block = Rows(["Name", "Part taken", "Declared on", "What was declared"], told, wide=(3,)) if told else Words(NOTHING)
    return [
        Heading("People"),
        Heading("Authors and their qualifications", 3),
        Rows(["Name", "Part taken", "Qualifications"], authors, wide=(2,)) if authors else Words(NOTHING),
        Heading("Administrators of the program", 3),
        Rows(["Name", "Qualifications"], run, wide=(1,)) if run else Words(NOTHING),
        Heading("Declarations of interest", 3),
        Words(course.disclosures or NOTHING),
        declared,
        Heading("Review", 3),
        Words(course.review.says),
    ]


def _policies(provider: Provider) -> list[Block]:
    said = (
        ("Accommodation", provider.accommodation),
        ("Refunds and cancellation", provider.refund),
        ("Complaints", provider.grievance),
        ("Records", provider.records),
    )
    return [Heading("Policies"), *(block for title, text in said for block in (Heading(title, 3), Words(text or NOTHING)))]


def _references(course: Course) -> list[Block]:
    listed = [f"{each.text} {each.address}".strip() for each in course.references]
    return [Heading("References"), Points(listed) if listed else Words(NOTHING)]


def _check(application: Application) -> list[Block]:
    rows = [
        ["must be mended" if each.severity == "block" else "advice", f"{each.clause}\n{each.source}", f"{each.what}. {each.mend}"]
        for each in application.findings
    ]
    return [
        Heading("Check against the body's clauses"),
        Rows(["", "Clause", "What was found"], rows, wide=(1, 2)) if rows else Words("Nothing was found on this day."),
        Words("A check looks for what can be looked for; it is not the body's review.", soft=True),
    ]


def blank_evaluation(application: Application) -> Document:
    """The form that learners fill in before the certificate, empty."""
    scales = [[f"{place}. {text}", "1   2   3   4   5"] for place, (text, kind) in enumerate(application.asked, 1) if kind == "scale"]
    free = [text for text, kind in application.asked if kind != "scale"]
    in_words: list[Block] = [Heading("In words"), Points(free)] if free else []
    return Document(
        title="Evaluation",
        about=application.course.title,
        day=application.day,
        facts=[("Provider", application.provider.name), ("Scale", "1 not at all, 2 a little, 3 partly, 4 mostly, 5 fully")],
        blocks=[
            Heading("On a scale"),
            Rows(["Question", "Answer"], scales),
            *in_words,
        ],
    )


def answer_key(application: Application) -> Document:
    """Every question of the bank with its right answer and the reason."""
    course = application.course
    blocks: list[Block] = [Heading("Questions and answers")]
    for item in course.items:
        blocks += [
            Heading(item.id, 3),
            Words(item.stem),
            Points(answers_of(item)),
            Words(f"{item.rationale} Objective {item.objective}; {item.section}".strip(), soft=True),
        ]
    return Document(
        title="Answer key",
        about=course.title,
        day=application.day,
        facts=[("Asked in an attempt", f"{course.test.ask} of {len(course.items)}"), ("To pass", f"{course.test.pass_percent} %")],
        blocks=blocks,
    )


def answers_of(item: Item) -> list[str]:
    """The answers of a question, right ones marked, in words."""
    if item.options:
        return [f"{'RIGHT' if option.correct else 'wrong'}: {option.text}\n{option.rationale}" for option in item.options]
    if item.pairs:
        return [f"{pair.left} goes with {pair.right}" if pair.left else f"{pair.right} is left over" for pair in item.pairs]
    if item.steps:
        return [f"{place}. {step}" for place, step in enumerate(item.steps, 1)]
    if item.numeric:
        number = item.numeric
        return [f"{number.value.normalize():f} {number.unit}, give or take {number.tolerance.normalize():f}".replace(" ,", ",")]
    return ["Answered in own words; not scored."]


def as_json(application: Application) -> bytes:
    """The application as data."""
    course, length = application.course, approval.computed_length(application.course)
    told: Mapping[str, Any] = {
        "form": 1,
        "made_on": application.day,
        "body": {"slug": application.body.slug, "name": application.body.name},
        "provider": asdict(application.provider),
        "course": asdict(course),
        "digest": course.digest,
        "matrix": [
            {"objective": key, "text": text, "sections": sections, "questions": items} for key, text, sections, items in matrix(course)
        ],
        "hours": {
            "claimed": course.credit.hours,
            "methods": {
                method: {
                    "minutes": round(length.by(method).amount, 2),
                    "credit": approval.credit_in_words(approval.granted_credit(length.by(method), application.body)),
                }
                for method in length.known
            },
        },
        "evaluation": [{"question": text, "kind": kind} for text, kind in application.asked],
        "findings": [asdict(each) for each in application.findings],
    }
    return json.dumps(told, indent=1, ensure_ascii=False, default=_plain).encode()


def _plain(value: object) -> object:
    """A number or a day as JSON holds it."""
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"no JSON for {type(value).__name__}")
