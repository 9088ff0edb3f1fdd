"""How the questions of a published course were answered."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse

from perennial.apps.assessments.queries import BankAnalysis, Question, analysis_of
from perennial.apps.courses.queries import Course, latest_version
from perennial.apps.desk.access import draft_of
from perennial.apps.desk.queries import Draft
from perennial.core.scoring.analysis import FEWEST, ItemAnalysis
from perennial.ui import Page, SignedIn, show


class ItemsPage(Page):
    """Every question that counts, those to look at first."""

    template = "desk/pages/items.html"
    nav = "desk"
    draft: Draft
    course: Course | None
    found: BankAnalysis | None
    fewest: int = FEWEST

    @property
    def rows(self) -> list[tuple[Question, ItemAnalysis]]:
        """The questions, flagged ones first, then in the order of the bank."""
        listed = self.found.items if self.found else ()
        return sorted(((question, one) for _, question, one in listed), key=lambda row: not row[1].flags)


@login_required
def items(request: SignedIn, provider: str, draft: str) -> HttpResponse:
    """Show the analysis of the version published last."""
    found = draft_of(request.user, provider, draft)
    course = latest_version(found.slug, provider)
    analysed = analysis_of(course.bank) if course else None
    return show(request, ItemsPage(title=f"Questions of {found.title}", draft=found, course=course, found=analysed))
