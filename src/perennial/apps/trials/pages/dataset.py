"""One trial database explored: which trials, what they come to, in words, figures and tables; the address holds the whole analysis."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from perennial.apps.trials.access import dataset_for, may_change
from perennial.apps.trials.analyses import FIGURES, Analysis, read_analysis
from perennial.apps.trials.cautions import Caution, cautions_of
from perennial.apps.trials.figures.drawing import Figure
from perennial.apps.trials.figures.showing import figures_for
from perennial.apps.trials.names import names
from perennial.apps.trials.queries import Dataset
from perennial.apps.trials.reading import Filter, Offered, offered_by
from perennial.apps.trials.reckoning import GUESS, Found, found_for
from perennial.apps.trials.telling import Leaves, Line, Words, certainty_of, leaves_of, table_of, untold, words_of
from perennial.core.synthesis.values import METHOD_NAMES
from perennial.core.values import Refusal
from perennial.ui import Page, Request, show

FIRST_SHOWN = 6


@dataclass(frozen=True, slots=True)
class Picked:
    """A column with its levels: value, words, how many rows, whether it is chosen; `open` where one is."""

    column: str
    words: str
    levels: Sequence[tuple[str, str, int, bool]]
    open: bool


@dataclass(frozen=True, slots=True)
class Form:
    """The choices that are offered, with what is chosen."""

    first: Sequence[Picked]
    rest: Sequence[Picked]
    columns: Sequence[tuple[str, str]]
    numeric: Sequence[tuple[str, str]]
    times: Sequence[str]
    years: tuple[int, int] | None
    without: Sequence[str]
    methods: Sequence[tuple[str, str]]
    guess: int = GUESS


@dataclass(frozen=True, slots=True)
class Result:
    """What came of it, ready to be shown; `figures` without that of the hundred people, which is `people`."""

    found: Found
    words: Words
    people: Figure | None
    untold: str
    leaves: Sequence[Leaves]
    certainty: Sequence[str]
    cautions: Sequence[Caution]
    figures: Sequence[Figure]
    table: Sequence[Line]


class DatasetPage(Page):
    """The choices, and what comes of them; where nothing does, `refused` says why."""

    template = "trials/pages/dataset.html"
    nav = "evidence"
    dataset: Dataset
    newer: Dataset | None
    key: str
    analysis: Analysis
    address: str
    suffix: str
    whole_address: str
    form: Form
    refused: str
    result: Result | None
    mine: bool


@require_safe
def dataset(request: Request, slug: str) -> HttpResponse:
    """Show it."""
    person = request.user if request.user.is_authenticated else None
    key = request.GET.get("key", "")[:64]
    found = dataset_for(person, slug, key)
    offered = offered_by(found)
    analysis, result, refused = asked(request, found, offered)
    page = DatasetPage(
        title=found.title,
        description=f"What the trials of {found.title} come to, in plain words and figures.",
        dataset=found,
        newer=getattr(found, "newer", None),
        key=key if found.token and key == found.token else "",
        analysis=analysis,
        address=analysis.address(),
        suffix=suffix_of(analysis, found.token if found.token and key == found.token else ""),
        whole_address=address_of(request, found, analysis),
        form=form_of(offered, analysis),
        refused=refused,
        result=result,
        mine=may_change(person, found),
    )
    return show(request, page)


def asked(request: HttpRequest, dataset: Dataset, offered: Offered) -> tuple[Analysis, Result | None, str]:
    """The analysis that the address asks, and what comes of it or why nothing does."""
    sent = dict(request.GET.lists())
    analysis = read_analysis({name: values for name, values in sent.items() if name not in FIGURES}, offered)
    try:
        analysis = read_analysis(sent, offered)
        return analysis, result_of(dataset, offered, found_for(dataset, analysis)), ""
    except Refusal as refusal:
        return analysis, None, str(refusal)


def address_of(request: HttpRequest, dataset: Dataset, analysis: Analysis) -> str:
    """The whole address of an analysis, without the secret of a link."""
    place, said = reverse("trials:dataset", args=[dataset.slug]), analysis.address()
    return request.build_absolute_uri(f"{place}?{said}" if said else place)


def suffix_of(analysis: Analysis, key: str) -> str:
    """What an address within the dataset goes on with: the analysis, and the secret of a link where one opened the page."""
    said = "&".join(filter(None, (analysis.address(), urlencode({"key": key}) if key else "")))
    return f"?{said}" if said else ""


def result_of(dataset: Dataset, offered: Offered, found: Found) -> Result:
    """What came of it, ready to be shown."""
    figures = figures_for(dataset, found.analysis)
    return Result(
        found=found,
        words=words_of(found),
        people=next((one for one in figures if one.name == "people"), None),
        untold=untold(found),
        leaves=leaves_of(found.people) if found.people else (),
        certainty=certainty_of(found.people) if found.people else (),
        cautions=cautions_of(dataset, offered, found),
        figures=[one for one in figures if one.name != "people"],
        table=table_of(found.pooled),
    )


def form_of(offered: Offered, analysis: Analysis) -> Form:
    """The choices: the columns that everybody asks for first, and those chosen; then the rest."""
    picked = [picked_of(one, analysis) for one in offered.filters]
    first = [one for place, one in enumerate(picked) if place < FIRST_SHOWN or one.open]
    return Form(
        first=first,
        rest=[one for one in picked if one not in first],
        columns=[(one.column, one.words) for one in picked],
        numeric=[(column, names().column(column)) for column in offered.numeric],
        times=offered.times if len(offered.times) > 1 else (),
        years=offered.years,
        without=analysis.without,
        methods=list(METHOD_NAMES.items()),
    )


def picked_of(one: Filter, analysis: Analysis) -> Picked:
    """A column, with what is chosen of it."""
    chosen = dict(analysis.where).get(one.column, ())
    levels = [(level, names().level(one.column, level), count, level in chosen) for level, count in one.levels]
    return Picked(one.column, names().column(one.column), levels, bool(chosen))
