"""What was read of a trial database: columns by meaning, rows taken and left out, what was assumed, and the direction with its reason."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from perennial.apps.trials.access import dataset_for, may_change
from perennial.apps.trials.queries import Dataset
from perennial.apps.trials.reading import file_of
from perennial.core.synthesis.choosing import Chosen, choose
from perennial.core.synthesis.metapsy import TrialFile
from perennial.core.synthesis.words import left_out_words
from perennial.ui import Page, Request, show

MOST = 50
MEANINGS = {
    "study": "Study",
    "g": "Hedges' g",
    "g_se": "Standard error of g",
    "g_var": "Variance of g",
    "log_rr": "Log risk ratio",
    "log_rr_se": "Standard error of the log risk ratio",
    "time": "Time of measurement",
    "year": "Year",
    "rob": "Risk of bias",
    "outcome": "Outcome",
}


@dataclass(frozen=True, slots=True)
class Meant:
    """A meaning, the column that has it, and in how many rows it holds something."""

    words: str
    column: str
    rows: int


class ReadPage(Page):
    """What was read."""

    template = "trials/pages/reading.html"
    nav = "evidence"
    dataset: Dataset
    key: str
    columns: Sequence[Meant]
    unread: Sequence[str]
    chosen: Chosen
    rows: int
    left_out: str
    lines: Sequence[str]
    more: int
    mine: bool


@require_safe
def read(request: Request, dataset: str) -> HttpResponse:
    """Show it."""
    person = request.user if request.user.is_authenticated else None
    key = request.GET.get("key", "")[:64]
    found = dataset_for(person, dataset, key)
    file = file_of(found)
    chosen = choose(file)
    lines = lines_of(file, chosen)
    page = ReadPage(
        title=f"What was read of {found.title}",
        dataset=found,
        key=key if found.token and key == found.token else "",
        columns=meant_of(file),
        unread=[column for column in file.columns if column and column not in file.roles.values()],
        chosen=chosen,
        rows=len(file.trials),
        left_out=left_out_words(chosen.reasons()),
        lines=lines[:MOST],
        more=max(len(lines) - MOST, 0),
        mine=may_change(person, found),
    )
    return show(request, page)


def meant_of(file: TrialFile) -> list[Meant]:
    """The columns by their meaning."""
    return [
        Meant(MEANINGS.get(role, _words(role)), column, sum(bool(one.cells.get(column)) for one in file.trials))
        for role, column in file.roles.items()
    ]


def _words(role: str) -> str:
    name, _, arm = role.partition("_arm")
    return f"{name.replace('_', ' ').capitalize()}{f', arm {arm}' if arm else ''}"


def lines_of(file: TrialFile, chosen: Chosen) -> list[str]:
    """What could not be read and what is not pooled, line by line."""
    told = [str(problem) for problem in file.problems]
    return [*told, *(f"Line {one.line}, {one.study}: {one.why}." for one in chosen.left_out)]
