"""What other programs see of the area `courses`: the catalog, reading, tests and evaluation."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.utils import timezone
from ninja import Query, Router, Schema
from ninja.errors import HttpError

from perennial.apps.courses.access import course_for, enrolment_of, offered_course, section_of
from perennial.apps.courses.asking import asked_of, in_force
from perennial.apps.courses.content import content_of, rendered
from perennial.apps.courses.endpoints.shapes import (
    AttemptBrief,
    CourseDetail,
    CourseOut,
    EvaluationIn,
    HighlightIn,
    HighlightOut,
    NoteIn,
    NoteOut,
    PlaceIn,
    ProgressOut,
    QuestionOut,
    SectionOut,
    course_detail,
    course_out,
    progress_out,
)
from perennial.apps.courses.highlights import Passage, keep_highlight
from perennial.apps.courses.opinions import EvaluationForm
from perennial.apps.courses.queries import note_on, progress_of
from perennial.apps.courses.services import enrol, finish_course, keep_place, mark_read, open_section, save_note, start_test
from perennial.apps.courses.shelf import Filters, shelves
from perennial.ui import Request, SignedIn

router = Router()


class CatalogQuery(Schema):
    """What a program looks for in the catalog; empty means all."""

    q: str = ""
    topic: str = ""
    practice: str = ""
    format: str = ""
    level: str = ""
    hours: str = ""
    free: bool = False
    sort: str = ""


@router.get("", response=list[CourseOut], auth=None, summary="Courses offered now")
def courses(request: Request, asked: Query[CatalogQuery]) -> list[dict[str, Any]]:
    """The catalog. `hours` is short (to 1 h), middle (to 3 h) or long; `sort` is best, title, newest, shortest or longest."""
    values: dict[str, Any] = {
        name: whole(value) if isinstance(value, str) else value for name, value in asked.dict().items() if name != "q"
    }
    look = shelves.look(Filters(search=whole(asked.q)[:100], **values))
    return [course_out(entry) for entry in look.entries(look.fitting)]


def whole(text: str) -> str:
    """Text that every database takes."""
    return text.replace("\x00", "")


@router.get("/{slug:slug}", response=CourseDetail, auth=None, summary="A course")
def course(request: Request, slug: str) -> dict[str, Any]:
    """The course as offered now."""
    found = offered_course(slug)
    approvals = [approval.body for approval in in_force(found, timezone.localdate())]
    return course_detail(found, progress_of(found, None), approvals)


@router.get("/{slug:slug}/would-count", response=dict[str, Any], summary="Would it count for my licenses?")
def would_count(request: SignedIn, slug: str) -> dict[str, Any]:
    """For each of one's own licenses: yes, partly, no or not known if one completes the course today, with what decides and its source."""
    found, enrolment = course_for(request.user, slug)
    day = timezone.localdate()
    return asked_of(request.user, found, day=day, approvals=in_force(found, day, enrolment)).as_plain()


@router.get("/{slug:slug}/sections/{slug:stem}", response=SectionOut, auth=None, summary="The text of a section")
def section(request: Request, slug: str, stem: str) -> dict[str, Any]:
    """A section as safe HTML, of the version that one reads."""
    found, _ = course_for(request.user if request.user.is_authenticated else None, slug)
    entry = section_of(found, stem)
    text = rendered(found, entry.file)
    return {"stem": stem, "title": entry.title, "html": text.html, "references_html": text.references_html}


@router.post("/{slug:slug}/enrolments", response=ProgressOut, summary="Begin a course")
def begin(request: SignedIn, slug: str) -> Mapping[str, Any]:
    """Begin, or go on with the open enrolment; after completion a new occurrence begins."""
    enrolment = enrol(person=request.user, course=offered_course(slug), at=timezone.now())
    return progress_out(enrolment, progress_of(enrolment.course, enrolment))


@router.get("/{slug:slug}/progress", response=ProgressOut, summary="How far you have come")
def progress(request: SignedIn, slug: str) -> Mapping[str, Any]:
    """Your latest enrolment."""
    enrolment = enrolment_of(request.user, slug)
    return progress_out(enrolment, progress_of(enrolment.course, enrolment))


