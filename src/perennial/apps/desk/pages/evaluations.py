"""What learners said of a course: each question with its answers, comments, and the comments as a file."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from perennial.apps.assessments.queries import analysis_of
from perennial.apps.courses.delayed import ASKED_AFTER, FEWEST, Delayed, delayed_of
from perennial.apps.courses.queries import Said, latest_version, said_of
from perennial.apps.desk.access import draft_of
from perennial.apps.desk.application import safe_cell
from perennial.apps.desk.queries import Draft
from perennial.ui import Page, SignedIn, show

GROUPS = (("objective", "What learners can do now"), ("course", "The course"), ("own", "Questions of your own"))
FIRST_YEAR = 2000


@dataclass(frozen=True, slots=True)
class Recalled:
    """A question asked again: how many were right after each of the times, and the share in the test, if enough answered."""

    stem: str
    later: Sequence[str]
    in_test: float | None


class EvaluationsPage(Page):
    """What was said, in a period or ever."""

    template = "desk/pages/evaluations.html"
    nav = "desk"
    draft: Draft
    said: Said
    year: int | None
    years: Sequence[int]
    delayed: Delayed
    recalled: Sequence[Recalled]
    fewest: int = FEWEST
    times: Sequence[int] = ASKED_AFTER["recall"]

    @property
    def groups(self) -> list[tuple[str, list[object]]]:
        """The questions by what they are about."""
        found = [(words, [one for one in self.said.questions if one.group == group]) for group, words in GROUPS]
        return [(words, list(questions)) for words, questions in found if questions]


@login_required
@require_safe
def evaluations(request: SignedIn, provider: str, draft: str) -> HttpResponse:
    """Show what was said of the course, in the year that is asked for or ever."""
    found = draft_of(request.user, provider, draft)
    year, this = year_in(request), timezone.localdate().year
    said, delayed = said_of(found.slug, provider, year), delayed_of(found.slug, provider)
    page = EvaluationsPage(
        title=f"Evaluations of {found.title}",
        draft=found,
        said=said,
        year=year,
        years=range(this, (said.first_year or this) - 1, -1),
        delayed=delayed,
        recalled=recalled_of(found, delayed),
    )
    return show(request, page)


def recalled_of(draft: Draft, delayed: Delayed) -> list[Recalled]:
    """The questions of the newest version that were asked again, in the order of the bank; no query where there are none."""
    course = latest_version(draft.slug, draft.provider.slug) if delayed.recalled else None
    found = []
    for _, question, one in analysis_of(course.bank).items if course else ():
        if question.item_id in delayed.recalled:
            later = [figure.words for figure in delayed.recalled[question.item_id].values()]
            found.append(Recalled(question.stem, later, one.difficulty if one.attempts >= FEWEST else None))
    return found


@login_required
@require_safe
def comments(request: SignedIn, provider: str, draft: str) -> HttpResponse:
    """Hand out the comments as a table: question and words, nobody's name, no day."""
    found = draft_of(request.user, provider, draft)
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["question", "comment"])
    for question, words in said_of(found.slug, provider, year_in(request)).comments.items():
        writer.writerows([safe_cell(question), safe_cell(comment)] for comment in words)
    reply = HttpResponse(out.getvalue().encode("utf-8-sig"), content_type="text/csv; charset=utf-8")
    reply["Content-Disposition"] = f'attachment; filename="{found.slug}-comments.csv"'
    reply["Cache-Control"] = "private, no-store"
    return reply


def year_in(request: SignedIn) -> int | None:
    """The year that the address asks for, or none for all."""
    asked = request.GET.get("year", "")
    return int(asked) if asked.isascii() and asked.isdecimal() and len(asked) == len(str(FIRST_YEAR)) else None