@router.put("/{slug:slug}/sections/{slug:stem}/progress", response=ProgressOut, summary="Keep your place", url_name="keep_reading_place")
def place(request: SignedIn, slug: str, stem: str, given: PlaceIn) -> Mapping[str, Any]:
    """Keep the heading reached, and with `read` that the section was read to its end."""
    enrolment, at = enrolment_of(request.user, slug), timezone.now()
    file = section_of(enrolment.course, stem).file
    open_section(enrolment=enrolment, file=file, at=at)
    if given.place is not None:
        keep_place(enrolment=enrolment, file=file, place=whole(given.place))
    if given.read:
        mark_read(enrolment=enrolment, file=file, at=at)
    enrolment = enrolment_of(request.user, slug)
    return progress_out(enrolment, progress_of(enrolment.course, enrolment))


@router.get("/{slug:slug}/sections/{slug:stem}/note", response=NoteOut, summary="Your note")
def own_note(request: SignedIn, slug: str, stem: str) -> dict[str, Any]:
    """Your own note on a section; empty where you wrote none."""
    enrolment = enrolment_of(request.user, slug)
    saved = note_on(request.user, slug, section_of(enrolment.course, stem).file)
    return {"text": saved.text, "revision": saved.revision, "saved_at": saved.saved_at} if saved else {"text": "", "revision": 0}


@router.put("/{slug:slug}/sections/{slug:stem}/note", response=NoteOut, summary="Save your note", url_name="save_reading_note")
def note(request: SignedIn, slug: str, stem: str, given: NoteIn) -> dict[str, Any]:
    """Keep your note on a section. Where it was changed elsewhere since `revision`, both texts stay."""
    enrolment = enrolment_of(request.user, slug)
    file = section_of(enrolment.course, stem).file
    saved = save_note(enrolment=enrolment, file=file, text=given.text, revision=given.revision, at=timezone.now())
    return {"text": saved.text, "revision": saved.revision, "saved_at": saved.saved_at}


@router.put(
    "/{slug:slug}/sections/{slug:stem}/highlights/{uuid:uid}", response=HighlightOut, summary="Highlight", url_name="keep_highlight"
)
def highlight(request: SignedIn, slug: str, stem: str, uid: UUID, given: HighlightIn) -> Any:
    """Highlight a passage under a key of your making; sent again, the first stands."""
    enrolment = enrolment_of(request.user, slug)
    file, passage = section_of(enrolment.course, stem).file, Passage(given.quote, given.before, given.after)
    return keep_highlight(enrolment=enrolment, file=file, uid=uid, passage=passage, at=timezone.now())


@router.post("/{slug:slug}/attempts", response=AttemptBrief, summary="Start the test")
def attempt(request: SignedIn, slug: str) -> Any:
    """The open attempt, or a new one; its questions are at assessments/attempts/{id}."""
    return start_test(enrolment=enrolment_of(request.user, slug), at=timezone.now())


@router.get("/{slug:slug}/evaluation", response=list[QuestionOut], summary="What the evaluation asks")
def evaluation_form(request: SignedIn, slug: str) -> list[dict[str, Any]]:
    """The questions, with the names under which to answer them."""
    form = EvaluationForm(content_of(enrolment_of(request.user, slug).course))
    return [
        {"name": name, "words": field.label, "required": field.required, "choices": list(getattr(field, "choices", []))}
        for name, field in form.fields.items()
    ]


@router.post("/{slug:slug}/evaluation", response=ProgressOut, summary="Hand in the evaluation, and complete the course")
def evaluation(request: SignedIn, slug: str, given: EvaluationIn) -> Mapping[str, Any]:
    """Keep the evaluation, issue the certificate, award the credit; handed in twice, the first stands."""
    enrolment = enrolment_of(request.user, slug)
    form = EvaluationForm(content_of(enrolment.course), given.answers)
    if not form.is_valid():
        raise HttpError(422, "; ".join(f"{name}: {' '.join(map(str, faults))}" for name, faults in form.errors.items()))
    enrolment = finish_course(enrolment=enrolment, answers=form.cleaned_data, at=timezone.now())
    return progress_out(enrolment, progress_of(enrolment.course, enrolment))
